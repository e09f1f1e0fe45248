public import CreditEvents

/// For which decisions reasons are computed.
public enum ReasonsMode: String, Sendable, CaseIterable {
  /// For everything that is not approved: who is referred or declined has a right to know why.
  case nonApprove = "non_approve"
  /// For every decision.
  case all
  /// For none, where nobody reads them.
  case none

  /// Whether a decision of this outcome has reasons.
  ///
  /// - Parameter outcome: What was decided.
  /// - Returns: True when they are computed.
  public func covers(_ outcome: Decision.Outcome) -> Bool {
    switch self {
    case .nonApprove: outcome != .approve
    case .all: true
    case .none: false
    }
  }
}
