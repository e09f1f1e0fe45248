import CreditEvents
import CreditScoring
import FeaturePipeline
import TreeEnsemble

/// Whether two models that differ in their seed only give the same reasons: what a refused client is told should
/// not hang on chance.
struct ReasonComparison {
  /// The most applications that are compared.
  static let limit = 500

  private let models: [ScoringModel]

  /// Puts two models together as they would stand in a bundle.
  ///
  /// - Parameters:
  ///   - fits: The models.
  ///   - calibration: The calibration of both.
  ///   - policy: The policy's declaration.
  ///   - declaration: The pipeline.
  ///   - threshold: The threshold of both.
  /// - Throws: `ScoringModelError` or `ModelFormatError` when the parts do not fit.
  init(
    _ fits: [FinalModel],
    calibration: Calibration,
    policy: PolicyDeclaration,
    of declaration: PipelineDeclaration,
    around threshold: Double
  ) throws {
    models = try fits.map { fit in
      try ScoringModel(
        identity: ModelIdentity(name: "refit", version: "1", sha256: String(repeating: "0", count: 64)),
        pipeline: fit.pipeline,
        ensemble: try TreeEnsemble(xgboostJSON: fit.modelJSON),
        calibration: calibration,
        policy: try policy.policy(around: threshold, explaining: fit.pipeline, of: declaration)
      )
    }
  }

  /// Compares the reasons of applications that the first model does not approve.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - rows: The rows in the order in which they are tried.
  /// - Returns: The agreement; NaN shares when nothing is refused.
  /// - Throws: `Rejection` when a model gives no usable figures.
  func agreement(
    on table: ApplicationTable,
    rows: [Int]
  ) throws(Rejection) -> ExperimentReport.ReasonAgreement {
    let scorers = models.map { ApplicationScorer(model: $0, reasons: .all) }
    var (count, leading, among, difference) = (0, 0, 0, 0.0)
    for row in rows where count < Self.limit {
      let first = try scorers[0].assess(application(row, of: table, for: models[0]))
      guard first.outcome != .approve, let reason = first.reasons.first else { continue }
      let second = try scorers[1].assess(application(row, of: table, for: models[1]))
      count += 1
      leading += second.reasons.first?.code == reason.code ? 1 : 0
      among += second.reasons.contains { $0.code == reason.code } ? 1 : 0
      difference += (first.probabilityOfDefault - second.probabilityOfDefault).magnitude
    }
    let total = Double(count)
    return ExperimentReport.ReasonAgreement(
      rowCount: count,
      leading: Double(leading) / total,
      amongFour: Double(among) / total,
      meanDifference: difference / total
    )
  }

  /// A row with the codes that the model's pipeline gives to categories.
  private func application(_ row: Int, of table: ApplicationTable, for model: ScoringModel) -> Application {
    var application = table.application(at: row)
    for (slot, dictionary) in model.pipeline.dictionaries.enumerated() {
      guard let dictionary, let known = table.dictionaries[slot], known != dictionary else { continue }
      let code = application.values[slot]
      guard code >= 0 else { continue }
      application.values[slot] =
        dictionary.code(of: known.categories[Int(code)]).map(Double.init) ?? Application.unseenCategory
    }
    return application
  }
}
