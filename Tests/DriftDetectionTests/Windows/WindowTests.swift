import TestSupport
import Testing

@testable import DriftDetection

@Suite("Windows of several scorers")
struct WindowTests {
  /// One input record: where it lies, when it happened, and its values.
  struct Record {
    var partition: Int32
    var offset: Int64
    var milliseconds: Int64
    var values: [Double]
  }

  static let blockLength: Int64 = 60_000

  static func profile(seed: UInt64) throws -> ReferenceProfile {
    var draws = SeededDraws(seed: seed)
    return try LoanStream(seed: seed, rowCount: 2_000).reference(rowCount: 1_000, draws: &draws)
  }

  static func records(_ count: Int, partitions: Int, seed: UInt64) -> [Record] {
    var draws = SeededDraws(seed: seed)
    let stream = LoanStream(seed: seed &+ 1, rowCount: 500)
    var next = [Int64](repeating: 0, count: partitions)
    return (0..<count).map { index in
      let partition = draws.index(below: partitions)
      // Now and then an offset is a control record's.
      next[partition] += draws.index(below: 50) == 0 ? 2 : 1
      let row = draws.index(below: stream.rowCount)
      let late = draws.index(below: 20) == 0 ? Int64(draws.index(below: 600_000)) : 0
      return Record(
        partition: Int32(partition),
        offset: next[partition] - 1,
        milliseconds: Int64(index) * 700 - late,
        values: stream.features.map { $0.values[row] }
      )
    }
  }

  /// What one transaction over consecutive records of one partition reports.
  static func partial(
    _ records: ArraySlice<Record>,
    from start: Int64,
    counter: EventCounter,
    slotCount: Int
  ) throws -> WindowPartial {
    var windows: [TimeBlock: WindowCounts] = [:]
    for record in records {
      let block = TimeBlock(containing: record.milliseconds, length: blockLength)
      record.values.withUnsafeBufferPointer {
        counter.count($0, into: &windows[block, default: WindowCounts(slotCount: slotCount)])
      }
    }
    let last = try #require(records.last)
    return try WindowPartial(
      partition: last.partition,
      offsets: start..<last.offset + 1,
      blocks: windows.sorted { $0.key < $1.key }.map {
        WindowPartial.Block(time: $0.key, counts: $0.value.sparse)
      }
    )
  }

  /// Everything as a random set of scorers would report it: each partition in pieces of random length.
  static func partials(
    _ records: [Record],
    profile: ReferenceProfile,
    longestBatch: Int,
    draws: inout SeededDraws
  ) throws -> [[WindowPartial]] {
    let counter = EventCounter(profile: profile)
    let byPartition = Dictionary(grouping: records, by: \.partition).sorted { $0.key < $1.key }
    return try byPartition.map { _, records in
      var partials: [WindowPartial] = []
      var (first, start) = (0, Int64(0))
      while first < records.count {
        let end = min(records.count, first + 1 + draws.index(below: longestBatch))
        let piece = records[first..<end]
        partials.append(try partial(piece, from: start, counter: counter, slotCount: profile.slotCount))
        start = (piece.last?.offset ?? 0) + 1
        first = end
      }
      return partials
    }
  }

  @Test(
    "Any number of scorers, in any interleaving, with repeats: the same merged windows",
    arguments: 0..<12
  )
  func merge(seed: Int) throws {
    var draws = SeededDraws(seed: UInt64(seed))
    let profile = try Self.profile(seed: 3)
    let records = Self.records(1_500, partitions: 1 + draws.index(below: 16), seed: UInt64(seed) + 50)

    func merged(longestBatch: Int, repeats: Bool) throws -> MergedWindows {
      var queues = try Self.partials(records, profile: profile, longestBatch: longestBatch, draws: &draws)
      var merged = MergedWindows(slotCount: profile.slotCount)
      var sent: [WindowPartial] = []
      while queues.contains(where: { !$0.isEmpty }) {
        let queue = draws.index(below: queues.count)
        guard !queues[queue].isEmpty else { continue }
        let partial = queues[queue].removeFirst()
        #expect(try merged.fold(partial) == .counted)
        sent.append(partial)
        if repeats, draws.index(below: 4) == 0 {
          let again = sent[draws.index(below: sent.count)]
          #expect(try merged.fold(again) == .duplicate)
        }
      }
      return merged
    }

    let one = try merged(longestBatch: 2_000, repeats: false)
    let many = try merged(longestBatch: 40, repeats: true)
    #expect(one == many)
    #expect(one.landmark.eventCount == UInt64(records.count))
    #expect(one.blocks.reduce(0) { $0 + $1.counts.eventCount } == UInt64(records.count))
    #expect(one.tumbling(5).reduce(0) { $0 + $1.counts.eventCount } == UInt64(records.count))
    #expect(one.sliding(.max).counts == one.landmark.counts)
  }

  @Test(
    "A partial that overlaps what was counted is refused whole, one after a gap is counted and the gap named"
  )
  func ledger() {
    var ledger = OffsetLedger()
    #expect(ledger.admit(100..<110, of: 0) == .counted)
    #expect(ledger.admit(110..<120, of: 0) == .counted)
    #expect(ledger.admit(100..<110, of: 0) == .duplicate)
    #expect(ledger.admit(115..<130, of: 0) == .straddles(mark: 120))
    #expect(ledger.marks == [0: 120])
    #expect(ledger.admit(125..<130, of: 0) == .countedAfterGap(missing: 5))
    #expect(ledger.admit(0..<3, of: 1) == .counted)
    #expect(ledger.marks == [0: 130, 1: 3])
  }

  @Test("The counter finds the slot that the bins define, at every edge and beside it")
  func counter() throws {
    let profile = try Self.profile(seed: 9)
    let counter = EventCounter(profile: profile)
    var probes: [Double] = [.nan, -1, 0, 0.5, 1, 1e9, -.infinity, .infinity, 300]
    for feature in profile.features {
      guard case .number(let bins) = feature.bins else { continue }
      for edge in bins.edges + [bins.least, bins.largest] {
        probes += [Double(Float(edge).nextDown), edge, Double(Float(edge).nextUp)]
      }
    }
    for probe in probes {
      var window = WindowCounts(slotCount: profile.slotCount)
      let values = [Double](repeating: probe, count: profile.features.count)
      values.withUnsafeBufferPointer { counter.count($0, into: &window) }
      for (index, feature) in profile.features.enumerated() {
        let counts = Array(window.counts[profile.slots(of: index)])
        #expect(counts.firstIndex(of: 1) == feature.bins.slot(of: probe), "\(feature.name) at \(probe)")
        #expect(counts.reduce(0, +) == 1)
      }
    }
  }

  @Test(
    "Blocks end when 100 events lie beyond their grace; a few clocks far ahead end nothing; late events are counted"
  )
  func ending() throws {
    let profile = try Self.profile(seed: 4)
    var merged = MergedWindows(slotCount: profile.slotCount)
    var next: Int64 = 0
    func add(_ count: Int, at block: Int64) throws {
      let values = [Double](repeating: 1, count: profile.features.count)
      var window = WindowCounts(slotCount: profile.slotCount)
      for _ in 0..<count {
        values.withUnsafeBufferPointer { EventCounter(profile: profile).count($0, into: &window) }
      }
      let partial = try WindowPartial(
        partition: 0,
        offsets: next..<next + Int64(count),
        blocks: [WindowPartial.Block(time: TimeBlock(index: block), counts: window.sparse)]
      )
      next += Int64(count)
      #expect(try merged.fold(partial) == .counted)
    }
    try add(150, at: 10)
    try add(60, at: 11)
    try add(5, at: 5_000_000)
    #expect(merged.endBlocks().isEmpty)
    try add(120, at: 13)
    #expect(merged.endBlocks().map(\.time.index) == [10])
    #expect(merged.endBlocks().isEmpty)
    try add(7, at: 10)
    #expect(merged.lateEventCount == 7)
    #expect(merged.blocks.first?.counts.eventCount == 157)
    try add(200, at: 20)
    #expect(merged.endBlocks().map(\.time.index) == [11, 13])
  }

  @Test("Moments before 1970 belong to blocks too")
  func blocksBefore1970() {
    #expect(TimeBlock(containing: -1, length: 1_000).index == -1)
    #expect(TimeBlock(containing: -1_000, length: 1_000).index == -1)
    #expect(TimeBlock(containing: -1_001, length: 1_000).index == -2)
    #expect(TimeBlock(containing: 999, length: 1_000).index == 0)
  }

  @Test(
    "Counts of another reference, and documents that contradict themselves, are refused and change nothing"
  )
  func refusals() throws {
    let profile = try Self.profile(seed: 4)
    var merged = MergedWindows(slotCount: profile.slotCount)
    let foreign = try SparseCounts(slots: [profile.slotCount], counts: [1], eventCount: 1)
    let partial = try WindowPartial(
      partition: 0,
      offsets: 0..<1,
      blocks: [WindowPartial.Block(time: TimeBlock(index: 0), counts: foreign)]
    )
    #expect(throws: DriftError.self) { try merged.fold(partial) }
    #expect(merged == MergedWindows(slotCount: profile.slotCount))
    #expect(throws: DriftError.self) { try SparseCounts(slots: [2, 1], counts: [1, 1], eventCount: 1) }
    #expect(throws: DriftError.self) { try SparseCounts(slots: [1], counts: [2], eventCount: 1) }
    #expect(throws: DriftError.self) { try SparseCounts(slots: [1], counts: [0], eventCount: 1) }
    #expect(throws: DriftError.self) { try WindowPartial(partition: 0, offsets: 5..<5, blocks: []) }
    #expect(throws: DriftError.self) {
      try WindowPartial(
        partition: 0,
        offsets: 0..<1,
        blocks: [
          .init(time: TimeBlock(index: 0), counts: SparseCounts(slots: [1], counts: [1], eventCount: 2))
        ]
      )
    }
  }
}
