import FeaturePipeline
import XGBoost

/// Boosting with XGBoost as the parameters say, with one thread and so always in the same order.
struct BoostedTrees: Sendable {
  /// How to boost.
  let parameters: TrainingParameters
  /// The seed of the sampling of rows and columns.
  let seed: UInt64
  /// What a defaulted row weighs; a repaid one weighs 1.
  var positiveWeight = 1.0

  /// Finds how many rounds predict unseen rows best.
  ///
  /// The log loss on the watched rows decides rather than the area under the curve: it uses every row and
  /// so varies less from round to round.
  ///
  /// - Parameters:
  ///   - training: The rows to learn from.
  ///   - watched: Rows that are only predicted.
  /// - Returns: The number of rounds with the least log loss on the watched rows, at least 1.
  /// - Throws: `XGBoostError` when the library refuses parameters or values.
  func bestRoundCount(training: LabelledMatrix, watched: LabelledMatrix) throws(XGBoostError) -> Int {
    let trainingMatrix = try training.makeTrainingMatrix()
    let watchedMatrix = try watched.makeTrainingMatrix()
    let booster = try Booster(
      parameters: boosterParameters(for: training),
      matrices: [trainingMatrix, watchedMatrix]
    )
    var best = (round: 0, loss: Double.infinity)
    for round in 0..<parameters.maximumRounds {
      try booster.update(round: round, on: trainingMatrix)
      let margins = try booster.margins(of: watchedMatrix)
      let loss = ProbabilityMetrics.logLoss(margins: margins, watched.targets)
      if loss < best.loss { best = (round, loss) }
      if round - best.round >= parameters.earlyStoppingRounds { break }
    }
    return best.round + 1
  }

  /// Boosts for a given number of rounds.
  ///
  /// - Parameters:
  ///   - training: The rows to learn from.
  ///   - rounds: The number of rounds.
  /// - Returns: The trained booster, confined to this thread.
  /// - Throws: `XGBoostError` when the library refuses parameters or values.
  func train(_ training: LabelledMatrix, rounds: Int) throws(XGBoostError) -> Booster {
    let matrix = try training.makeTrainingMatrix()
    let booster = try Booster(parameters: boosterParameters(for: training), matrices: [matrix])
    for round in 0..<rounds { try booster.update(round: round, on: matrix) }
    return booster
  }

  /// The library's parameters for rows.
  func boosterParameters(for training: LabelledMatrix) -> BoosterParameters {
    var result = BoosterParameters()
    result.maximumDepth = parameters.maxDepth
    result.maximumBins = parameters.maxBin
    result.learningRate = parameters.learningRate
    result.minimumSplitLoss = parameters.gamma
    result.minimumChildWeight = parameters.minChildWeight
    result.rowSubsample = parameters.subsample
    result.columnSubsampleByTree = parameters.colsampleBytree
    result.l1Regularization = parameters.regAlpha
    result.l2Regularization = parameters.regLambda
    // From 0.5, the library's default, the first hundred trees would only find the way to the mean; and
    // later versions of the library estimate it themselves.
    result.baseScore = training.defaultRate
    result.monotoneConstraints = training.directions.map(\.constraint)
    result.positiveWeight = positiveWeight
    result.seed = seed
    result.threadCount = 1
    return result
  }
}
