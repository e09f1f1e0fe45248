import FeaturePipeline
import XGBoost

/// Trains on all folds but one and predicts that one, as the final model is trained on everything.
///
/// Nothing that is learnt, neither the pipeline's medians and rates nor the number of rounds, comes from the
/// fold that is predicted, nor does the selection of features: early stopping watches a part of the training rows, and the model that predicts
/// is then trained anew on all of them.
struct FoldTraining: Sendable {
  /// What a fold's training gave.
  struct Outcome: Sendable {
    /// The margin of each row of the fold, in the rows' order.
    let margins: [Float]
    /// The best number of rounds per training row.
    let roundsPerRow: Double
    /// The number of rounds of the model that predicted.
    let rounds: Int
    /// What the selection on the training rows left out.
    let omitted: [OmittedFeature]
  }

  /// The pipeline to fit.
  let declaration: PipelineDeclaration
  /// What is left out of the model.
  let selection: SelectionDeclaration
  /// How to train.
  let parameters: TrainingParameters
  /// The labelled rows.
  let table: ApplicationTable
  /// Whether each row defaulted.
  let targets: [Bool]

  /// Trains and predicts.
  ///
  /// - Parameters:
  ///   - fold: The fold to predict.
  ///   - folds: The division of the rows.
  ///   - seed: The seed of everything random in it.
  /// - Returns: The margins and the rounds.
  /// - Throws: `XGBoostError`, `PipelineError` or ``TrainingError``.
  func run(_ fold: Int, of folds: StratifiedFolds, seed: UInt64) throws -> Outcome {
    let rows = folds.rows(outside: fold)
    let stopping = try StratifiedFolds(
      targets: rows.map { targets[$0] },
      count: parameters.stoppingParts,
      seed: seed
    )
    let fitted = stopping.rows(outside: 0).map { rows[$0] }
    let watched = stopping.rows(in: 0).map { rows[$0] }
    let trees = BoostedTrees(parameters: parameters, seed: seed)
    let omitted = try FeatureSelection(self).omitted(rows: rows, seed: seed)
    let (pipeline, training) = try fit(fitted, seed: seed, omitting: omitted)
    let best = try trees.bestRoundCount(
      training: training,
      watched: try labelled(watched, by: pipeline)
    )
    let roundsPerRow = Double(best) / Double(fitted.count)
    let rounds = max(1, Int((roundsPerRow * Double(rows.count)).rounded()))
    let (widerPipeline, widerTraining) = try fit(rows, seed: seed, omitting: omitted)
    let booster = try trees.train(widerTraining, rounds: rounds)
    let held = try labelled(folds.rows(in: fold), by: widerPipeline).makeTrainingMatrix()
    return Outcome(
      margins: try booster.margins(of: held),
      roundsPerRow: roundsPerRow,
      rounds: rounds,
      omitted: omitted
    )
  }

  /// Fits the pipeline to rows, with the matrix to train on.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - seed: The seed of the target encodings' folds.
  ///   - rules: Conditions whose categories the pipeline must know.
  ///   - omitted: What becomes no feature.
  /// - Returns: The pipeline, and the rows as it makes training rows of them: target encodings out of fold.
  /// - Throws: `PipelineError`.
  func fit(
    _ rows: [Int],
    seed: UInt64,
    rules: [Expression] = [],
    omitting omitted: [OmittedFeature]
  ) throws -> (pipeline: FittedPipeline, matrix: LabelledMatrix) {
    let (pipeline, features) = try FittedPipeline.fitTransform(
      declaration,
      table: table.subset(rows: rows),
      seed: seed,
      rules: rules,
      omitting: omitted
    )
    let matrix = LabelledMatrix(
      features: features,
      targets: rows.map { targets[$0] },
      directions: pipeline.features.map { declaration.monotonicity(of: $0) }
    )
    return (pipeline, matrix)
  }

  /// Rows as a fitted pipeline makes features of them.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - pipeline: The pipeline.
  /// - Returns: The rows with their outcomes.
  /// - Throws: `PipelineError`.
  func labelled(_ rows: [Int], by pipeline: FittedPipeline) throws -> LabelledMatrix {
    LabelledMatrix(
      features: try pipeline.transform(table.subset(rows: rows)),
      targets: rows.map { targets[$0] }
    )
  }
}
