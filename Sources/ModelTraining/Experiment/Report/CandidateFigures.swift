/// What one candidate is worth on rows that it did not learn from.
public struct CandidateFigures: Sendable, Equatable {
  /// The candidate.
  public let candidate: Candidate
  /// The rounds of boosting; 1 for other kinds.
  public let rounds: Int
  /// The area under the ROC curve with its interval, mean over the folds.
  public let area: AreaEstimate
  /// The KS separation.
  public let separation: Double
  /// The area under the curve of precision over recall (average precision).
  public let averagePrecision: Double
  /// The log loss of the calibrated probabilities.
  public let logLoss: Double
  /// The Brier score of the calibrated probabilities.
  public let brierScore: Double
  /// The expected calibration error of the calibrated probabilities, ten bins.
  public let expectedCalibrationError: Double
  /// How margins become probabilities.
  public let calibration: CalibrationMethod
  /// The cost of wrong decisions per application.
  public let costPerApplication: Double
  /// The seconds that training took, all folds together.
  public let trainingSeconds: Double
  /// The microseconds that predicting one application took, in batches.
  public let scoringMicroseconds: Double

  /// Measures a candidate.
  ///
  /// - Parameters:
  ///   - candidate: The candidate.
  ///   - evaluation: What it predicted.
  ///   - margins: The same with the folds.
  ///   - selection: Calibration and threshold, each cross-fitted.
  ///   - cost: What errors cost.
  init(
    _ candidate: Candidate,
    _ evaluation: CandidateEvaluation,
    margins: OutOfFoldMargins,
    selection: DecisionSelection,
    cost: ExpectedCost
  ) {
    self.candidate = candidate
    rounds = evaluation.rounds
    area = FoldedArea(margins).estimate
    let folds = selection.decisions.repeats[0]
    let ranked = RankedScores(scores: folds.flatMap(\.probabilities), targets: folds.flatMap(\.targets))
    separation = ranked.separation
    averagePrecision = ranked.averagePrecision
    logLoss = selection.decisions.logLoss.mean
    brierScore = selection.decisions.brierScore.mean
    expectedCalibrationError = selection.decisions.expectedCalibrationError.mean
    calibration = selection.decisions.method
    costPerApplication = selection.decisions.costPerApplication(selection.rule, cost).mean
    trainingSeconds = evaluation.trainingSeconds
    let predictions = Double(evaluation.margins.count * margins.targets.count)
    scoringMicroseconds = evaluation.scoringSeconds / predictions * 1e6
  }
}
