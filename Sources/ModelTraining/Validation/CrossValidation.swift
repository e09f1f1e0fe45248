import FeaturePipeline
import Reports
import Synchronization

/// Predicts every row by models that did not see it, several times with other folds.
struct CrossValidation: Sendable {
  /// What the validation gave.
  struct Outcome: Sendable {
    /// The predictions.
    let margins: OutOfFoldMargins
    /// The number of rounds of each fold's model, repeat by repeat.
    let rounds: [Int]
    /// The best number of rounds per training row, on average over the folds.
    let roundsPerRow: Double
    /// The area under the curve of each fold, repeat by repeat.
    let areaUnderROC: MetricSummary
    /// In how many folds the selection left out each field or derived feature.
    let omissionCounts: [String: Int]
  }

  /// How one fold is trained.
  let training: FoldTraining
  /// The seed of the run.
  let seed: UInt64
  /// The largest number of folds trained at one time; does not change the results.
  let width: Int

  /// The number of folds in all repeats together.
  var foldCount: Int { training.parameters.folds * training.parameters.repeats }

  /// Trains all folds of all repeats.
  ///
  /// - Parameter onFold: Called after each fold, from several threads but one at a time, with the number of
  ///   folds done and a line on the last one.
  /// - Returns: The predictions and the figures of the folds.
  /// - Throws: The error of the first fold that failed.
  func run(onFold: @Sendable (Int, String) -> Void) throws -> Outcome {
    let parameters = training.parameters
    let divisions = try (0..<parameters.repeats).map { number in
      try StratifiedFolds(
        targets: training.targets,
        count: parameters.folds,
        seed: seed,
        purpose: UInt64(number)
      )
    }
    let jobs = divisions.indices.flatMap { number in
      (0..<parameters.folds).map { (number: number, fold: $0) }
    }
    let done = Mutex(0)
    let outcomes = try concurrentMap(jobs, width: width) { job in
      let folds = divisions[job.number]
      var generator = SeededGenerator(seed: seed, purpose: [UInt64(job.number), UInt64(job.fold), 1])
      let outcome = try training.run(job.fold, of: folds, seed: generator.next())
      let area = areaUnderROC(outcome, fold: job.fold, of: folds)
      done.withLock { count in
        count += 1
        onFold(
          count,
          "repeat \(job.number + 1) of \(divisions.count), fold \(job.fold + 1) of \(folds.count): "
            + "AUC \(NumberText.fixed(area, digits: 3)), \(outcome.rounds) rounds"
        )
      }
      return (job: job, outcome: outcome, area: area)
    }
    let repeats = divisions.enumerated().map { number, folds in
      var margins = [Float](repeating: .nan, count: training.targets.count)
      for (job, outcome, _) in outcomes where job.number == number {
        for (row, margin) in zip(folds.rows(in: job.fold), outcome.margins) { margins[row] = margin }
      }
      return OutOfFoldMargins.Repeat(folds: folds, margins: margins)
    }
    return Outcome(
      margins: OutOfFoldMargins(targets: training.targets, repeats: repeats),
      rounds: outcomes.map(\.outcome.rounds),
      roundsPerRow: MetricSummary(outcomes.map(\.outcome.roundsPerRow)).mean,
      areaUnderROC: MetricSummary(outcomes.map(\.area)),
      omissionCounts: outcomes.flatMap(\.outcome.omitted).reduce(into: [:]) { $0[$1.name, default: 0] += 1 }
    )
  }

  private func areaUnderROC(_ outcome: FoldTraining.Outcome, fold: Int, of folds: StratifiedFolds) -> Double {
    AreaUnderROC.value(
      scores: outcome.margins,
      targets: folds.rows(in: fold).map { training.targets[$0] }
    )
  }
}
