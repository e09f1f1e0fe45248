import CreditEvents
import DriftDetection
import TestSupport
import Testing

@testable import ScoringStream

@Suite("SideWindow")
struct SideWindowTests {
  private static func profile(features: Int = 3) throws -> ReferenceProfile {
    try ReferenceProfile(
      features: (0..<features).map { index in
        try FeatureReference(number: "f\(index)", values: (0..<100).map { Double($0) })
      }
    )
  }

  private static func position(_ offset: Int64, partition: Int32 = 0, at time: Int64 = 0) -> RecordPosition {
    RecordPosition(partition: partition, offset: offset, timestamp: time)
  }

  private static func drain(_ window: inout SideWindow, _ plan: BatchPlan) -> [SideWindow.Counted] {
    window.close(plan)
    var counted: [SideWindow.Counted] = []
    while let next = window.next {
      counted.append(next)
      window.tookNext()
    }
    return counted
  }

  @Test("Partials hold what one counter would have counted, by partition and time block")
  func agreesWithOneCounter() throws {
    let profile = try Self.profile()
    let watch = EventWatch(profile, blockMilliseconds: 10)
    let counter = EventCounter(profile: profile)
    var random = SplitMix64(seed: 3)
    var window = SideWindow()
    var expected: [Int32: [Int64: WindowCounts]] = [:]
    var next: [Int64] = [0, 7]
    for _ in 0..<5 {
      let offsets = [0: next[0]..<next[0] + 40, 1: next[1]..<next[1] + 40] as [Int32: Range<Int64>]
      let plan = BatchPlan(recordCount: 80, models: [0: 4, 1: 4], offsets: offsets)
      for step in 0..<80 {
        let partition = Int32(step % 2)
        let time = Int64(random.next() % 60)
        let values = (0..<3).map { _ in random.next() % 10 == 0 ? Double.nan : Double(random.next() % 120) }
        watch.take { output in for (index, value) in values.enumerated() { output[index] = value } }
        window.countDecision(
          Self.position(next[Int(partition)] + Int64(step / 2), partition: partition, at: time),
          watch,
          of: plan
        )
        var sum = expected[partition]?[time / 10] ?? WindowCounts(slotCount: profile.slotCount)
        values.withUnsafeBufferPointer { counter.count($0, into: &sum) }
        expected[partition, default: [:]][time / 10] = sum
      }
      for counted in Self.drain(&window, plan) {
        #expect(counted.offsets == offsets[counted.partition])
        #expect(counted.decisions == 40 && counted.deadLetters == 0 && counted.model == 4)
        let blocks = try #require(expected[counted.partition])
        #expect(counted.blocks.map(\.index) == blocks.keys.sorted())
        for block in counted.blocks {
          #expect(block.slots == blocks[block.index]?.sparse.slots)
          #expect(block.counts.map(UInt64.init) == blocks[block.index]?.sparse.counts)
        }
      }
      expected = [:]
      window.removeAll()
      next = next.map { $0 + 40 }
    }
  }

  @Test("Dead letters are covered and counted, without values")
  func deadLetters() throws {
    let watch = EventWatch(try Self.profile(), blockMilliseconds: 10)
    let plan = BatchPlan(recordCount: 2, models: [0: 1], offsets: [0: 3..<9])
    var window = SideWindow()
    window.countDeadLetter(Self.position(5), watch, of: plan)
    window.countDeadLetter(Self.position(8), watch, of: plan)
    let counted = Self.drain(&window, plan)
    #expect(counted.count == 1)
    #expect(counted.first?.offsets == 3..<9)
    #expect(counted.first?.deadLetters == 2 && counted.first?.decisions == 0)
    #expect(counted.first?.blocks.isEmpty == true)
  }

  @Test("Clocks all over the place cut the partial between offsets, without a hole and within bounds")
  func cutByBlocks() throws {
    let watch = EventWatch(try Self.profile(), blockMilliseconds: 10)
    let plan = BatchPlan(recordCount: 300, models: [0: 1], offsets: [0: 0..<300])
    var window = SideWindow()
    for offset in 0..<300 as Range<Int64> {
      watch.take { for index in $0.indices { $0[index] = 1 } }
      window.countDecision(Self.position(offset, at: offset * 1_000), watch, of: plan)
    }
    let counted = Self.drain(&window, plan)
    #expect(counted.count > 1)
    #expect(counted.allSatisfy { $0.blocks.count <= SideWindow.maximumBlocks })
    #expect(counted.first?.offsets.lowerBound == 0 && counted.last?.offsets.upperBound == 300)
    #expect(
      zip(counted, counted.dropFirst()).allSatisfy { $0.offsets.upperBound == $1.offsets.lowerBound }
    )
    #expect(counted.reduce(0) { $0 + $1.decisions } == 300)
    #expect(counted.allSatisfy { $0.decisions == $0.offsets.count })
  }

  @Test("A partial of very many features stays within what a record may hold")
  func cutBySlots() throws {
    let profile = try Self.profile(features: 900)
    let watch = EventWatch(profile, blockMilliseconds: 10)
    let plan = BatchPlan(recordCount: 200, models: [0: 1], offsets: [0: 0..<200])
    var window = SideWindow()
    for offset in 0..<200 as Range<Int64> {
      watch.take { for index in $0.indices { $0[index] = Double((Int(offset) * 7 + index) % 100) } }
      window.countDecision(Self.position(offset, at: offset % 20 * 10), watch, of: plan)
    }
    let counted = Self.drain(&window, plan)
    #expect(counted.count > 1)
    for partial in counted {
      #expect(partial.blocks.reduce(0) { $0 + $1.slots.count } <= SideWindow.maximumSlots)
    }
    #expect(counted.reduce(0) { $0 + $1.decisions } == 200)
  }

  @Test("What was counted of an aborted batch is forgotten")
  func forgets() throws {
    let watch = EventWatch(try Self.profile(), blockMilliseconds: 10)
    let plan = BatchPlan(recordCount: 1, models: [0: 1], offsets: [0: 0..<1])
    var window = SideWindow()
    watch.take { for index in $0.indices { $0[index] = 1 } }
    window.countDecision(Self.position(0), watch, of: plan)
    window.close(plan)
    window.removeAll()
    #expect(window.next == nil)
    window.countDecision(Self.position(0), watch, of: plan)
    #expect(Self.drain(&window, plan).map(\.decisions) == [1])
  }
}
