public import CreditScoring
public import FeaturePipeline
public import ModelRegistry
import StrictJSON

/// A trained model with all that scoring needs, not registered yet.
public struct TrainedModel: Sendable {
  /// From raw fields to features.
  public let pipeline: FittedPipeline
  /// The trees in XGBoost's JSON.
  public let modelJSON: [UInt8]
  /// From margins to probabilities of default.
  public let calibration: Calibration
  /// From probabilities to decisions and their reasons.
  public let policy: Policy
  /// What the population looked like, to notice later that it has changed.
  public var reference: DriftReference?
  /// Made-up applications whose results every load replays.
  public let goldenEvents: [[UInt8]]
  /// What was found out about the model.
  public let report: TrainingReport

  /// The model as the parts of a bundle, with a card for people and the report in the manifest.
  ///
  /// - Returns: What ``ModelRegistry/ModelRegistry/register(_:_:created:)`` takes.
  public func bundleContents() -> BundleContents {
    var writer = JSONWriter()
    report.encode(into: &writer)
    return BundleContents(
      pipeline: pipeline,
      modelJSON: modelJSON,
      calibration: calibration,
      policy: policy,
      reference: reference,
      goldenEvents: goldenEvents,
      card: Array(TrainingCard(report: report).html.utf8),
      training: writer.bytes
    )
  }

  /// Registers the model as the next version under its pipeline's name; that puts nothing in force.
  ///
  /// - Parameter registry: The registry.
  /// - Returns: The bundle as every scorer will read it.
  /// - Throws: `RegistryError` when a part is refused or the disk fails; nothing is left behind.
  public func register(in registry: ModelRegistry) throws(RegistryError) -> ModelBundle {
    try registry.register(report.model, bundleContents())
  }
}
