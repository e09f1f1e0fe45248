/// When the value of a field becomes known.
public enum Availability: String, Sendable, CaseIterable {
  /// With the application, so that a decision may use it.
  case atApplication = "at_application"
  /// Only once the decision is made or the loan runs: a model that learnt from it would know the future.
  case afterDecision = "after_decision"
}
