public import CreditEvents

/// What the model and the policy make of one application.
public struct Assessment: Sendable, Equatable {
  /// The raw log-odds of default.
  public var margin: Float
  /// The calibrated probability of default, 0...1.
  public var probabilityOfDefault: Double
  /// The scorecard's points of the probability.
  public var points: Int
  /// What is answered.
  public var outcome: Decision.Outcome
  /// The codes of the knock-out rules that fired, in the order of the policy.
  public var rules: [String]
  /// What raised the risk most, the strongest first; empty where the mode asks for none.
  public var reasons: [Decision.Reason]
  /// The margin that the model expects before it knows anything.
  public var base: Double
  /// What remains: base + reasons + other, added in this order in double precision, rounds to the margin.
  public var other: Double
}
