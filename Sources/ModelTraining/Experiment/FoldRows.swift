import FeaturePipeline

/// One fold's rows as features, made once and shared by all candidates.
///
/// The pipeline is fitted to the training rows alone, as is the selection of features.
struct FoldRows: Sendable {
  /// The repeat of the division, from 0.
  let number: Int
  /// The rows that are predicted, by their place among the development rows.
  let heldPlaces: [Int]
  /// The rows to learn from.
  let training: LabelledMatrix
  /// The rows that are predicted.
  let held: LabelledMatrix
  /// The field of each feature.
  let groups: [String]
  /// The seed of whatever a model draws in this fold.
  let seed: UInt64

  /// Fits the pipeline to the training rows.
  ///
  /// - Parameters:
  ///   - training: What is trained, with all labelled rows.
  ///   - rows: The rows to learn from.
  ///   - held: The rows to predict.
  ///   - heldPlaces: Their places among the development rows.
  ///   - number: The repeat.
  ///   - seed: The seed of the fold.
  /// - Throws: `PipelineError`, `XGBoostError` or ``TrainingError``.
  init(_ training: FoldTraining, rows: [Int], held: [Int], heldPlaces: [Int], number: Int, seed: UInt64)
    throws
  {
    let omitted = try FeatureSelection(training).omitted(rows: rows, seed: seed)
    let (pipeline, matrix) = try training.fit(rows, seed: seed, omitting: omitted)
    self.training = matrix
    self.held = try training.labelled(held, by: pipeline)
    self.heldPlaces = heldPlaces
    self.number = number
    self.seed = seed
    groups = pipeline.features.map(\.group)
  }
}
