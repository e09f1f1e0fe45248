import CreditScoring
public import FeaturePipeline
import Synchronization

/// A whole experiment: search on folds, measure on held-out rows, refit the best trees on everything.
///
/// Candidates, resampling, calibration and threshold are all chosen on folds of the development rows; the held-out
/// rows are predicted once, after everything is chosen. The run is a function of its inputs: the same give the same
/// model, byte for byte, on any number of cores, interrupted or not.
public struct ExperimentRun: Sendable {
  /// What is tried.
  public let experiment: ExperimentDeclaration
  /// The pipeline and the policy.
  public let declaration: TrainingDeclaration
  /// The rows to learn from, read with the declaration's schema.
  public let table: ApplicationTable
  /// The rest.
  public let options: ExperimentOptions

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - experiment: What is tried.
  ///   - declaration: The pipeline and the policy.
  ///   - table: The rows to learn from, read with the declaration's schema.
  ///   - options: The rest.
  public init(
    _ experiment: ExperimentDeclaration,
    declaration: TrainingDeclaration,
    table: ApplicationTable,
    options: ExperimentOptions = ExperimentOptions()
  ) {
    (self.experiment, self.declaration, self.table, self.options) = (experiment, declaration, table, options)
  }

  /// Runs.
  ///
  /// - Parameter progress: Called after each step, from several threads but one at a time.
  /// - Returns: The model and the report.
  /// - Throws: ``TrainingError``, `PipelineError`, `XGBoostError` or `ScoringModelError`; nothing but the journal
  ///   was written then.
  public func run(progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }) throws
    -> ExperimentOutcome
  {
    let problems = experiment.validate(with: declaration.pipeline) + declaration.validate()
    if let problem = problems.first { throw TrainingError(.invalidDeclaration, "\(problem)") }
    let candidates = try experiment.candidates()
    let rows = try ExperimentRows(table, declaration, experiment, shufflesTargets: options.shufflesTargets)
    let resampled =
      Set(candidates.map(\.kind)).filter { !$0.isDummy }.count * (experiment.resamplings.count - 1)
    let effort =
      candidates.reduce(0) { $0 + CandidateSearch.effort($1) } + Double(resampled) * 3 + 12
    let done = Mutex(0.0)
    let report = { @Sendable (added: Double, text: String) in
      let fraction = done.withLock { sum in
        sum += added
        return min(1, sum / effort)
      }
      progress(TrainingProgress(fraction: fraction, text: text))
    }
    report(0, "\(rows.development.count) rows in \(experiment.folds) folds, \(rows.heldOut.count) held out")
    let search = CandidateSearch(
      folds: try rows.folds(seed: experiment.seed, width: options.width),
      rowCount: rows.development.count,
      options: CandidateOptions(resampling: experiment.resampling, parameters: rows.training.parameters),
      width: options.width,
      journal: try options.journalPath.map { path throws(TrainingError) in
        try ExperimentJournal(path, rowCount: rows.development.count)
      }
    )
    report(2, "features of \(experiment.folds * experiment.repeats) folds")
    let ranking = CandidateRanking(search, rows: rows, experiment, costs: declaration.policy.costs)
    let ranked = try ranking.rank(candidates) { candidate, effort in report(effort, candidate.key) }
    let finish = ExperimentFinish(run: self, rows: rows, ranked: ranked, options: search.options)
    let outcome = try finish.outcome { report($0, $1) }
    // Efforts were estimates; the end is none.
    progress(TrainingProgress(fraction: 1, text: "\(ranked.count) candidates"))
    return outcome
  }
}
