import FeaturePipeline
import XGBoost

/// Trains candidates on the folds, one after the other on one thread.
///
/// The matrices in libxgboost's memory, and with them the bins of every feature, are made once and serve all
/// candidates that learn from the same rows.
final class FoldWorker {
  private let folds: [FoldRows]
  private let rowCount: Int
  private let options: CandidateOptions
  private var matrices: [Int: (training: TrainingMatrix, held: TrainingMatrix)] = [:]

  /// Prepares a worker.
  ///
  /// - Parameters:
  ///   - folds: The folds of all repeats.
  ///   - rowCount: The number of development rows.
  ///   - options: What all candidates have in common.
  init(_ folds: [FoldRows], rowCount: Int, options: CandidateOptions) {
    (self.folds, self.rowCount, self.options) = (folds, rowCount, options)
  }

  /// Predicts every development row by models that did not see it.
  ///
  /// - Parameter candidate: What to train.
  /// - Returns: The predictions and how long they took.
  /// - Throws: `XGBoostError` or ``TrainingError``.
  func evaluate(_ candidate: Candidate) throws -> CandidateEvaluation {
    var predictions: [[Float]]
    var (training, scoring) = (Duration.zero, Duration.zero)
    var rounds = 1
    let clock = ContinuousClock()
    if candidate.kind == .boosting {
      var boosters: [Booster] = []
      var losses: [[Double]] = []
      training = try clock.measure {
        for index in folds.indices {
          let (booster, loss) = try boost(candidate, on: index)
          boosters.append(booster)
          losses.append(loss)
        }
      }
      rounds = Self.bestRoundCount(losses)
      predictions = []
      scoring = try clock.measure {
        for (index, booster) in boosters.enumerated() {
          predictions.append(
            try booster.sliced(rounds: 0..<rounds).margins(of: try matrices(of: index).held)
          )
        }
      }
    } else {
      predictions = []
      for fold in folds {
        var model: FittedCandidate?
        training += try clock.measure {
          model = try FittedCandidate(
            candidate,
            rows: fold.training,
            groups: fold.groups,
            rounds: 1,
            options: options,
            seed: fold.seed
          )
        }
        scoring += try clock.measure {
          predictions.append(try model?.margins(of: fold.held) ?? [])
        }
      }
    }
    var margins = [[Float]](
      repeating: [Float](repeating: .nan, count: rowCount),
      count: (folds.map(\.number).max() ?? 0) + 1
    )
    for (fold, values) in zip(folds, predictions) {
      for (place, margin) in zip(fold.heldPlaces, values) { margins[fold.number][place] = margin }
    }
    return CandidateEvaluation(
      key: candidate.key,
      rounds: rounds,
      margins: margins,
      trainingSeconds: training.seconds,
      scoringSeconds: scoring.seconds
    )
  }

  /// Boosts until the held rows are predicted no better, with their log loss after each round.
  private func boost(_ candidate: Candidate, on index: Int) throws -> (Booster, [Double]) {
    let fold = folds[index]
    let parameters = CandidateParameters.boosting(candidate.settings, over: options.parameters)
    let resampled = try ResampledRows(
      fold.training,
      candidate.resampling,
      options: options.resampling,
      groups: fold.groups,
      seed: fold.seed
    )
    let held = try matrices(of: index).held
    // Weights are given to the booster, so that weighted and plain candidates share their bins.
    let sharesRows = candidate.resampling == .none || candidate.resampling == .classWeights
    let matrix =
      sharesRows ? try matrices(of: index).training : try resampled.matrix.makeTrainingMatrix()
    let trees = BoostedTrees(
      parameters: parameters,
      seed: fold.seed,
      positiveWeight: resampled.positiveWeight
    )
    let booster = try Booster(
      parameters: trees.boosterParameters(for: resampled.matrix),
      matrices: [matrix, held]
    )
    let offset = Float(resampled.marginOffset)
    var losses: [Double] = []
    var best = (round: 0, loss: Double.infinity)
    for round in 0..<parameters.maximumRounds {
      try booster.update(round: round, on: matrix)
      let margins = try booster.margins(of: held).map { $0 - offset }
      let loss = ProbabilityMetrics.logLoss(margins: margins, fold.held.targets)
      losses.append(loss)
      if loss < best.loss { best = (round, loss) }
      if round - best.round >= parameters.earlyStoppingRounds { break }
    }
    return (booster, losses)
  }

  /// The number of rounds with the least mean loss, as far as every fold got.
  static func bestRoundCount(_ losses: [[Double]]) -> Int {
    let length = losses.map(\.count).min() ?? 1
    var best = (round: 0, loss: Double.infinity)
    for round in 0..<length {
      let loss = losses.reduce(0) { $0 + $1[round] }
      if loss < best.loss { best = (round, loss) }
    }
    return best.round + 1
  }

  private func matrices(of index: Int) throws -> (training: TrainingMatrix, held: TrainingMatrix) {
    if let made = matrices[index] { return made }
    let made = (
      training: try folds[index].training.makeTrainingMatrix(),
      held: try folds[index].held.makeTrainingMatrix()
    )
    matrices[index] = made
    return made
  }
}

extension Duration {
  /// The length in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
