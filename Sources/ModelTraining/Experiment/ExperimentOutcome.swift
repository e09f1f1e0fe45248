public import CreditScoring
public import FeaturePipeline
public import ModelRegistry
import StrictJSON

/// What an experiment gave: the model to put into a bundle, and the report on all.
public struct ExperimentOutcome: Sendable {
  /// From raw fields to features, fitted to all rows.
  public let pipeline: FittedPipeline
  /// The trees in XGBoost's JSON, fitted to all rows.
  public let modelJSON: [UInt8]
  /// From margins to probabilities of default.
  public let calibration: Calibration
  /// From probabilities to decisions and their reasons.
  public let policy: Policy
  /// What the population looked like, to notice later that it has changed.
  public let reference: DriftReference
  /// Made-up applications whose results every load replays.
  public let goldenEvents: [[UInt8]]
  /// What was found.
  public let report: ExperimentReport
  /// The predictions of the chosen candidate out of fold.
  public let predictions: [OutOfFoldRow]

  /// What the chosen candidate says about one row that it did not see.
  public struct OutOfFoldRow: Sendable, Equatable {
    /// The application's id.
    public let id: String
    /// The fold that it was predicted in, of the first repeat; nil for a held-out row.
    public let fold: Int?
    /// Whether it defaulted.
    public let defaulted: Bool
    /// The margin.
    public let margin: Float
  }

  /// The model as the parts of a bundle, with the card for people and the report in the manifest.
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
      card: ExperimentCard(report: report).bytes,
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
