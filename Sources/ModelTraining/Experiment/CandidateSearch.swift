import FeaturePipeline
import Reports
import Synchronization

/// Evaluates candidates on all cores, and writes each into the journal.
struct CandidateSearch: Sendable {
  /// The folds of all repeats.
  let folds: [FoldRows]
  /// The number of development rows.
  let rowCount: Int
  /// What all candidates have in common.
  let options: CandidateOptions
  /// The candidates evaluated at one time; does not change the results.
  let width: Int
  /// Where evaluations are kept; nil for nowhere.
  let journal: ExperimentJournal?

  /// Evaluates candidates that the journal does not hold.
  ///
  /// - Parameters:
  ///   - candidates: The candidates.
  ///   - onCandidate: Called after each, from several threads but one at a time, with the effort done.
  /// - Returns: One evaluation per candidate, in their order.
  /// - Throws: The error of the first candidate that failed.
  func evaluate(
    _ candidates: [Candidate],
    onCandidate: @Sendable (Candidate, Double) -> Void
  ) throws -> [CandidateEvaluation] {
    // The longest are begun first, so that all cores end at about the same time.
    let order = candidates.indices.sorted {
      (Self.effort(candidates[$1]), $0) < (Self.effort(candidates[$0]), $1)
    }
    let done = Mutex(())
    let evaluated = try concurrentMap(
      order,
      width: width,
      worker: { FoldWorker(folds, rowCount: rowCount, options: options) }
    ) { worker, index in
      let candidate = candidates[index]
      if let known = journal?.evaluations[candidate.key] {
        done.withLock { _ in onCandidate(candidate, Self.effort(candidate)) }
        return known
      }
      let evaluation = try worker.evaluate(candidate)
      try journal?.append(evaluation)
      done.withLock { _ in onCandidate(candidate, Self.effort(candidate)) }
      return evaluation
    }
    var result = [CandidateEvaluation?](repeating: nil, count: candidates.count)
    for (index, evaluation) in zip(order, evaluated) { result[index] = evaluation }
    return result.compactMap { $0 }
  }

  /// About how long a candidate takes, in no unit: what the progress bar counts.
  static func effort(_ candidate: Candidate) -> Double {
    switch candidate.kind {
    case .dummyPrior, .dummyStratified: 0.01
    case .logisticRegression: candidate.resampling == .underSampling ? 0.5 : 2
    case .randomForest: candidate.resampling == .underSampling ? 1 : 4
    case .boosting:
      // Half the learning rate takes twice the rounds.
      0.2 / max(0.01, candidate.settings.first { $0.name == "learning_rate" }?.value ?? 0.05)
    }
  }
}
