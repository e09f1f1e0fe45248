import CreditScoring

/// A candidate with everything that is known about it out of fold.
struct RankedCandidate: Sendable {
  /// The candidate.
  let candidate: Candidate
  /// What it predicted.
  let evaluation: CandidateEvaluation
  /// The same with the folds.
  let margins: OutOfFoldMargins
  /// Calibration and threshold.
  let selection: DecisionSelection
  /// Its figures.
  let figures: CandidateFigures
}

/// Orders candidates by what they are worth out of fold.
///
/// First every candidate is evaluated on the rows as they are; then the best of each kind on resampled rows. Trying
/// every candidate with every resampling would take several times as long to answer the same two questions.
struct CandidateRanking: Sendable {
  private let search: CandidateSearch
  private let rows: ExperimentRows
  private let experiment: ExperimentDeclaration
  private let cost: ExpectedCost

  /// Prepares a ranking.
  ///
  /// - Parameters:
  ///   - search: Evaluates candidates.
  ///   - rows: The rows.
  ///   - experiment: What is tried, and by what it is chosen.
  ///   - costs: What errors cost.
  init(
    _ search: CandidateSearch,
    rows: ExperimentRows,
    _ experiment: ExperimentDeclaration,
    costs: Policy.Costs
  ) {
    (self.search, self.rows, self.experiment) = (search, rows, experiment)
    cost = ExpectedCost(costs)
  }

  /// Evaluates and orders.
  ///
  /// - Parameters:
  ///   - candidates: The candidates, without resampling.
  ///   - onCandidate: Called after each evaluation.
  /// - Returns: These and the resampled ones, best first; of equals the earlier one.
  /// - Throws: The error of the first candidate that failed.
  func rank(
    _ candidates: [Candidate],
    onCandidate: @Sendable (Candidate, Double) -> Void
  ) throws -> [RankedCandidate] {
    let plain = try measured(candidates, onCandidate)
    var resampled: [Candidate] = []
    for kind in ModelKind.allCases where !kind.isDummy {
      guard let best = ordered(plain).first(where: { $0.candidate.kind == kind }) else { continue }
      for resampling in experiment.resamplings where resampling != .none {
        resampled.append(Candidate(kind, best.candidate.settings, resampling: resampling))
      }
    }
    return ordered(plain + (try measured(resampled, onCandidate)))
  }

  private func measured(
    _ candidates: [Candidate],
    _ onCandidate: @Sendable (Candidate, Double) -> Void
  ) throws -> [RankedCandidate] {
    let evaluations = try search.evaluate(candidates, onCandidate: onCandidate)
    let pairs = zip(candidates, evaluations).map { (candidate: $0, evaluation: $1) }
    return try concurrentMap(pairs, width: search.width) { candidate, evaluation in
      let margins = rows.margins(evaluation)
      let selection = DecisionSelection(on: margins, cost: cost)
      return RankedCandidate(
        candidate: candidate,
        evaluation: evaluation,
        margins: margins,
        selection: selection,
        figures: CandidateFigures(candidate, evaluation, margins: margins, selection: selection, cost: cost)
      )
    }
  }

  /// Best first; sorting by place as well keeps equals in their order.
  private func ordered(_ candidates: [RankedCandidate]) -> [RankedCandidate] {
    candidates.enumerated().sorted { (loss($0.element), $0.offset) < (loss($1.element), $1.offset) }
      .map(\.element)
  }

  private func loss(_ candidate: RankedCandidate) -> Double {
    switch experiment.criterion {
    case .auc: -candidate.figures.area.value
    case .logLoss: candidate.figures.logLoss
    case .cost: candidate.figures.costPerApplication
    }
  }
}
