import KafkaClient

/// The names of the topics a scorer works with.
public struct ScorerTopics: Sendable, Equatable {
  /// Where applications come from.
  public var applications = "loan.applications"
  /// Where decisions go.
  public var decisions = "loan.decisions"
  /// Where records go that can have no decision.
  public var deadLetters = "loan.applications.dlq"
  /// Where the counts of each transaction go, for the drift monitor.
  public var partials = "loan.drift.partials"
  /// Where models are announced.
  public var models = "loan.models"

  /// The names as DESIGN gives them.
  public init() {}
}

/// All that one worker must know to run.
struct WorkerConfiguration: Sendable {
  /// `APP.INSTANCE.WORKER`: transactional id and static group member at once, stable over restarts.
  var identity: String
  var topics: ScorerTopics
  var limits: LoopLimits
  var consumer: KafkaProperties
  var producer: KafkaProperties
  /// What the dead-letter topic takes of one record; larger ones are cut.
  var deadLetterBytes = 950_000
  /// A crash that a test has ordered.
  var plannedCrash: PlannedCrash?
  /// How long one call of the library may take before it is made again.
  var callTimeout = 2_000
  /// How long closing each of the two clients may take.
  var closeTimeout = 1_500
}
