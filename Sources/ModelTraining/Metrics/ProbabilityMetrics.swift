import FeaturePipeline

/// How good predicted probabilities of default are, whatever is decided with them.
///
/// Sums run in the order of the rows, so the same rows give the same bits. All return NaN for no rows.
public enum ProbabilityMetrics {
  /// The mean negative logarithm of the probability given to what happened.
  ///
  /// A probability of exactly 0 or 1 that proves wrong would cost infinitely much; like scikit-learn,
  /// probabilities are kept one machine epsilon (2⁻⁵²) away from both.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row, 0...1.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The log loss in nats, 0 at best.
  public static func logLoss(_ probabilities: [Double], _ targets: [Bool]) -> Double {
    let edge = Double.ulpOfOne
    var sum = 0.0
    for (probability, defaulted) in zip(probabilities, targets) {
      let clipped = min(max(probability, edge), 1 - edge)
      sum -= PortableMath.log(defaulted ? clipped : 1 - clipped)
    }
    return sum / Double(targets.count)
  }

  /// The log loss of margins, as probabilities of the logistic function.
  ///
  /// - Parameters:
  ///   - margins: The log-odds of default per row.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The log loss in nats, 0 at best.
  public static func logLoss(margins: [Float], _ targets: [Bool]) -> Double {
    logLoss(margins.map { PortableMath.sigmoid(Double($0)) }, targets)
  }

  /// The mean squared difference between probability and outcome (Brier 1950).
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row, 0...1.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The score, 0 at best.
  public static func brierScore(_ probabilities: [Double], _ targets: [Bool]) -> Double {
    var sum = 0.0
    for (probability, defaulted) in zip(probabilities, targets) {
      let difference = probability - (defaulted ? 1 : 0)
      sum += difference * difference
    }
    return sum / Double(targets.count)
  }

  /// How far predicted probabilities are from observed default rates, on average over the rows.
  ///
  /// The rows are cut into bins of about equal size at quantiles of the probability; in each bin the mean
  /// probability is compared with the share of defaults. Bins of equal size rather than equal width, since
  /// credit risks crowd near 0, where equal widths would put nearly all rows into one bin. A row on an edge
  /// belongs to the lower bin, so equal probabilities are never separated.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row, 0...1.
  ///   - targets: Whether each row defaulted.
  ///   - binCount: The number of bins, at least 1.
  /// - Returns: The expected calibration error, 0...1, 0 at best.
  public static func expectedCalibrationError(
    _ probabilities: [Double],
    _ targets: [Bool],
    binCount: Int = 10
  ) -> Double {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    let sorted = order.map { probabilities[$0] }
    guard let last = sorted.indices.last else { return .nan }
    var total = 0.0
    var row = 0
    for bin in 1...max(1, binCount) {
      let edge = Quantile.value(Double(bin) / Double(max(1, binCount)), ofSorted: sorted)
      var difference = 0.0
      while row <= last, sorted[row] <= edge || bin == binCount {
        difference += sorted[row] - (targets[order[row]] ? 1 : 0)
        row += 1
      }
      // The bin's weight, its share of the rows, cancels against the mean's denominator.
      total += difference.magnitude
    }
    return total / Double(sorted.count)
  }
}
