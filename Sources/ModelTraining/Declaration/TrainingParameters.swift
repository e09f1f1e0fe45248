public import FeaturePipeline

/// How a model is trained: validation, boosting and stopping, as the `training` part of a pipeline file.
///
/// The boosting parameters bear XGBoost's names. All have defaults that suit some ten thousand rows.
public struct TrainingParameters: Sendable, Equatable, Decodable {
  /// The folds of each division; each row is predicted by a model that did not see it.
  public var folds = 5
  /// How often the rows are divided anew, each time with other folds.
  public var repeats = 3
  /// The share of a fold's training rows that early stopping watches, in 0.05...0.5.
  public var stoppingShare = 0.15
  /// The most rounds of boosting.
  public var maximumRounds = 2_000
  /// After how many rounds without improvement boosting stops.
  public var earlyStoppingRounds = 60
  /// The longest path of a tree.
  public var maxDepth = 4
  /// The shrinkage of each tree.
  public var learningRate = 0.03
  /// The share of rows that each tree sees.
  public var subsample = 0.8
  /// The share of features that each tree sees.
  public var colsampleBytree = 0.3
  /// The least sum of hessians in a leaf: about its number of rows times p (1 − p).
  public var minChildWeight = 5.0
  /// The L2 penalty on leaf values.
  public var regLambda = 10.0
  /// The L1 penalty on leaf values.
  public var regAlpha = 0.0
  /// The least gain for which a leaf is split.
  public var gamma = 0.0
  /// The most bins of a feature.
  public var maxBin = 256

  private enum CodingKeys: String, CodingKey {
    case folds, repeats, subsample, gamma
    case stoppingShare = "stopping_share"
    case maximumRounds = "maximum_rounds"
    case earlyStoppingRounds = "early_stopping_rounds"
    case maxDepth = "max_depth"
    case learningRate = "learning_rate"
    case colsampleBytree = "colsample_bytree"
    case minChildWeight = "min_child_weight"
    case regLambda = "reg_lambda"
    case regAlpha = "reg_alpha"
    case maxBin = "max_bin"
  }

  /// The defaults.
  public init() {}

  /// Reads the parameters that are given; the others keep their defaults.
  ///
  /// - Parameter decoder: The decoder of the pipeline file.
  /// - Throws: `DecodingError` when a value has the wrong type.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    folds = try values.decodeIfPresent(Int.self, forKey: .folds) ?? folds
    repeats = try values.decodeIfPresent(Int.self, forKey: .repeats) ?? repeats
    stoppingShare = try values.decodeIfPresent(Double.self, forKey: .stoppingShare) ?? stoppingShare
    maximumRounds = try values.decodeIfPresent(Int.self, forKey: .maximumRounds) ?? maximumRounds
    earlyStoppingRounds =
      try values.decodeIfPresent(Int.self, forKey: .earlyStoppingRounds) ?? earlyStoppingRounds
    maxDepth = try values.decodeIfPresent(Int.self, forKey: .maxDepth) ?? maxDepth
    learningRate = try values.decodeIfPresent(Double.self, forKey: .learningRate) ?? learningRate
    subsample = try values.decodeIfPresent(Double.self, forKey: .subsample) ?? subsample
    colsampleBytree = try values.decodeIfPresent(Double.self, forKey: .colsampleBytree) ?? colsampleBytree
    minChildWeight = try values.decodeIfPresent(Double.self, forKey: .minChildWeight) ?? minChildWeight
    regLambda = try values.decodeIfPresent(Double.self, forKey: .regLambda) ?? regLambda
    regAlpha = try values.decodeIfPresent(Double.self, forKey: .regAlpha) ?? regAlpha
    gamma = try values.decodeIfPresent(Double.self, forKey: .gamma) ?? gamma
    maxBin = try values.decodeIfPresent(Int.self, forKey: .maxBin) ?? maxBin
  }

  /// The number of equal parts of which early stopping watches one.
  var stoppingParts: Int { max(2, Int((1 / stoppingShare).rounded())) }

  /// Finds the values that no training can have.
  ///
  /// - Returns: The problems in the order of the parameters, with their places in the pipeline file.
  public func validate() -> [PipelineProblem] {
    let checks: [(name: String, value: Double, range: ClosedRange<Double>)] = [
      ("folds", Double(folds), 2...50),
      ("repeats", Double(repeats), 1...100),
      ("stopping_share", stoppingShare, 0.05...0.5),
      ("maximum_rounds", Double(maximumRounds), 1...20_000),
      ("early_stopping_rounds", Double(earlyStoppingRounds), 1...20_000),
      ("max_depth", Double(maxDepth), 1...12),
      ("learning_rate", learningRate, 0.001...1),
      ("subsample", subsample, 0.05...1),
      ("colsample_bytree", colsampleBytree, 0.01...1),
      ("min_child_weight", minChildWeight, 0...1e6),
      ("reg_lambda", regLambda, 0...1e6),
      ("reg_alpha", regAlpha, 0...1e6),
      ("gamma", gamma, 0...1e6),
      ("max_bin", Double(maxBin), 2...65_535),
    ]
    return checks.filter { !$0.range.contains($0.value) }.map { check in
      PipelineProblem(
        path: ["training", check.name],
        message: "\(check.value) is out of bounds; give a value from \(check.range.lowerBound) to "
          + "\(check.range.upperBound)"
      )
    }
  }
}
