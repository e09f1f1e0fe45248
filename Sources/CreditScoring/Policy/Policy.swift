public import CreditEvents

/// What is decided at which probability, what is declined whatever the model says, and what is said about it.
///
/// A policy is checked when it is made, so one that exists makes sense in itself; whether it fits a pipeline is
/// checked by ``ScoringModel``.
public struct Policy: Sendable, Equatable {
  /// The version, from 1; a part of every decision.
  public let version: Int
  /// What errors cost.
  public let costs: Costs
  /// At this probability of default and above a person decides, at least.
  public let referFrom: Double
  /// At this probability of default and above the application is declined.
  public let declineFrom: Double
  /// How a probability becomes points.
  public let points: PointsScale
  /// For which decisions reasons are computed.
  public let reasonsMode: ReasonsMode
  /// The rules that decline before the model is asked, in the order in which decisions list them.
  public let knockOuts: [KnockOut]
  /// The factors that can be reasons; each fits one or more groups of features.
  public let reasons: [ReasonText]

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - version: The version, from 1.
  ///   - costs: What errors cost.
  ///   - referFrom: From which probability of default on a person decides.
  ///   - declineFrom: From which probability of default on the application is declined.
  ///   - points: How a probability becomes points.
  ///   - reasonsMode: For which decisions reasons are computed.
  ///   - knockOuts: The rules that decline before the model is asked.
  ///   - reasons: The factors that can be reasons.
  /// - Throws: ``ScoringModelError`` `invalidPolicy` with the place of the first contradiction.
  public init(
    version: Int,
    costs: Costs,
    referFrom: Double,
    declineFrom: Double,
    points: PointsScale = .standard,
    reasonsMode: ReasonsMode = .nonApprove,
    knockOuts: [KnockOut] = [],
    reasons: [ReasonText] = []
  ) throws(ScoringModelError) {
    self.version = version
    self.costs = costs
    self.referFrom = referFrom
    self.declineFrom = declineFrom
    self.points = points
    self.reasonsMode = reasonsMode
    self.knockOuts = knockOuts
    self.reasons = reasons
    try validate()
  }

  /// What is decided at a probability, by the thresholds alone.
  ///
  /// - Parameter probability: The calibrated probability of default.
  /// - Returns: Decline from ``declineFrom`` on, refer from ``referFrom`` on, else approve.
  public func outcome(probability: Double) -> Decision.Outcome {
    probability >= declineFrom ? .decline : probability >= referFrom ? .refer : .approve
  }

  /// The thresholds as decisions state them.
  public var thresholds: Decision.Thresholds {
    Decision.Thresholds(referFrom: referFrom, declineFrom: declineFrom, costRatio: costs.ratio)
  }

  /// The languages of the texts, sorted; every text is there in each of them.
  public var languages: [String] {
    ((knockOuts.first?.texts ?? reasons.first?.texts) ?? [:]).keys.sorted()
  }
}
