/// A field that may know the outcome already, and the evidence for it.
public struct LeakageSuspect: Sendable, Equatable {
  /// What speaks against it.
  public enum Ground: String, Sendable, CaseIterable {
    /// Alone it predicts the outcome better than an honest field does.
    case predictsTooWell = "predicts_too_well"
    /// It is declared as known only after the decision.
    case afterDecision = "after_decision"
    /// It names the application, and its text tells the outcome.
    case identifier
  }

  /// The field.
  public let field: String
  /// What speaks against it.
  public let ground: Ground
  /// The area under the ROC curve by which it tells the outcome; `nil` without outcomes.
  public let area: Double?
  /// What was found, in whole sentences.
  public let evidence: [String]
}
