/// A field or derived feature that a selection kept out of the model, and why.
public struct OmittedFeature: Sendable, Equatable {
  /// The rule by which it was left out.
  public enum Rule: String, Sendable, CaseIterable {
    /// Too many rows lack it.
    case missingShare = "missing_share"
    /// Nearly all rows have the same value.
    case nearZeroVariance = "near_zero_variance"
    /// Another feature that is kept tells nearly the same.
    case correlation
    /// Predictions on unseen rows are no worse when its values are shuffled.
    case importance
  }

  /// The name of the field or derived feature, as in ``Feature/group``.
  public let name: String
  /// The rule by which it was left out.
  public let rule: Rule
  /// What was found, in one sentence with the figures.
  public let reason: String

  /// Describes what was left out.
  ///
  /// - Parameters:
  ///   - name: The name of the field or derived feature.
  ///   - rule: The rule by which it was left out.
  ///   - reason: What was found, in one sentence with the figures.
  public init(name: String, rule: Rule, reason: String) {
    self.name = name
    self.rule = rule
    self.reason = reason
  }
}
