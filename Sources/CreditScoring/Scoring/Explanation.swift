public import CreditEvents

/// Everything that made one application's margin.
public struct Explanation: Sendable, Equatable {
  /// The application's id, canonical text.
  public var applicationID: String
  /// What the model and the policy make of it, reasons always among it.
  public var assessment: Assessment
  /// What was unusual about the application.
  public var quality: Decision.Quality
  /// The value of each feature, in the order of the pipeline; NaN is missing.
  public var features: [Float]
  /// The exact SHAP value of each feature on the margin: base + their sum is the margin, up to rounding.
  public var contributions: [Double]
  /// The same, summed by the factors that can be reasons, in the order of the policy.
  public var factors: [Decision.Reason]
}
