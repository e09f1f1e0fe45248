public import CreditEvents
internal import FeaturePipeline
public import StrictJSON
internal import TreeEnsemble

/// Decides applications with one model: events of a stream and rows of a file alike.
///
/// The scorer owns its buffers: once they have grown, a clean application that needs no reasons is decided
/// without allocating.
///
/// **Thread:** one at a time; give each worker its own.
public final class ApplicationScorer {
  /// What decides.
  public let model: ScoringModel
  /// For which decisions reasons are computed.
  public let reasonsMode: ReasonsMode

  private let reader: ApplicationEventReader
  private let pipelineIdentity: PipelineIdentity
  private let thresholds: Decision.Thresholds
  private var application: Application
  private var encoder = DecisionEncoder()
  private var features: [Float]
  private var contributions: [Double]
  private var sums: [Double]

  /// Prepares a scorer.
  ///
  /// - Parameters:
  ///   - model: What decides.
  ///   - reasons: For which decisions reasons are computed; nil leaves it to the model's policy, which is what a
  ///     stream must do: a decision is a function of the record, the bundle and the program, of nothing else.
  ///   - limits: What an event may cost before it is rejected.
  public init(model: ScoringModel, reasons: ReasonsMode? = nil, limits: JSONLimits = .event) {
    self.model = model
    reasonsMode = reasons ?? model.policy.reasonsMode
    let pipeline = model.pipeline
    reader = ApplicationEventReader(pipeline, limits: limits)
    pipelineIdentity = PipelineIdentity(name: pipeline.name, version: pipeline.version)
    thresholds = model.policy.thresholds
    application = Application(schema: pipeline.schema)
    features = [Float](repeating: .nan, count: pipeline.features.count)
    contributions = [Double](repeating: 0, count: pipeline.features.count + 1)
    sums = [Double](repeating: 0, count: model.units.codes.count)
  }

  /// Decides one record and writes the decision.
  ///
  /// - Parameters:
  ///   - value: The record's value; nil for a tombstone.
  ///   - source: Where the record stands.
  ///   - writer: Receives the decision's value; nothing when the record is rejected.
  /// - Returns: The decision, or why the record can have none.
  public func decide(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<Decision, Rejection> {
    do throws(Rejection) {
      try reader.read(value, into: &application)
      let decision = try decide(application, from: source)
      encoder.encode(decision, into: &writer)
      return .success(decision)
    } catch {
      return .failure(error)
    }
  }

  /// Decides one application that was read from a record.
  ///
  /// - Parameters:
  ///   - application: The application, read with the pipeline's schema and dictionaries.
  ///   - source: Where the record stands.
  /// - Returns: The decision.
  /// - Throws: ``Rejection`` `scoringFailed` when the model gives no usable figures.
  public func decide(
    _ application: Application,
    from source: RecordCoordinates
  ) throws(Rejection) -> Decision {
    let assessment = try assess(application)
    return Decision(
      decisionID: DecisionID(source: source, applicationID: application.id),
      applicationID: application.id,
      outcome: assessment.outcome,
      probabilityOfDefault: assessment.probabilityOfDefault,
      margin: assessment.margin,
      points: assessment.points,
      thresholds: thresholds,
      rules: assessment.rules,
      reasons: assessment.reasons,
      base: assessment.base,
      other: assessment.other,
      model: model.identity,
      pipeline: pipelineIdentity,
      policyVersion: model.policy.version,
      source: source,
      dataQuality: Decision.Quality(application.quality, schema: model.pipeline.schema)
    )
  }

  /// Assesses one application: knock-out rules, model, calibration, policy and reasons.
  ///
  /// A fired rule forces a decline; the model is still asked, so that every decision has its figures.
  ///
  /// - Parameter application: The application, read with the pipeline's schema and dictionaries.
  /// - Returns: The assessment.
  /// - Throws: ``Rejection`` `scoringFailed` when the model gives no finite margin, or contributions that do not
  ///   add up to it.
  /// - Precondition: `application.values` has one value for each slot of the pipeline's schema.
  public func assess(_ application: Application) throws(Rejection) -> Assessment {
    let rules = firedRules(application.values)
    let margin = self.margin(application.values)
    guard margin.isFinite else {
      throw Rejection(.scoringFailed, message: "the margin is not finite: check the model's leaf values")
    }
    let probability = model.calibration.probability(margin: margin)
    let outcome = rules.isEmpty ? model.policy.outcome(probability: probability) : .decline
    let reasons = reasonsMode.covers(outcome) ? try reasons(margin: margin) : []
    var told = model.base
    for reason in reasons {
      told += reason.contribution
    }
    return Assessment(
      margin: margin,
      probabilityOfDefault: probability,
      points: model.policy.points.points(probability: probability),
      outcome: outcome,
      rules: rules,
      reasons: reasons,
      base: model.base,
      other: Double(margin) - told
    )
  }

  /// Decides one application of a document that holds several.
  ///
  /// - Parameters:
  ///   - json: The application's object.
  ///   - source: What names the application for ever.
  /// - Returns: The decision.
  /// - Throws: ``Rejection`` when the application can have none.
  public func decide(_ json: JSONValue, from source: RecordCoordinates) throws(Rejection) -> Decision {
    try reader.read(json, into: &application)
    return try decide(application, from: source)
  }

  /// Assesses one application and lays open what every feature contributed.
  ///
  /// - Parameter value: The application's bytes.
  /// - Returns: The assessment, whatever the mode says about reasons, with every contribution.
  /// - Throws: ``Rejection`` when the application can have no decision.
  /// - Complexity: That of the exact contributions of all features.
  public func explain(_ value: UnsafeRawBufferPointer?) throws(Rejection) -> Explanation {
    try reader.read(value, into: &application)
    return try explain(application)
  }

  /// Assesses one row of a table and lays open what every feature contributed.
  ///
  /// - Parameter application: The application, read with the pipeline's schema and dictionaries.
  /// - Returns: As of the application's bytes.
  /// - Throws: ``Rejection`` `scoringFailed` when the model gives no usable figures.
  /// - Precondition: `application.values` has one value for each slot of the pipeline's schema.
  public func explain(_ application: Application) throws(Rejection) -> Explanation {
    var assessment = try assess(application)
    assessment.reasons = try reasons(margin: assessment.margin)
    var told = model.base
    for reason in assessment.reasons {
      told += reason.contribution
    }
    assessment.other = Double(assessment.margin) - told
    return Explanation(
      applicationID: application.id,
      assessment: assessment,
      quality: Decision.Quality(application.quality, schema: model.pipeline.schema),
      features: features,
      contributions: Array(contributions.dropLast()),
      factors: model.units.codes.indices.map { unit in
        Decision.Reason(
          code: model.units.codes[unit],
          fields: model.units.fields[unit],
          contribution: sums[unit]
        )
      }
    )
  }

  /// Lends what the latest decision was made of.
  ///
  /// - Parameter body: Receives the raw values by slot and the model's inputs by column; they are gone when it returns.
  public func withLatest(_ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Float>) -> Void) {
    application.values.withUnsafeBufferPointer { values in
      features.withUnsafeBufferPointer { features in body(values, features) }
    }
  }

  private func firedRules(_ values: [Double]) -> [String] {
    var fired: [String] = []
    values.withUnsafeBufferPointer { values in
      for (index, rule) in model.rules.enumerated() where rule.holds(values) {
        fired.append(model.policy.knockOuts[index].code)
      }
    }
    return fired
  }

  private func margin(_ values: [Double]) -> Float {
    features.withUnsafeMutableBufferPointer { features in
      values.withUnsafeBufferPointer { model.pipeline.transform($0, into: features) }
      return model.ensemble.margin(UnsafeBufferPointer(features))
    }
  }

  /// The reasons of the application whose features were computed last.
  private func reasons(margin: Float) throws(Rejection) -> [Decision.Reason] {
    features.withUnsafeBufferPointer { features in
      contributions.withUnsafeMutableBufferPointer { model.ensemble.contributions(features, into: $0) }
    }
    // Additivity holds up to the rounding of the trees' sum in 32-bit floats; more means the reasons are wrong.
    var sum = 0.0
    var magnitude = 0.0
    for contribution in contributions {
      sum += contribution
      magnitude += contribution.magnitude
    }
    let rounding = 1e-4 + Double(model.ensemble.treeCount) * 0x1p-23 * magnitude
    guard (sum - Double(margin)).magnitude <= rounding else {
      throw Rejection(
        .scoringFailed,
        message: "the contributions do not add up to the margin: check the model's covers, train it again"
      )
    }
    model.units.sum(contributions, into: &sums)
    return model.units.strongest(sums)
  }
}
