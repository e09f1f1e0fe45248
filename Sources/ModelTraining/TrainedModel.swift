public import CreditScoring
public import FeaturePipeline
public import TreeEnsemble

/// A trained model with all that scoring needs, not registered yet.
public struct TrainedModel: Sendable {
  /// From raw fields to features.
  public let pipeline: FittedPipeline
  /// The trees in XGBoost's JSON.
  public let modelJSON: [UInt8]
  /// The same trees, as they are evaluated.
  public let ensemble: TreeEnsemble
  /// From margins to probabilities of default.
  public let calibration: Calibration
  /// From probabilities to decisions and their reasons.
  public let policy: Policy
  /// What was found out about the model.
  public let report: TrainingReport
}
