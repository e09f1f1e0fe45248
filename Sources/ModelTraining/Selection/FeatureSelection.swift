import FeaturePipeline

/// Decides on training rows alone which fields, aggregates and derived features a model does without.
///
/// It is made anew for the training rows of each fold, so that no row that is predicted has a say in it.
struct FeatureSelection: Sendable {
  private let training: FoldTraining

  /// Prepares a selection.
  ///
  /// - Parameter training: What is trained, with the rules of the selection.
  init(_ training: FoldTraining) {
    self.training = training
  }

  /// Finds what to leave out.
  ///
  /// The rules follow each other: missing share, near-zero variance, correlation, importance; a later rule looks
  /// only at what the earlier ones kept.
  ///
  /// - Parameters:
  ///   - rows: The training rows.
  ///   - seed: The seed of the run's randomness on these rows.
  /// - Returns: What to leave out, in the order of the rules and then of the pipeline.
  /// - Throws: ``TrainingError`` `nothingSelected` when nothing would be left; `PipelineError` or `XGBoostError`.
  func omitted(rows: [Int], seed: UInt64) throws -> [OmittedFeature] {
    let rules = training.selection
    guard !rules.isEmpty else { return [] }
    let candidates = try CandidateFeature.all(
      of: training.declaration,
      in: training.table.subset(rows: rows)
    )
    let filter = FeatureFilter(rules: rules, targets: rows.map { training.targets[$0] })
    var omitted = filter.omitted(candidates)
    try check(omitted, among: candidates)
    if let importance = rules.importance {
      let measure = PermutationImportance(training: training, options: importance)
      omitted += try measure.omitted(rows: rows, seed: seed, besides: omitted)
      try check(omitted, among: candidates)
    }
    return omitted
  }

  private func check(_ omitted: [OmittedFeature], among candidates: [CandidateFeature]) throws(TrainingError)
  {
    guard omitted.count < candidates.count else {
      throw TrainingError(
        .nothingSelected,
        "the selection leaves out all \(candidates.count) fields, aggregates and derived features, the last since "
          + "\(omitted.last?.reason ?? ""); relax the rules under selection"
      )
    }
  }
}
