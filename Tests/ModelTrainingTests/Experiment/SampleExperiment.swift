import FeaturePipeline
import ModelTraining

/// A small experiment on made-up loans: every kind of model, every resampling.
enum SampleExperiment {
  /// The declaration, small enough for a test.
  static func declaration(seed: UInt64 = 1) -> ExperimentDeclaration {
    var experiment = ExperimentDeclaration()
    experiment.name = "sample"
    experiment.seed = seed
    experiment.folds = 3
    experiment.holdout = 0.25
    experiment.resamplings = Resampling.allCases
    experiment.bootstrapDraws = 60
    experiment.explainedRows = 60
    var boosting = SearchSpace()
    boosting.fixed = [
      "maximum_rounds": 40, "early_stopping_rounds": 8, "max_depth": 3, "min_child_weight": 2,
    ]
    boosting.drawCount = 2
    boosting.space = ["learning_rate": .between(0.1, 0.3, isLogarithmic: true, isWhole: false)]
    var forest = SearchSpace()
    forest.fixed = ["trees": 20, "max_depth": 5]
    experiment.models = [
      (.dummyPrior, SearchSpace()), (.dummyStratified, SearchSpace()), (.logisticRegression, SearchSpace()),
      (.randomForest, forest), (.boosting, boosting),
    ]
    experiment.groups = [.init(field: "owner", edges: []), .init(field: "income", edges: [2_000, 4_000])]
    return experiment
  }

  /// Runs it.
  static func run(
    _ table: ApplicationTable,
    _ experiment: ExperimentDeclaration = declaration(),
    options: ExperimentOptions = ExperimentOptions(),
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> ExperimentOutcome {
    try ExperimentRun(
      experiment,
      declaration: SyntheticLoans.declaration(),
      table: table,
      options: options
    ).run(progress: progress)
  }
}
