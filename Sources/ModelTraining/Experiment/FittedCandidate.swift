import FeaturePipeline
import XGBoost

/// A candidate after training, confined to the thread that trained it.
enum FittedCandidate {
  case prior([Bool])
  case stratified([Bool], seed: UInt64)
  case logistic(LogisticRegression, FeatureStandards)
  case trees(Booster)

  /// Trains a candidate.
  ///
  /// - Parameters:
  ///   - candidate: What to train.
  ///   - rows: The rows to learn from.
  ///   - groups: The field of each feature.
  ///   - rounds: The rounds of boosting.
  ///   - options: What the candidate does not say itself.
  ///   - seed: The seed of whatever is drawn.
  /// - Throws: `XGBoostError` or ``TrainingError``.
  init(
    _ candidate: Candidate,
    rows: LabelledMatrix,
    groups: [String],
    rounds: Int,
    options: CandidateOptions,
    seed: UInt64
  ) throws {
    if candidate.kind.isDummy {
      self =
        candidate.kind == .dummyPrior ? .prior(rows.targets) : .stratified(rows.targets, seed: seed)
      return
    }
    let resampled = try ResampledRows(
      rows,
      candidate.resampling,
      options: options.resampling,
      groups: groups,
      seed: seed
    )
    switch candidate.kind {
    case .dummyPrior, .dummyStratified, .logisticRegression:
      let standards = FeatureStandards(rows.features)
      let model = LogisticRegression(
        values: standards.design(resampled.matrix.features),
        columnCount: standards.designWidth,
        targets: resampled.matrix.targets,
        positiveWeight: resampled.positiveWeight,
        inverseRegularization: CandidateParameters.inverseRegularization(candidate.settings)
      )
      self = .logistic(model, standards)
    case .randomForest:
      self = .trees(
        try CandidateParameters.randomForest(candidate.settings).train(
          try resampled.matrix.makeTrainingMatrix(),
          resampled.matrix,
          positiveWeight: resampled.positiveWeight,
          seed: seed
        )
      )
    case .boosting:
      let parameters = CandidateParameters.boosting(candidate.settings, over: options.parameters)
      let trees = BoostedTrees(
        parameters: parameters,
        seed: seed,
        positiveWeight: resampled.positiveWeight
      )
      self = .trees(try trees.train(resampled.matrix, rounds: rounds))
    }
  }

  /// Predicts rows.
  ///
  /// - Parameter rows: The rows, with the features that were learnt from.
  /// - Returns: One margin per row.
  /// - Throws: `XGBoostError`.
  func margins(of rows: LabelledMatrix) throws -> [Float] {
    switch self {
    case .prior(let targets): Dummy.prior(targets, count: rows.targets.count)
    case .stratified(let targets, let seed):
      Dummy.stratified(targets, count: rows.targets.count, seed: seed)
    case .logistic(let model, let standards): model.margins(standards.design(rows.features)).map { Float($0) }
    case .trees(let booster): try booster.margins(of: try rows.makeTrainingMatrix())
    }
  }
}

/// What all candidates of an experiment have in common.
struct CandidateOptions: Sendable {
  /// How rows are resampled.
  let resampling: ResamplingOptions
  /// The pipeline file's parameters of boosting, where a candidate does not say its own.
  let parameters: TrainingParameters
}
