public import CreditEvents
public import FeaturePipeline
public import TreeEnsemble

/// Everything that decides, put together and checked: pipeline, trees, calibration and policy.
public struct ScoringModel: Sendable {
  /// What names the bundle; a part of every decision.
  public let identity: ModelIdentity
  /// From raw fields to features.
  public let pipeline: FittedPipeline
  /// From features to the margin.
  public let ensemble: TreeEnsemble
  /// From the margin to the probability.
  public let calibration: Calibration
  /// From the probability to the decision.
  public let policy: Policy
  /// The margin that the trees expect before they know anything of an application.
  public let base: Double

  let rules: [CompiledExpression]
  let units: ReasonUnits

  /// Puts the parts together.
  ///
  /// - Parameters:
  ///   - identity: What names the bundle.
  ///   - pipeline: From raw fields to features.
  ///   - ensemble: From features to the margin.
  ///   - calibration: From the margin to the probability.
  ///   - policy: From the probability to the decision; ``Policy/explaining(_:labels:languages:)`` gives it a reason for each group.
  /// - Throws: ``ScoringModelError`` with the part and the place where they do not fit together.
  public init(
    identity: ModelIdentity,
    pipeline: FittedPipeline,
    ensemble: TreeEnsemble,
    calibration: Calibration,
    policy: Policy
  ) throws(ScoringModelError) {
    try calibration.validate()
    try Self.check(pipeline, fits: ensemble)
    self.identity = identity
    self.pipeline = pipeline
    self.ensemble = ensemble
    self.calibration = calibration
    self.policy = policy
    rules = try Self.compile(policy.knockOuts, in: pipeline.scope)
    units = try ReasonUnits(policy: policy, pipeline: pipeline)
    base = Self.base(of: ensemble)
    guard base.isFinite else {
      throw ScoringModelError(.unfitParts, path: "model", "its mean margin is not finite: train it again")
    }
  }

  private static func check(
    _ pipeline: FittedPipeline,
    fits ensemble: TreeEnsemble
  ) throws(ScoringModelError) {
    guard ensemble.objective.isLogistic else {
      throw ScoringModelError(
        .unfitParts,
        path: "model",
        "its objective \(ensemble.objective.rawValue) gives no log-odds: train with binary:logistic"
      )
    }
    guard ensemble.featureCount == pipeline.features.count else {
      throw ScoringModelError(
        .unfitParts,
        path: "model",
        "it reads \(ensemble.featureCount) features, the pipeline makes \(pipeline.features.count): "
          + "use the pipeline it was trained with"
      )
    }
    guard let names = ensemble.featureNames else { return }
    for (index, (name, feature)) in zip(names, pipeline.features).enumerated() where name != feature.name {
      throw ScoringModelError(
        .unfitParts,
        path: "model",
        "its feature \(index) is \"\(name)\", the pipeline's \"\(feature.name)\": use the pipeline it was trained with"
      )
    }
  }

  private static func compile(
    _ rules: [Policy.KnockOut],
    in scope: ExpressionScope
  ) throws(ScoringModelError) -> [CompiledExpression] {
    var compiled: [CompiledExpression] = []
    for (index, rule) in rules.enumerated() {
      do throws(ExpressionError) {
        compiled.append(try Expression(rule.condition).compiled(in: scope))
      } catch {
        throw ScoringModelError(.unfitParts, path: "policy.knock_outs[\(index)].when", error.description)
      }
    }
    return compiled
  }

  /// The base does not depend on the row, so a row of missing values gives it.
  private static func base(of ensemble: TreeEnsemble) -> Double {
    let row = [Float](repeating: .nan, count: ensemble.featureCount)
    var contributions = [Double](repeating: 0, count: ensemble.featureCount + 1)
    row.withUnsafeBufferPointer { row in
      contributions.withUnsafeMutableBufferPointer { ensemble.contributions(row, into: $0) }
    }
    return contributions[ensemble.featureCount]
  }
}
