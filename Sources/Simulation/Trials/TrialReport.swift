/// What every detector found, missed and cried about.
public struct TrialReport: Sendable, Equatable {
  /// What a detector made of one scenario.
  public struct Outcome: Sendable, Equatable {
    /// For each run in which the change was found, the rows from its beginning to the first alarm about a field that
    /// changed.
    public fileprivate(set) var delays: [Int] = []
    /// Runs.
    public fileprivate(set) var runCount = 0
    /// Runs in which it raised an alarm about a field that did not change, after the beginning.
    public fileprivate(set) var elsewhereCount = 0

    /// Runs in which the change was not found.
    public var missedCount: Int { runCount - delays.count }
    /// The median delay of the runs in which the change was found; nil if it never was.
    public var medianDelay: Int? {
      let sorted = delays.sorted()
      guard let last = sorted.indices.last else { return nil }
      return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    }
  }

  /// A detector's results.
  public struct Detector: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Alarms over all runs while nothing had changed.
    public fileprivate(set) var falseAlarmCount = 0
    /// Its results by scenario.
    public fileprivate(set) var outcomes: [Outcome]

    /// Runs over all scenarios in which the change was not found.
    public var missedCount: Int { outcomes.reduce(0) { $0 + $1.missedCount } }
    /// Runs over all scenarios.
    public var runCount: Int { outcomes.reduce(0) { $0 + $1.runCount } }
    /// Runs with an alarm about a field that did not change.
    public var elsewhereCount: Int { outcomes.reduce(0) { $0 + $1.elsewhereCount } }
  }

  /// How the trials were made.
  public let options: DriftTrials.Options
  /// The scenarios' names in order.
  public let scenarios: [String]
  /// The detectors in order.
  public private(set) var detectors: [Detector] = []

  init(options: DriftTrials.Options, scenarios: [String]) {
    self.options = options
    self.scenarios = scenarios
  }

  /// Unchanged rows over all runs, in which false alarms were counted.
  public var nullRowCount: Int { options.runs * options.nullRows }

  /// False alarms in 100,000 unchanged rows.
  ///
  /// - Parameter detector: A detector of the report.
  /// - Returns: Its rate.
  public func falseAlarmRate(of detector: Detector) -> Double {
    Double(detector.falseAlarmCount) / Double(nullRowCount) * 100_000
  }

  mutating func noteNull(_ rule: String, alarms: Int) { detectors[index(of: rule)].falseAlarmCount += alarms }

  mutating func note(_ rule: String, scenario: Int, delay: Int?, isElsewhere: Bool) {
    let index = index(of: rule)
    detectors[index].outcomes[scenario].runCount += 1
    if let delay { detectors[index].outcomes[scenario].delays.append(delay) }
    if isElsewhere { detectors[index].outcomes[scenario].elsewhereCount += 1 }
  }

  private mutating func index(of rule: String) -> Int {
    if let index = detectors.firstIndex(where: { $0.name == rule }) { return index }
    detectors.append(Detector(name: rule, outcomes: scenarios.map { _ in Outcome() }))
    return detectors.count - 1
  }
}
