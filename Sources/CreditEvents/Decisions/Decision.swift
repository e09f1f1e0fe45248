/// The answer to one application: the value on the decisions topic.
///
/// It is a pure function of the record (bytes and coordinates), the model bundle and the program's version:
/// ``encode(into:)`` writes the same bytes whenever and wherever the record is scored again. Times and tracing
/// are not part of it, they travel in the record's headers.
public struct Decision: Sendable, Equatable {
  /// The version of the layout, the member `schema`; raised when a member changes its meaning or goes away.
  public static let schemaVersion = 1
  /// The most reasons of a decision; more are "not likely to be helpful" (Regulation B, comment 9(b)(2)-1).
  public static let maximumReasons = 4

  /// What is answered to the applicant.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The loan may be granted.
    case approve
    /// A person decides.
    case refer
    /// The loan is not granted.
    case decline
  }

  /// Derived from the source and the application's id.
  public var decisionID: DecisionID
  /// The application's id, canonical text.
  public var applicationID: String
  /// What is answered.
  public var outcome: Outcome
  /// The calibrated probability that the loan defaults, 0...1.
  public var probabilityOfDefault: Double
  /// The model's raw log-odds of default, before calibration.
  public var margin: Float
  /// The scorecard's points of the probability: the more, the better.
  public var points: Int
  /// From which probability on an application is referred and declined, and the costs behind it.
  public var thresholds: Thresholds
  /// The codes of the knock-out rules that fired, in the order of the policy.
  public var rules: [String]
  /// What raised the risk most, the strongest first; empty when the policy asks for none here.
  public var reasons: [Reason]
  /// The margin that the model expects before it knows anything of the application.
  public var base: Double
  /// What remains: base + reasons + other, added in this order in double precision, rounds to the margin.
  public var other: Double
  /// The model bundle that scored.
  public var model: ModelIdentity
  /// The feature pipeline of the bundle.
  public var pipeline: PipelineIdentity
  /// The version of the policy in the bundle.
  public var policyVersion: Int
  /// The record that is answered.
  public var source: RecordCoordinates
  /// What was unusual about the record.
  public var dataQuality: Quality
  /// The version of the program that decided.
  public var program: String

  /// Creates a decision from its parts.
  public init(
    decisionID: DecisionID,
    applicationID: String,
    outcome: Outcome,
    probabilityOfDefault: Double,
    margin: Float,
    points: Int,
    thresholds: Thresholds,
    rules: [String] = [],
    reasons: [Reason] = [],
    base: Double,
    other: Double,
    model: ModelIdentity,
    pipeline: PipelineIdentity,
    policyVersion: Int,
    source: RecordCoordinates,
    dataQuality: Quality = Quality(),
    program: String = ProgramVersion.current
  ) {
    self.decisionID = decisionID
    self.applicationID = applicationID
    self.outcome = outcome
    self.probabilityOfDefault = probabilityOfDefault
    self.margin = margin
    self.points = points
    self.thresholds = thresholds
    self.rules = rules
    self.reasons = reasons
    self.base = base
    self.other = other
    self.model = model
    self.pipeline = pipeline
    self.policyVersion = policyVersion
    self.source = source
    self.dataQuality = dataQuality
    self.program = program
  }
}
