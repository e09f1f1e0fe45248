/// The settings of a booster, under the names that the field uses.
///
/// With the same parameters, data and ``threadCount``, training gives the same model byte for byte.
public struct BoosterParameters: Sendable, Equatable {
  /// What is minimised, and what the margin means.
  public enum Objective: String, Sendable, CaseIterable {
    /// Log loss on 0/1 labels; predictions are probabilities, margins are log-odds.
    case binaryLogistic = "binary:logistic"
    /// Log loss on 0/1 labels; predictions are margins.
    case binaryLogitRaw = "binary:logitraw"
    /// Log loss on labels in 0...1; predictions are probabilities.
    case regressionLogistic = "reg:logistic"
    /// Squared error; predictions and margins are the same.
    case regressionSquaredError = "reg:squarederror"
  }

  /// How splits are searched.
  public enum TreeMethod: String, Sendable, CaseIterable {
    /// All thresholds of all rows.
    case exact
    /// Thresholds from quantile sketches, renewed in each round.
    case approx
    /// Thresholds from histograms made once; the fastest.
    case hist
  }

  /// Which leaf is split next.
  public enum GrowPolicy: String, Sendable, CaseIterable {
    /// Level by level.
    case depthwise
    /// Where the loss falls most.
    case lossguide
  }

  /// How a prediction may depend on one feature, all others being equal.
  public enum MonotoneConstraint: Int, Sendable, CaseIterable {
    /// It never rises with the feature.
    case decreasing = -1
    /// It may go any way.
    case free = 0
    /// It never falls with the feature.
    case increasing = 1
  }

  /// What is minimised.
  public var objective: Objective = .binaryLogistic
  /// How splits are searched.
  public var treeMethod: TreeMethod = .hist
  /// Which leaf is split next.
  public var growPolicy: GrowPolicy = .depthwise
  /// The longest path from root to leaf; 0 means no limit, which ``GrowPolicy/lossguide`` allows.
  public var maximumDepth = 6
  /// The most leaves of a tree; 0 means no limit.
  public var maximumLeaves = 0
  /// The most bins of a feature, for ``TreeMethod/hist`` and ``TreeMethod/approx``.
  public var maximumBins = 256
  /// The shrinkage of each tree, in 0...1.
  public var learningRate = 0.3
  /// The least gain for which a leaf is split (gamma).
  public var minimumSplitLoss = 0.0
  /// The least sum of hessians in a leaf.
  public var minimumChildWeight = 1.0
  /// The bound of a leaf's step; 0 means none.
  public var maximumDeltaStep = 0.0
  /// The share of rows seen by each tree, in 0...1.
  public var rowSubsample = 1.0
  /// The share of features seen by each tree, in 0...1.
  public var columnSubsampleByTree = 1.0
  /// The share of features seen by each level, in 0...1.
  public var columnSubsampleByLevel = 1.0
  /// The share of features seen by each split, in 0...1.
  public var columnSubsampleByNode = 1.0
  /// The L1 penalty on leaf values (alpha).
  public var l1Regularization = 0.0
  /// The L2 penalty on leaf values (lambda).
  public var l2Regularization = 1.0
  /// The weight of positive labels relative to negative ones.
  public var positiveWeight = 1.0
  /// The trees grown side by side in each round; above 1 makes a (boosted) random forest.
  public var parallelTreeCount = 1
  /// The prediction before any tree, on the scale of the objective; `nil` leaves it to the library.
  public var baseScore: Double?
  /// How the prediction may depend on each feature, in the order of the columns; empty means freely.
  public var monotoneConstraints: [MonotoneConstraint] = []
  /// The metrics of ``Booster/evaluate(round:on:)``, for example "auc" and "logloss".
  public var evaluationMetrics: [String] = []
  /// The seed of all sampling.
  public var seed: UInt64 = 0
  /// The threads that train and predict; different counts may sum in different orders.
  public var threadCount = 1
  /// What the library writes to standard error: 0 nothing, 1 warnings, 2 information, 3 everything.
  public var verbosity = 1
  /// Further parameters by libxgboost's names; they are set last and so win.
  public var additional: [Setting] = []

  /// One parameter by libxgboost's name.
  public struct Setting: Sendable, Equatable {
    /// The name, for example "scale_pos_weight".
    public let name: String
    /// The value as text.
    public let value: String

    /// Creates a setting.
    ///
    /// - Parameters:
    ///   - name: libxgboost's name of the parameter.
    ///   - value: The value as text.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates the library's defaults, with one thread and histograms.
  public init() {}

  /// All parameters under libxgboost's names, always in the same order.
  public var settings: [Setting] {
    var settings = [
      Setting(name: "booster", value: "gbtree"),
      Setting(name: "verbosity", value: "\(verbosity)"),
      Setting(name: "nthread", value: "\(threadCount)"),
      // The library reads a signed 64-bit seed but keeps 32 bits of it in places: stay below 2^31.
      Setting(name: "seed", value: "\(seed % (1 << 31))"),
      Setting(name: "objective", value: objective.rawValue),
      Setting(name: "tree_method", value: treeMethod.rawValue),
      Setting(name: "max_depth", value: "\(maximumDepth)"),
      Setting(name: "eta", value: "\(learningRate)"),
      Setting(name: "gamma", value: "\(minimumSplitLoss)"),
      Setting(name: "min_child_weight", value: "\(minimumChildWeight)"),
      Setting(name: "max_delta_step", value: "\(maximumDeltaStep)"),
      Setting(name: "subsample", value: "\(rowSubsample)"),
      Setting(name: "colsample_bytree", value: "\(columnSubsampleByTree)"),
      Setting(name: "colsample_bylevel", value: "\(columnSubsampleByLevel)"),
      Setting(name: "colsample_bynode", value: "\(columnSubsampleByNode)"),
      Setting(name: "alpha", value: "\(l1Regularization)"),
      Setting(name: "lambda", value: "\(l2Regularization)"),
      Setting(name: "scale_pos_weight", value: "\(positiveWeight)"),
      Setting(name: "num_parallel_tree", value: "\(parallelTreeCount)"),
    ]
    // Parameters that the exact method does not have would make the library warn on every run.
    if treeMethod != .exact {
      settings.append(Setting(name: "max_bin", value: "\(maximumBins)"))
    }
    if treeMethod == .hist {
      settings.append(Setting(name: "max_leaves", value: "\(maximumLeaves)"))
      settings.append(Setting(name: "grow_policy", value: growPolicy.rawValue))
    }
    if let baseScore { settings.append(Setting(name: "base_score", value: "\(baseScore)")) }
    if monotoneConstraints.contains(where: { $0 != .free }) {
      let directions = monotoneConstraints.map { "\($0.rawValue)" }.joined(separator: ",")
      settings.append(Setting(name: "monotone_constraints", value: "(\(directions))"))
    }
    settings += evaluationMetrics.map { Setting(name: "eval_metric", value: $0) }
    return settings + additional
  }
}
