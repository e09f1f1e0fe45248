import CreditEvents
import DriftDetection
public import FeaturePipeline

/// Runs every detector over every scenario, beside two dummies, and counts what each found, missed and cried about.
///
/// Reference and stream are drawn with replacement from the rows of one table, so that before the onset nothing has
/// changed by construction. Outcomes count as a feature and are known at once, which flatters every detector alike.
public struct DriftTrials: Sendable {
  /// How the trials are made.
  public struct Options: Sendable, Equatable {
    /// Rows of the reference.
    public var referenceRows = 15_000
    /// Unchanged rows before a change begins.
    public var onset = 3_000
    /// Rows from its beginning.
    public var changedRows = 10_000
    /// Unchanged rows in which false alarms are counted.
    public var nullRows = 20_000
    /// How often each scenario is run.
    public var runs = 5
    /// Rows of a window, for the rules that need windows.
    public var windowRows = 1_000
    /// Rows that are looked at together.
    public var stepRows = 100
    /// Whether Evidently's rule runs, which takes most of the time.
    public var hasEvidently = true
    /// The seed of everything.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  private let table: ApplicationTable
  private let scenarios: [DriftScenario]
  private let options: Options

  /// Prepares trials.
  ///
  /// - Parameters:
  ///   - table: The rows that reference and stream are drawn from.
  ///   - scenarios: The scenarios.
  ///   - options: How the trials are made.
  public init(_ table: ApplicationTable, scenarios: [DriftScenario], options: Options = Options()) {
    self.table = table
    self.scenarios = scenarios
    self.options = options
  }

  /// Runs everything.
  ///
  /// - Parameter progress: Receives the share of the work that is done and what is done now.
  /// - Returns: The results.
  /// - Throws: ``SimulationError`` for a scenario that does not fit the table, `DriftError` for a reference that
  ///   cannot be taken.
  public func run(progress: (Double, String) -> Void = { _, _ in }) throws -> TrialReport {
    var report = TrialReport(options: options, scenarios: scenarios.map(\.name))
    let total = Double(options.runs * (scenarios.count + 1))
    for run in 0..<options.runs {
      let seed = options.seed &+ UInt64(run)
      var generator = SeededGenerator(seed: seed)
      func draw(_ count: Int) -> ApplicationTable {
        table.subset(rows: (0..<count).map { _ in generator.index(below: table.rowCount) })
      }
      let reference = Self.columns(of: draw(options.referenceRows))
      let profile = try ReferenceProfile(columns: reference)
      progress(Double(run * (scenarios.count + 1)) / total, "run \(run + 1): nothing changes")
      for result in try observe(draw(options.nullRows), reference, profile) {
        report.noteNull(result.rule, alarms: result.raised.count)
      }
      let stream = draw(options.onset + options.changedRows)
      for (index, scenario) in scenarios.enumerated() {
        progress(
          Double(run * (scenarios.count + 1) + index + 1) / total,
          "run \(run + 1): \(scenario.name)"
        )
        let planter = DriftPlanter(scenario, seed: seed)
        let changed = try planter.planting(into: stream, onset: options.onset)
        var names = Set(planter.affected.fields)
        if planter.affected.outcomes { names.insert(table.schema.targetField ?? "outcome") }
        let affected = Set(profile.features.indices.filter { names.contains(profile.features[$0].name) })
        for result in try observe(changed, reference, profile) {
          let after = result.raised.filter { $0.row > options.onset }
          report.note(
            result.rule,
            scenario: index,
            delay: after.first { !affected.isDisjoint(with: $0.features) }.map { $0.row - options.onset },
            isElsewhere: after.contains { !affected.isSuperset(of: $0.features) }
          )
        }
      }
    }
    progress(1, "\(options.runs) runs")
    return report
  }

  /// What a rule raised: the number of rows seen by then, and about which features.
  private struct Observed {
    let rule: String
    let raised: [(row: Int, features: [Int])]
  }

  private func observe(
    _ stream: ApplicationTable,
    _ reference: [ObservedColumn],
    _ profile: ReferenceProfile
  ) throws -> [Observed] {
    let columns = Self.columns(of: stream)
    let counter = EventCounter(profile: profile)
    let steps = Swift.stride(from: 0, to: stream.rowCount, by: options.stepRows).map { start in
      let rows = start..<min(stream.rowCount, start + options.stepRows)
      var counts = WindowCounts(slotCount: profile.slotCount)
      counter.count(rows, of: columns, into: &counts)
      return TrialStep(rows: rows, counts: counts)
    }
    return try rules(reference, columns, profile).map { rule in
      var rule = rule
      var raised: [(row: Int, features: [Int])] = []
      for step in steps {
        let features = rule.observe(step)
        if !features.isEmpty { raised.append((step.rows.upperBound, features)) }
      }
      return Observed(rule: rule.name, raised: raised)
    }
  }

  private func rules(
    _ reference: [ObservedColumn],
    _ current: [ObservedColumn],
    _ profile: ReferenceProfile
  ) throws -> [any TrialRule] {
    let count = profile.features.count
    var rules: [any TrialRule] = [
      DummyRule(isAlways: false, featureCount: count), DummyRule(isAlways: true, featureCount: count),
    ]
    for stability in [0.005, 0.01] {
      let tolerance = try DriftTolerance(stability: stability, stepEvents: options.stepRows)
      rules.append(try SequentialRule(profile: profile, tolerance: tolerance))
    }
    for judgement in [WindowRule.Judgement.index(0.1), .index(0.2), .discovery] {
      rules.append(WindowRule(judgement, profile: profile, windowRows: options.windowRows))
    }
    if options.hasEvidently {
      rules.append(
        EvidentlyRule(reference: reference, current: current, windowRows: options.windowRows)
      )
    }
    return rules
  }

  /// The fields of a table and its outcomes.
  ///
  /// Drawn rows share the dictionaries, and new categories stand behind those that were there.
  private static func columns(of table: ApplicationTable) -> [ObservedColumn] {
    var columns = table.schema.fields.enumerated().map { slot, field in
      let kind: ObservedColumn.Kind =
        switch field.kind {
        case .number: .number
        case .flag: .category(names: ["0", "1"])
        case .category: .category(names: table.dictionaries[slot]?.categories ?? [])
        }
      return ObservedColumn(name: field.name, kind: kind, values: table.columns[slot])
    }
    if let targets = table.targets {
      columns.append(
        ObservedColumn(
          name: table.schema.targetField ?? "outcome",
          kind: .category(names: ["repaid", "defaulted"]),
          values: targets
        )
      )
    }
    return columns
  }
}
