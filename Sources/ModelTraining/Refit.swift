import FeaturePipeline
import XGBoost

/// The pipeline and the trees fitted to all rows.
struct Refit: Sendable {
  /// The fitted pipeline.
  let pipeline: FittedPipeline
  /// The trees in XGBoost's JSON.
  let modelJSON: [UInt8]
  /// The number of rounds.
  let rounds: Int
  /// The features whose direction was constrained, in their order.
  let directions: [TrainingReport.Direction]
  /// How much each feature is used, most used first.
  let importances: [TrainingReport.Importance]

  /// Fits the pipeline and trains.
  ///
  /// - Parameters:
  ///   - training: What to train, with all rows.
  ///   - rounds: The number of rounds.
  ///   - seed: The seed of the sampling.
  ///   - rules: The conditions of the policy, whose categories the pipeline must know.
  /// - Throws: `PipelineError` or `XGBoostError`.
  init(_ training: FoldTraining, rounds: Int, seed: UInt64, rules: [Expression]) throws {
    let rows = Array(training.targets.indices)
    let omitted = try FeatureSelection(training).omitted(rows: rows, seed: seed)
    let (pipeline, matrix) = try training.fit(rows, seed: seed, rules: rules, omitting: omitted)
    directions = zip(matrix.features.names, matrix.directions).compactMap { name, direction in
      direction.map { TrainingReport.Direction(feature: name, direction: $0) }
    }
    let booster = try BoostedTrees(parameters: training.parameters, seed: seed).train(matrix, rounds: rounds)
    let gains = try booster.importances(.totalGain)
    let sum = gains.reduce(0) { $0 + Double($1.value) }
    self.pipeline = pipeline
    self.rounds = rounds
    modelJSON = try booster.encoded(as: .json)
    importances =
      gains
      .map { TrainingReport.Importance(feature: $0.feature, share: Double($0.value) / sum) }
      .sorted { ($1.share, $0.feature) < ($0.share, $1.feature) }
  }
}
