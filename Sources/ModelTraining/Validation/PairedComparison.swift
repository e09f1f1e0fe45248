import Foundation

/// Two pipelines validated on the same folds of the same rows: how much the second is better, with an interval.
///
/// Folds of repeated cross-validation share training rows, so that their differences vary less than those of
/// independent samples would. The variance is therefore corrected after Nadeau and Bengio (Inference for the
/// generalization error, Machine Learning 52, 2003): s² · (1/J + n_test/n_train) with J differences, held against
/// Student's t with J − 1 degrees of freedom.
public struct PairedComparison: Sendable {
  /// One figure's difference, second less first.
  public struct Difference: Sendable, Equatable {
    /// The figure: `auc`, `log_loss`, `brier` or `cost_per_application`.
    public var name: String
    /// The mean of the first pipeline.
    public var first: Double
    /// The mean of the second pipeline.
    public var second: Double
    /// The mean difference.
    public var mean: Double
    /// The ends of the interval that holds the true difference with 95 % confidence.
    public var interval: ClosedRange<Double>
    /// In how many folds the second pipeline is better.
    public var better: Int
    /// The number of folds.
    public var folds: Int
  }

  /// The differences of the figures that are measured fold by fold.
  public let differences: [Difference]

  /// Compares two trainings.
  ///
  /// - Parameters:
  ///   - first: The report of the first.
  ///   - second: The report of the second.
  /// - Throws: ``TrainingError`` `invalidDeclaration` when they were not validated on the same folds.
  public init(_ first: TrainingReport, _ second: TrainingReport) throws(TrainingError) {
    let isPaired =
      first.data.sha256 == second.data.sha256 && first.data.rowCount == second.data.rowCount
      && first.seed == second.seed && first.parameters.folds == second.parameters.folds
      && first.parameters.repeats == second.parameters.repeats
    guard isPaired, first.parameters.repeats * first.parameters.folds >= 2 else {
      throw TrainingError(
        .invalidDeclaration,
        "the two were not validated on the same folds; use the same table, seed, folds and repeats"
      )
    }
    let folds = Double(first.parameters.folds)
    let figures: [(String, MetricSummary, MetricSummary, isGain: Bool)] = [
      ("auc", first.metrics.areaUnderROC, second.metrics.areaUnderROC, true),
      ("log_loss", first.metrics.logLoss, second.metrics.logLoss, false),
      ("brier", first.metrics.brierScore, second.metrics.brierScore, false),
      ("cost_per_application", first.metrics.costPerApplication, second.metrics.costPerApplication, false),
    ]
    differences = figures.map { name, one, two, isGain in
      let pairs = MetricSummary(zip(one.values, two.values).map { $1 - $0 })
      let count = Double(pairs.values.count)
      // One fold is tested against all others.
      let deviation = pairs.standardDeviation * (1 / count + 1 / (folds - 1)).squareRoot()
      let reach = StudentQuantile.twoSided(0.95, degreesOfFreedom: pairs.values.count - 1) * deviation
      return Difference(
        name: name,
        first: one.mean,
        second: two.mean,
        mean: pairs.mean,
        interval: pairs.mean - reach...pairs.mean + reach,
        better: pairs.values.count { isGain ? $0 > 0 : $0 < 0 },
        folds: pairs.values.count
      )
    }
  }
}

/// Quantiles of Student's t.
enum StudentQuantile {
  /// The t within which, on both sides, lies a share of the distribution.
  ///
  /// - Parameters:
  ///   - share: The share, 0..<1.
  ///   - degreesOfFreedom: At least 1.
  /// - Returns: The quantile to about twelve digits.
  static func twoSided(_ share: Double, degreesOfFreedom: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while central(high, degreesOfFreedom) < share { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if central(middle, degreesOfFreedom) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(|T| ≤ t) for whole degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4.
  private static func central(_ t: Double, _ degrees: Int) -> Double {
    let angle = atan(t / Double(degrees).squareRoot())
    let (sine, cosine) = (sin(angle), cos(angle))
    let isOdd = degrees % 2 == 1
    var term = isOdd ? cosine : 1
    var sum = degrees == 1 ? 0 : term
    var next = isOdd ? 3 : 2
    while next <= degrees - 2 {
      term *= cosine * cosine * Double(next - 1) / Double(next)
      sum += term
      next += 2
    }
    return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }
}
