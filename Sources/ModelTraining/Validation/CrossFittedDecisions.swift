import CreditScoring

/// What a calibration method and a threshold rule are worth on rows that they were not fitted on.
///
/// For each fold of each repeat, the calibration is fitted to the out-of-fold margins of the other folds, and
/// so is the threshold. The fold itself is only predicted, so its figures are honest in both.
struct CrossFittedDecisions: Sendable {
  /// One fold of one repeat.
  struct Fold: Sendable {
    /// The fold's rows: their calibrated probabilities.
    let probabilities: [Double]
    /// The fold's rows: whether they defaulted.
    let targets: [Bool]
    /// The threshold that would have cost least on the other folds.
    let cheapestThreshold: Double
  }

  /// How the probabilities were made.
  let method: CalibrationMethod
  /// The folds, repeat by repeat.
  let repeats: [[Fold]]

  /// Calibrates every fold by the others.
  ///
  /// - Parameters:
  ///   - method: How to calibrate.
  ///   - margins: The out-of-fold margins.
  ///   - cost: What errors cost.
  init(_ method: CalibrationMethod, on margins: OutOfFoldMargins, cost: ExpectedCost) {
    self.method = method
    repeats = margins.repeats.map { repetition in
      (0..<repetition.folds.count).map { fold in
        let others = margins.outside(fold, of: repetition)
        let calibration = method.fit(margins: others.margins, targets: others.targets)
        let held = margins.inside(fold, of: repetition)
        return Fold(
          probabilities: held.margins.map { calibration.probability(margin: $0) },
          targets: held.targets,
          cheapestThreshold: cost.cheapestThreshold(
            others.margins.map { calibration.probability(margin: $0) },
            others.targets
          )
        )
      }
    }
  }

  /// The log loss of each fold.
  var logLoss: MetricSummary {
    perFold { ProbabilityMetrics.logLoss($0.probabilities, $0.targets) }
  }

  /// The Brier score of each fold.
  var brierScore: MetricSummary {
    perFold { ProbabilityMetrics.brierScore($0.probabilities, $0.targets) }
  }

  /// The expected calibration error of each repeat.
  ///
  /// Over all rows of a repeat rather than per fold: with few rows per bin the error would mostly be chance.
  var expectedCalibrationError: MetricSummary {
    MetricSummary(
      repeats.map { folds in
        ProbabilityMetrics.expectedCalibrationError(
          folds.flatMap(\.probabilities),
          folds.flatMap(\.targets)
        )
      }
    )
  }

  /// The cost per application of each fold.
  ///
  /// - Parameters:
  ///   - rule: How the threshold is found.
  ///   - cost: What errors cost.
  /// - Returns: One cost per fold.
  func costPerApplication(_ rule: ThresholdRule, _ cost: ExpectedCost) -> MetricSummary {
    perFold {
      cost.perApplication($0.probabilities, $0.targets, threshold: rule.threshold(of: $0, cost: cost))
    }
  }

  /// A figure of each fold.
  ///
  /// - Parameter figure: Computes the figure.
  /// - Returns: The figures, repeat by repeat.
  func perFold(_ figure: (Fold) -> Double) -> MetricSummary {
    MetricSummary(repeats.flatMap { $0.map(figure) })
  }
}

/// How the threshold between granting and declining is found.
public enum ThresholdRule: String, Sendable, CaseIterable {
  /// Where granting and declining cost the same if the probabilities are right.
  case breakEven = "break_even"
  /// Where the known rows would have cost least.
  case leastCost = "least_cost"

  /// The threshold for a fold, without its own rows.
  ///
  /// - Parameters:
  ///   - fold: The fold.
  ///   - cost: What errors cost.
  /// - Returns: The probability of default from which applications are declined.
  func threshold(of fold: CrossFittedDecisions.Fold, cost: ExpectedCost) -> Double {
    switch self {
    case .breakEven: cost.costs.breakEvenProbability
    case .leastCost: fold.cheapestThreshold
    }
  }
}
