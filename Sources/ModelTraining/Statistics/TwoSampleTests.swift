/// Whether a number is distributed differently among defaulted and repaid rows.
struct TwoSampleTests: Sendable, Equatable {
  /// The two-sided probability of the rank sum if both had the same distribution (Mann and Whitney 1947), by the
  /// normal approximation with corrections for ties and continuity.
  let mannWhitneyPValue: Double
  /// The greatest distance of the two distribution functions (Kolmogorov and Smirnov).
  let kolmogorovSmirnov: Double
  /// The probability that a defaulted row has the greater value, ties counting half.
  let area: Double

  /// Compares the two groups.
  ///
  /// - Parameter groups: How many rows of either outcome have each value, values ascending.
  init(_ groups: [RankedGroup]) {
    let defaulted = groups.reduce(0) { $0 + $1.defaulted }
    let repaid = groups.reduce(0) { $0 + $1.repaid }
    guard defaulted > 0, repaid > 0 else {
      (mannWhitneyPValue, kolmogorovSmirnov, area) = (.nan, .nan, .nan)
      return
    }
    var (defaultedBelow, repaidBelow, doubledPairs) = (0, 0, 0)
    var greatest = 0.0
    var ties = 0.0
    for group in groups {
      doubledPairs += group.defaulted * (2 * repaidBelow + group.repaid)
      defaultedBelow += group.defaulted
      repaidBelow += group.repaid
      let distance =
        Double(defaultedBelow) / Double(defaulted) - Double(repaidBelow) / Double(repaid)
      greatest = max(greatest, distance.magnitude)
      let size = Double(group.defaulted + group.repaid)
      ties += size * size * size - size
    }
    let (first, second) = (Double(defaulted), Double(repaid))
    let total = first + second
    let statistic = Double(doubledPairs) / 2
    let variance = first * second / 12 * ((total + 1) - ties / (total * (total - 1)))
    let excess = max(statistic, first * second - statistic) - first * second / 2 - 0.5
    mannWhitneyPValue =
      variance > 0 ? min(1, 2 * Distributions.normalSurvival(excess / variance.squareRoot())) : 1
    kolmogorovSmirnov = greatest
    area = statistic / (first * second)
  }
}

/// Rows that stand on the same step of an order.
struct RankedGroup: Sendable, Equatable {
  /// The number of its rows that defaulted.
  var defaulted = 0
  /// The number of its rows that repaid.
  var repaid = 0
}
