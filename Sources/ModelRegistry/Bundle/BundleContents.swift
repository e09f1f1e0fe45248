public import CreditScoring
public import FeaturePipeline
internal import StrictJSON
internal import TreeEnsemble

/// What goes into a new bundle.
public struct BundleContents: Sendable {
  /// The fitted pipeline.
  public var pipeline: FittedPipeline
  /// The trees, in XGBoost's own JSON.
  public var modelJSON: [UInt8]
  /// From the margin to the probability of default.
  public var calibration: Calibration
  /// From the probability to the decision.
  public var policy: Policy
  /// What the population looked like at training; nil leaves the model's drift unwatched.
  public var reference: DriftReference?
  /// Applications (values of events) whose results are frozen into the bundle; some dozens that differ.
  public var goldenEvents: [[UInt8]]
  /// What a person reads about the model, HTML.
  public var card: [UInt8]?
  /// What the trainer says about data, parameters, metrics and libraries: one JSON object.
  public var training: [UInt8]

  /// Puts the parts together; they are checked when the bundle is registered.
  ///
  /// - Parameters:
  ///   - pipeline: The fitted pipeline.
  ///   - modelJSON: The trees, in XGBoost's own JSON.
  ///   - calibration: From the margin to the probability.
  ///   - policy: From the probability to the decision.
  ///   - reference: What the population looked like at training.
  ///   - goldenEvents: Values of events whose results are frozen into the bundle.
  ///   - card: What a person reads about the model, HTML.
  ///   - training: One JSON object on data, parameters, metrics and libraries.
  public init(
    pipeline: FittedPipeline,
    modelJSON: [UInt8],
    calibration: Calibration,
    policy: Policy,
    reference: DriftReference? = nil,
    goldenEvents: [[UInt8]],
    card: [UInt8]? = nil,
    training: [UInt8] = Array("{}".utf8)
  ) {
    self.pipeline = pipeline
    self.modelJSON = modelJSON
    self.calibration = calibration
    self.policy = policy
    self.reference = reference
    self.goldenEvents = goldenEvents
    self.card = card
    self.training = training
  }

  /// The bytes of each file.
  ///
  /// - Throws: What is wrong with a part, when the parts do not fit together.
  func files() throws -> [(file: BundleFile, bytes: [UInt8])] {
    // The vectors do not depend on the name and version, which are not known yet.
    let model = try ScoringModel(
      identity: .unnamed,
      pipeline: pipeline,
      ensemble: TreeEnsemble(xgboostJSON: modelJSON),
      calibration: calibration,
      policy: policy
    )
    let vectors = try GoldenVectors(of: model, events: goldenEvents)
    var files: [(BundleFile, [UInt8])] = [
      (.pipeline, Self.document { pipeline.encode(into: &$0) }),
      (.model, modelJSON),
      (.calibration, Self.document { calibration.encode(into: &$0) }),
      (.policy, Self.document { policy.encode(into: &$0) }),
    ]
    if let reference {
      let names = pipeline.features.map(\.name)
      files.append((.reference, Self.document { reference.encode(into: &$0, inputNames: names) }))
    }
    files.append((.vectors, Self.document { vectors.encode(into: &$0) }))
    if let card { files.append((.card, card)) }
    return files
  }

  private static func document(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    write(&writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
