import CreditEvents
import DriftDetection
import FeaturePipeline
import ModelRegistry
import TestSupport

@testable import DriftMonitoring

/// A seeded population of three fields behind a made-up model, and the partials that scorers would report of it.
struct Population {
  /// One application, as it is watched: income, rating, job, margin, decision.
  struct Event {
    var partition: Int32
    var offset: Int64
    var time: Int64
    var values: [Double]
  }

  static let model = ModelIdentity(name: "loans", version: "1", sha256: String(repeating: "ab", count: 32))
  static let jobs = ["A", "B", "C"]

  /// The reference of so many rows.
  static func reference(rows: Int = 20_000) throws -> DriftReference {
    let pipeline = try pipeline()
    let watched = WatchedValues(of: pipeline)
    var random = SplitMix64(seed: 7)
    let sample = (0..<rows).map { _ in values(&random) }
    let references = try watched.values.enumerated().map { index, value -> FeatureReference? in
      let column = sample.map { $0[index] }
      switch value.kind {
      case .number:
        return try FeatureReference(
          number: value.name,
          values: column,
          contributions: value.inputs.isEmpty ? [] : column.map { $0 == $0 ? -$0 / 4_000 : 0 }
        )
      case .category(let names):
        return try FeatureReference(category: value.name, codes: column, dictionarySize: names.count)
      }
    }
    return try DriftReference(
      of: watched,
      references: references,
      groups: ["income", "rating", "job", "income", "income"]
    )
  }

  /// The values of one application, before anything drifts.
  static func values(_ random: inout SplitMix64) -> [Double] {
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    let income = 1_000 + 3_000 * uniform()
    let rating = uniform() < 0.05 ? Double.nan : uniform()
    let job = uniform() < 0.6 ? 0.0 : uniform() < 0.7 ? 1 : 2
    let margin = 1 - income / 2_000 + (uniform() - 0.5)
    return [income, rating, job, margin, margin > 0.25 ? 2 : margin > -0.25 ? 1 : 0]
  }

  private static func pipeline() throws -> FittedPipeline {
    let declaration = PipelineDeclaration(
      name: "loans",
      idField: "id",
      fields: [
        FieldDeclaration(name: "income", kind: .number), FieldDeclaration(name: "rating", kind: .number),
        FieldDeclaration(name: "job", kind: .category),
      ]
    )
    let rows = 90
    let table = ApplicationTable(
      schema: try declaration.schema(),
      dictionaries: [nil, nil, CategoryDictionary(jobs)],
      ids: (0..<rows).map { "\($0)" },
      columns: (0..<3).map { slot in (0..<rows).map { slot == 2 ? Double($0 % 3) : Double($0) } },
      targets: nil
    )
    return try FittedPipeline.fit(declaration, table: table, seed: 1)
  }

  /// Events one second apart on some partitions, changed as a test wishes.
  static func events(
    _ count: Int,
    seed: UInt64,
    partitions: Int = 3,
    from start: Int64 = 1_763_800_020_000,
    offsets: [Int64]? = nil,
    _ change: (Int, inout [Double]) -> Void = { _, _ in }
  ) -> [Event] {
    var random = SplitMix64(seed: seed)
    var next = offsets ?? Array(repeating: 0, count: partitions)
    return (0..<count).map { index in
      var values = values(&random)
      change(index, &values)
      let partition = Int(random.next() % UInt64(partitions))
      defer { next[partition] += 1 }
      return Event(
        partition: Int32(partition),
        offset: next[partition],
        time: start + Int64(index) * 1_000,
        values: values
      )
    }
  }

  /// The partial of some events of one partition, in the order of their offsets.
  static func partial(
    _ events: [Event],
    _ reference: DriftReference,
    model: ModelIdentity = model
  ) -> DriftPartial {
    let counter = EventCounter(profile: reference.profile)
    var windows: [Int64: WindowCounts] = [:]
    for event in events {
      let block = TimeBlock(containing: event.time, length: reference.blockMilliseconds).index
      event.values.withUnsafeBufferPointer {
        counter.count(
          $0,
          into: &windows[block, default: WindowCounts(slotCount: reference.profile.slotCount)]
        )
      }
    }
    return DriftPartial(
      model: model,
      topic: "loan.applications",
      partition: events[0].partition,
      offsets: events[0].offset..<events[events.count - 1].offset + 1,
      blockMilliseconds: reference.blockMilliseconds,
      decisions: events.count,
      deadLetters: 0,
      blocks: windows.keys.sorted().map { block in
        let sparse = (windows[block] ?? WindowCounts(slotCount: 0)).sparse
        return .init(
          index: block,
          events: Int(sparse.eventCount),
          slots: sparse.slots,
          counts: sparse.counts.map { Int($0) }
        )
      }
    )
  }

  /// The partials of events in the order in which transactions of so many events each would report them.
  static func partials(
    _ events: [Event],
    _ reference: DriftReference,
    batch: Int = 50,
    model: ModelIdentity = model
  ) -> [DriftPartial] {
    stride(from: 0, to: events.count, by: batch).flatMap { start -> [DriftPartial] in
      let taken = events[start..<min(start + batch, events.count)]
      return Set(taken.map(\.partition)).sorted().map { partition in
        partial(taken.filter { $0.partition == partition }, reference, model: model)
      }
    }
  }
}

extension DriftFold {
  /// Folds a log from an offset on.
  @discardableResult
  mutating func fold(
    _ log: [DriftPartial],
    from position: Int64 = 0,
    reference: DriftReference
  ) -> [DriftAlert] {
    log.enumerated().flatMap { index, partial in
      fold(partial, at: position + Int64(index)) { _ in reference }
    }
  }
}
