/// What one candidate predicted out of fold.
struct CandidateEvaluation: Sendable, Equatable {
  /// The candidate's ``Candidate/key``.
  let key: String
  /// The rounds of boosting with the least log loss over all folds; 1 for other kinds.
  let rounds: Int
  /// The margin of each development row, for each repeat.
  let margins: [[Float]]
  /// The seconds that training took, all folds together.
  let trainingSeconds: Double
  /// The seconds that predicting took, all folds together.
  let scoringSeconds: Double
}
