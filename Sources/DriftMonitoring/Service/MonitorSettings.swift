import DriftDetection
public import KafkaClient
import Settings

/// What the drift monitor is told by its settings file; every key has a default, so a file says only what differs.
public struct MonitorSettings: Sendable, Equatable {
  /// The topics' names.
  public struct Topics: Sendable, Equatable {
    /// Where scorers report what they counted.
    public var partials = "loan.drift.partials"
    /// Where alerts go.
    public var alerts = "loan.drift.alerts"
    /// Where decisions are.
    public var decisions = "loan.decisions"
    /// Where it is said what became of loans.
    public var outcomes = "loan.outcomes"

    /// The names as shipped.
    public init() {}
  }

  /// What is tolerated, as the file says it.
  public struct Drift: Sendable, Equatable {
    /// Tolerated population stability index.
    public var toleratedStability = 0.005
    /// Mean events between false alarms, over all features of a model.
    public var patienceEvents = 100_000
    /// Events at least that are looked at together.
    public var stepEvents = 100
    /// Blocks to wait for late events before a block is done.
    public var graceBlocks = 2
    /// Done blocks kept one by one.
    public var retainedBlocks = 2_000
    /// Events at least that an alert's figures are taken of.
    public var evidenceEvents = 1_000
    /// Quiet steps until an alert closes.
    public var closingSteps = 5
    /// Steps after closing in which an alert does not open again.
    public var coolDownSteps = 10
    /// Steps after which an open alert is repeated.
    public var reminderSteps = 100

    /// What is tolerated unless a file says otherwise.
    public init() {}
  }

  /// When the flow of applications is an alert.
  public struct Flow: Sendable, Equatable {
    /// The window whose volume is compared with a week before, hours.
    public var volumeHours = 24
    /// Less than this share, or more than its inverse, is an alert.
    public var volumeShare = 0.5
    /// Windows with fewer events a week before are not judged.
    public var volumeMinimum = 500
    /// How late counts may be reported, milliseconds.
    public var lagMilliseconds = 900_000

    /// What is an alert unless a file says otherwise.
    public init() {}
  }

  /// When outcomes are judged.
  public struct Outcomes: Sendable, Equatable {
    /// Days of decisions that are judged together.
    public var cohortDays = 30
    /// How long after the last of them, days.
    public var maturityDays = 365
    /// Outcomes at least that are judged.
    public var minimumOutcomes = 1_000

    /// When outcomes are judged unless a file says otherwise.
    public init() {}
  }

  /// Where to find the cluster: `host:port`, separated by commas.
  public var brokers = "localhost:9092"
  /// The directory of the model registry.
  public var registry = "models"
  /// The topics' names.
  public var topics = Topics()
  /// What is tolerated.
  public var drift = Drift()
  /// When the flow of applications is an alert.
  public var flow = Flow()
  /// When outcomes are judged.
  public var outcomes = Outcomes()
  /// Properties of librdkafka, for all clients.
  public var kafka: [String: String] = [:]

  /// The settings as shipped.
  public init() {}

  /// The rules that the settings mean.
  ///
  /// - Returns: The rules.
  /// - Throws: ``MonitorError`` `settings` with the first key that is out of its range.
  public func rules() throws(MonitorError) -> MonitorRules {
    let tolerance: DriftTolerance
    do {
      tolerance = try DriftTolerance(
        stability: drift.toleratedStability,
        patience: drift.patienceEvents,
        stepEvents: drift.stepEvents
      )
    } catch {
      throw MonitorError(.settings, "drift: \(error.message)")
    }
    let counts = [
      ("grace_blocks", drift.graceBlocks, 0...100_000),
      ("retained_blocks", drift.retainedBlocks, 1...1_000_000),
      ("evidence_events", drift.evidenceEvents, 1...10_000_000),
      ("closing_steps", drift.closingSteps, 1...100_000),
      ("cool_down_steps", drift.coolDownSteps, 0...1_000_000),
      ("reminder_steps", drift.reminderSteps, 1...1_000_000),
      ("volume_hours", flow.volumeHours, 1...168), ("volume_minimum", flow.volumeMinimum, 1...1_000_000_000),
      ("lag_ms", flow.lagMilliseconds, 1_000...315_360_000_000),
      ("cohort_days", outcomes.cohortDays, 1...3_650), ("maturity_days", outcomes.maturityDays, 0...36_500),
      ("minimum_outcomes", outcomes.minimumOutcomes, 100...1_000_000_000),
    ]
    for (name, value, range) in counts where !range.contains(value) {
      throw MonitorError(
        .settings,
        "\(name): \(value) is out of range, give \(range.lowerBound) to \(range.upperBound)"
      )
    }
    guard 168 % flow.volumeHours == 0 else {
      throw MonitorError(
        .settings,
        "volume_hours: \(flow.volumeHours) does not divide a week; give 1, 6, 12, 24 or 168"
      )
    }
    guard flow.volumeShare > 0, flow.volumeShare < 1 else {
      throw MonitorError(
        .settings,
        "volume_share: \(flow.volumeShare) is out of range, give one above 0 and below 1"
      )
    }
    var rules = MonitorRules(tolerance: tolerance)
    rules.timing.grace = Int64(drift.graceBlocks)
    rules.timing.retained = drift.retainedBlocks
    rules.alerts.closingSteps = drift.closingSteps
    rules.alerts.coolDownSteps = drift.coolDownSteps
    rules.alerts.reminderSteps = drift.reminderSteps
    rules.evidenceEvents = drift.evidenceEvents
    rules.volumeHours = Int64(flow.volumeHours)
    rules.volumeShare = flow.volumeShare
    rules.volumeMinimum = UInt64(flow.volumeMinimum)
    rules.cohortDays = Int64(outcomes.cohortDays)
    rules.maturityDays = Int64(outcomes.maturityDays)
    rules.outcomeEvents = outcomes.minimumOutcomes
    rules.lagMilliseconds = Int64(flow.lagMilliseconds)
    return rules
  }

  /// What every client is told.
  public var clientProperties: KafkaProperties {
    var properties = KafkaProperties(kafka.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    properties["bootstrap.servers"] = brokers
    return properties
  }
}
