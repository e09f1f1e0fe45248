/// What one model is worth on the held-out rows, which no choice was made on.
public struct HoldoutFigures: Sendable, Equatable {
  /// The model: a candidate's ``Candidate/key``, or the champion's name and version.
  public let name: String
  /// The kind of model; nil for the champion.
  public let kind: ModelKind?
  /// The area under the ROC curve with its interval (DeLong).
  public let area: AreaEstimate
  /// The KS separation.
  public let separation: Double
  /// The area under the curve of precision over recall (average precision).
  public let averagePrecision: Double
  /// The log loss.
  public let logLoss: Double
  /// The Brier score.
  public let brierScore: Double
  /// The expected calibration error, ten bins.
  public let expectedCalibrationError: Double
  /// The cost of wrong decisions per application at the model's threshold.
  public let costPerApplication: Double
  /// The model's threshold.
  public let threshold: Double
  /// What the threshold does to the rows.
  public let confusion: ConfusionMatrix
  /// How much better the chosen model ranks the same rows (paired, DeLong).
  public let chosenComparison: PairedAreaTest

  /// Measures a model.
  ///
  /// - Parameters:
  ///   - model: What it predicts for the held-out rows.
  ///   - chosen: What the chosen model predicts for them.
  ///   - targets: Whether each row defaulted.
  ///   - cost: What errors cost.
  init(_ model: HoldoutPrediction, chosen: HoldoutPrediction, targets: [Bool], cost: ExpectedCost) {
    name = model.name
    kind = model.kind
    let ranked = RankedScores(scores: model.scores, targets: targets)
    area = ranked.area
    separation = ranked.separation
    averagePrecision = ranked.averagePrecision
    logLoss = ProbabilityMetrics.logLoss(model.probabilities, targets)
    brierScore = ProbabilityMetrics.brierScore(model.probabilities, targets)
    expectedCalibrationError = ProbabilityMetrics.expectedCalibrationError(model.probabilities, targets)
    costPerApplication = cost.perApplication(model.probabilities, targets, threshold: model.threshold)
    threshold = model.threshold
    confusion = ConfusionMatrix(model.probabilities, targets, threshold: model.threshold)
    chosenComparison = PairedAreaTest(first: model.scores, second: chosen.scores, targets: targets)
  }
}

/// A model's predictions of the held-out rows.
struct HoldoutPrediction: Sendable {
  /// The model's name.
  let name: String
  /// Its kind; nil for the champion.
  let kind: ModelKind?
  /// Its margin per row: what ranks.
  let scores: [Double]
  /// Its calibrated probability per row.
  let probabilities: [Double]
  /// From which probability on it declines.
  let threshold: Double
}
