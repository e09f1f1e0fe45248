import FeaturePipeline

/// The parameters that each kind of model has, by their names in an experiment file.
enum CandidateParameters {
  /// The names that a kind knows.
  ///
  /// - Parameter kind: The kind of model.
  /// - Returns: The names in alphabetical order.
  static func names(of kind: ModelKind) -> [String] {
    switch kind {
    case .dummyPrior, .dummyStratified: []
    case .logisticRegression: ["c"]
    case .randomForest: forest.keys.sorted()
    case .boosting: boosting.keys.sorted()
    }
  }

  /// C of a logistic regression; 0.01 suits some ten thousand rows of a hundred columns.
  static func inverseRegularization(_ settings: [Candidate.Setting]) -> Double {
    settings.first { $0.name == "c" }?.value ?? 0.01
  }

  /// A random forest with settings in place of its defaults.
  static func randomForest(_ settings: [Candidate.Setting]) -> RandomForest {
    settings.reduce(into: RandomForest()) { result, setting in forest[setting.name]?(&result, setting.value) }
  }

  /// The parameters of boosting with settings in place of the pipeline's.
  static func boosting(_ settings: [Candidate.Setting], over base: TrainingParameters) -> TrainingParameters {
    settings.reduce(into: base) { result, setting in boosting[setting.name]?(&result, setting.value) }
  }

  /// What is wrong with a candidate's values.
  ///
  /// - Parameter candidate: The candidate.
  /// - Returns: The first problem, or nil.
  static func problem(of candidate: Candidate) -> String? {
    for setting in candidate.settings where !names(of: candidate.kind).contains(setting.name) {
      let known = names(of: candidate.kind).joined(separator: ", ")
      return "\(setting.name) is no parameter of \(candidate.kind.rawValue); "
        + (known.isEmpty ? "it has none" : "use one of \(known)")
    }
    for setting in candidate.settings where wholeNames.contains(setting.name) {
      guard Int(exactly: setting.value) == nil else { continue }
      return "\(setting.name) is \(setting.value); give a whole number"
    }
    switch candidate.kind {
    case .dummyPrior, .dummyStratified: return nil
    case .logisticRegression:
      let c = inverseRegularization(candidate.settings)
      return (1e-9...1e9).contains(c) ? nil : "c is \(c); give a value from 1e-09 to 1e+09"
    case .randomForest: return problem(of: randomForest(candidate.settings))
    case .boosting:
      return boosting(candidate.settings, over: TrainingParameters()).validate().first.map {
        "\($0.path.last ?? "") is \($0.message)"
      }
    }
  }

  private static func problem(of forest: RandomForest) -> String? {
    let checks: [(name: String, value: Double, range: ClosedRange<Double>)] = [
      ("trees", Double(forest.trees), 1...5_000), ("max_depth", Double(forest.maxDepth), 1...16),
      ("subsample", forest.subsample, 0.05...1), ("colsample_bynode", forest.colsampleBynode, 0.01...1),
      ("min_child_weight", forest.minChildWeight, 0...1e6), ("reg_lambda", forest.regLambda, 0...1e6),
    ]
    return checks.first { !$0.range.contains($0.value) }.map {
      "\($0.name) is \($0.value); give a value from \($0.range.lowerBound) to \($0.range.upperBound)"
    }
  }

  private static let wholeNames: Set<String> = [
    "trees", "max_depth", "max_bin", "maximum_rounds", "early_stopping_rounds",
  ]

  private static let forest: [String: @Sendable (inout RandomForest, Double) -> Void] = [
    "trees": { $0.trees = Int($1) },
    "max_depth": { $0.maxDepth = Int($1) },
    "subsample": { $0.subsample = $1 },
    "colsample_bynode": { $0.colsampleBynode = $1 },
    "min_child_weight": { $0.minChildWeight = $1 },
    "reg_lambda": { $0.regLambda = $1 },
  ]

  private static let boosting: [String: @Sendable (inout TrainingParameters, Double) -> Void] = [
    "maximum_rounds": { $0.maximumRounds = Int($1) },
    "early_stopping_rounds": { $0.earlyStoppingRounds = Int($1) },
    "max_depth": { $0.maxDepth = Int($1) },
    "learning_rate": { $0.learningRate = $1 },
    "subsample": { $0.subsample = $1 },
    "colsample_bytree": { $0.colsampleBytree = $1 },
    "min_child_weight": { $0.minChildWeight = $1 },
    "reg_lambda": { $0.regLambda = $1 },
    "reg_alpha": { $0.regAlpha = $1 },
    "gamma": { $0.gamma = $1 },
    "max_bin": { $0.maxBin = Int($1) },
  ]
}
