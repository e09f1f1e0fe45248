import CreditEvents
import DriftDetection
import ModelRegistry
import ScoringStream
import StrictJSON
import TestSupport
import Testing

@testable import DriftMonitoring

/// What many scorers count, with the scorers' own side windows, against what one would have counted.
@Suite("Merge")
struct MergeTests {
  private static let reference = Result { try Population.reference(rows: 5_000) }

  /// The merged counts as text: by block, then all together, then how far each partition was counted.
  private static func bytes(_ fold: DriftFold) throws -> [UInt8] {
    let model = try #require(fold.models.first)
    var writer = JSONWriter()
    writer.beginArray()
    for block in model.windows.blocks {
      writer.integer(block.time.index)
      writer.integer(block.counts.eventCount)
      for count in block.counts.counts { writer.integer(count) }
    }
    for count in model.windows.landmark.counts { writer.integer(count) }
    writer.integer(model.windows.landmark.eventCount)
    for (partition, mark) in fold.ledgers["loan.applications"]?.marks.sorted(by: { $0.key < $1.key }) ?? [] {
      writer.integer(partition)
      writer.integer(mark)
    }
    writer.endArray()
    return writer.bytes
  }

  @Test(
    "One to sixteen scorers, however partitions move, batches abort and partials come twice, give identical bytes",
    arguments: 1...16
  )
  func identicalBytes(_ scorers: Int) throws {
    let reference = try Self.reference.get()
    let partitions = 6
    let events = Population.events(3_000, seed: 31, partitions: partitions)
    var rules = MonitorRules(tolerance: try DriftTolerance(stability: 0.02))
    rules.timing.retained = 100_000
    var single = DriftFold(rules)
    single.fold(Population.partials(events, reference, batch: 1), reference: reference)
    let expected = try Self.bytes(single)
    for seed in 0..<3 as Range<UInt64> {
      let log = Self.log(events, partitions, scorers, reference, seed: seed * 100 + UInt64(scorers))
      var merged = DriftFold(rules)
      merged.fold(log, reference: reference)
      #expect(merged.tally.straddles == 0 && merged.tally.missingOffsets == 0)
      #expect(scorers == 1 || merged.tally.duplicates > 0)
      #expect(try Self.bytes(merged) == expected, "\(scorers) scorers, seed \(seed)")
    }
  }

  /// The partials of a run: owners change, batches of any size abort now and then, scorers start anew, partials repeat.
  private static func log(
    _ events: [Population.Event],
    _ partitions: Int,
    _ scorers: Int,
    _ reference: DriftReference,
    seed: UInt64
  ) -> [DriftPartial] {
    var random = SplitMix64(seed: seed)
    func number(below bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    let byPartition = (0..<partitions).map { partition in events.filter { $0.partition == Int32(partition) } }
    var done = Array(repeating: 0, count: partitions)
    var windows = (0..<scorers).map { _ in SideWindow() }
    let watch = EventWatch(reference.profile, blockMilliseconds: reference.blockMilliseconds)
    var owners = (0..<partitions).map { $0 % scorers }
    var log: [DriftPartial] = []
    while done != byPartition.map(\.count) {
      if number(below: 20) == 0 { owners = owners.map { _ in number(below: scorers) } }
      let scorer = number(below: scorers)
      if number(below: 30) == 0 { windows[scorer] = SideWindow() }
      var plan = BatchPlan(recordCount: 0, models: [:])
      var taken = done
      for partition in 0..<partitions where owners[partition] == scorer {
        let from = done[partition]
        let to = min(from + number(below: 60), byPartition[partition].count)
        guard from < to else { continue }
        taken[partition] = to
        plan.models[Int32(partition)] = 0
        plan.offsets[Int32(partition)] = Int64(from)..<Int64(to)
      }
      for partition in 0..<partitions {
        for event in byPartition[partition][done[partition]..<taken[partition]] {
          watch.take { output in for (index, value) in event.values.enumerated() { output[index] = value } }
          let position = RecordPosition(
            partition: event.partition,
            offset: event.offset,
            timestamp: event.time
          )
          windows[scorer].countDecision(position, watch, of: plan)
        }
      }
      let isAborted = number(below: 8) == 0
      windows[scorer].close(plan)
      while let counted = windows[scorer].next {
        windows[scorer].tookNext()
        guard !isAborted else { continue }
        let partial = DriftPartial(
          model: Population.model,
          topic: "loan.applications",
          partition: counted.partition,
          offsets: counted.offsets,
          blockMilliseconds: counted.blockMilliseconds,
          decisions: counted.decisions,
          deadLetters: counted.deadLetters,
          blocks: counted.blocks
        )
        log.append(partial)
        if number(below: 10) == 0 { log.append(log[number(below: log.count)]) }
      }
      windows[scorer].removeAll()
      if !isAborted { done = taken }
    }
    // One more of each, so that something surely comes twice.
    return log + log.suffix(partitions)
  }
}
