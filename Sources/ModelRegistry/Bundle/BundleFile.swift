/// The files of a bundle.
public enum BundleFile: String, Sendable, CaseIterable {
  /// The fitted pipeline.
  case pipeline = "pipeline.json"
  /// The trees, in XGBoost's own JSON.
  case model = "model.json"
  /// From the margin to the probability of default.
  case calibration = "calibration.json"
  /// Costs, thresholds, knock-out rules and the texts of the reasons.
  case policy = "policy.json"
  /// The distributions at training, for drift detection.
  case reference = "reference.json"
  /// Golden inputs and outputs.
  case vectors = "vectors.json"
  /// What a person reads about the model.
  case card = "card.html"

  /// The name of the file that lists and binds the others.
  public static let manifest = "manifest.json"

  /// Whether the file belongs to the bundle's identity; the card and the manifest, which hold times, do not.
  public var decides: Bool { self != .card }

  /// Whether a bundle cannot be without it.
  public var isRequired: Bool { self != .card && self != .reference }

  /// The largest size in bytes that is read.
  var maximumBytes: Int {
    switch self {
    case .model: 512 << 20
    case .pipeline, .reference, .vectors: 64 << 20
    case .calibration, .policy, .card: 16 << 20
    }
  }
}
