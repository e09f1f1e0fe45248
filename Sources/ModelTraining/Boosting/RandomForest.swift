import FeaturePipeline
import XGBoost

/// A random forest with libxgboost: many deep trees of one round, each on its own rows, each split on its own features.
///
/// Every tree makes one Newton step from the share of defaults; the margin is the mean of their steps (Breiman 2001
/// averages votes instead). The model has the format of boosted trees, so it can be put into a bundle.
public struct RandomForest: Sendable, Equatable {
  /// The number of trees.
  public var trees = 200
  /// The longest path of a tree.
  public var maxDepth = 10
  /// The share of rows that each tree sees; 0.632 is what a bootstrap draws without its doubles.
  public var subsample = 0.632
  /// The share of features that each split sees.
  public var colsampleBynode = 0.2
  /// The least sum of hessians in a leaf.
  public var minChildWeight = 2.0
  /// The L2 penalty on leaf values.
  public var regLambda = 1.0

  /// The defaults.
  public init() {}

  /// Grows the forest.
  ///
  /// - Parameters:
  ///   - matrix: The rows to learn from, in libxgboost's memory.
  ///   - rows: The same rows.
  ///   - positiveWeight: What a defaulted row weighs.
  ///   - seed: The seed of the sampling.
  /// - Returns: The forest, confined to this thread.
  /// - Throws: `XGBoostError` when the library refuses parameters or values.
  func train(
    _ matrix: TrainingMatrix,
    _ rows: LabelledMatrix,
    positiveWeight: Double,
    seed: UInt64
  ) throws(XGBoostError) -> Booster {
    var parameters = BoosterParameters()
    parameters.parallelTreeCount = trees
    parameters.learningRate = 1
    parameters.maximumDepth = maxDepth
    parameters.maximumBins = 64
    parameters.rowSubsample = subsample
    parameters.columnSubsampleByNode = colsampleBynode
    parameters.minimumChildWeight = minChildWeight
    parameters.l2Regularization = regLambda
    parameters.positiveWeight = positiveWeight
    parameters.baseScore = rows.defaultRate
    parameters.monotoneConstraints = rows.directions.map(\.constraint)
    parameters.seed = seed
    let booster = try Booster(parameters: parameters, matrices: [matrix])
    try booster.update(round: 0, on: matrix)
    return booster
  }
}

extension Monotonicity? {
  /// The constraint as the library takes it.
  var constraint: BoosterParameters.MonotoneConstraint {
    switch self {
    case .increasing: .increasing
    case .decreasing: .decreasing
    case nil: .free
    }
  }
}
