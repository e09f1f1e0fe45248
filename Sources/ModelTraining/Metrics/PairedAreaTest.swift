/// How much better a second model ranks the same rows than a first, with an interval.
///
/// The method is that of DeLong, DeLong and Clarke-Pearson (1988).
///
/// Both models see the same clients, so their areas go up and down together; the variance is that of the
/// difference of each row's placement under the two models, which takes account of it.
public struct PairedAreaTest: Sendable, Equatable {
  /// The area of the first model.
  public let first: Double
  /// The area of the second model.
  public let second: Double
  /// The standard error of the difference; 0 when the two rank alike, NaN with fewer than two rows of an outcome.
  public let standardError: Double

  /// The second area less the first.
  public var difference: Double { second - first }
  /// The lower end of the interval of the difference at 95 %.
  public var lower: Double { difference - WilsonInterval.normalQuantile * standardError }
  /// The upper end of the interval of the difference at 95 %.
  public var upper: Double { difference + WilsonInterval.normalQuantile * standardError }
  /// The two-sided probability of such a difference if both ranked equally well.
  public var pValue: Double {
    guard standardError > 0 else { return difference == 0 ? 1 : .nan }
    return min(1, 2 * Distributions.normalSurvival(difference.magnitude / standardError))
  }
  /// Whether the second model is not proved to be worse: its interval reaches 0.
  public var isNotWorse: Bool { upper >= 0 }

  /// Compares two models.
  ///
  /// - Parameters:
  ///   - first: The first model's score per row.
  ///   - second: The second model's score per row.
  ///   - targets: Whether each row defaulted.
  /// - Precondition: As many scores of either as targets.
  /// - Complexity: O(n log n).
  public init(first: [Double], second: [Double], targets: [Bool]) {
    precondition(first.count == targets.count && second.count == targets.count, "scores of the same rows")
    let places = [Self.placements(first, targets), Self.placements(second, targets)]
    let areas = places.map { rows in
      let ofDefaulted = zip(rows, targets).filter(\.1).map(\.0)
      return ofDefaulted.reduce(0, +) / Double(ofDefaulted.count)
    }
    var variance = 0.0
    for wanted in [true, false] {
      let differences = targets.indices.filter { targets[$0] == wanted }.map { places[1][$0] - places[0][$0] }
      let spread = MetricSummary(differences).standardDeviation
      variance += differences.count > 1 ? spread * spread / Double(differences.count) : .nan
    }
    self.first = areas[0]
    self.second = areas[1]
    standardError = variance.squareRoot()
  }

  /// For a defaulted row the share of repaid rows below it, for a repaid row that of defaulted rows above; ties half.
  private static func placements(_ scores: [Double], _ targets: [Bool]) -> [Double] {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    let defaulted = Double(targets.count { $0 })
    let repaid = Double(targets.count) - defaulted
    var result = [Double](repeating: .nan, count: scores.count)
    var (defaultedBelow, repaidBelow) = (0.0, 0.0)
    var start = 0
    while start < order.count {
      var end = start
      var tied = (defaulted: 0.0, repaid: 0.0)
      while end < order.count, scores[order[end]] == scores[order[start]] {
        if targets[order[end]] { tied.defaulted += 1 } else { tied.repaid += 1 }
        end += 1
      }
      for row in order[start..<end] {
        result[row] =
          targets[row]
          ? (repaidBelow + tied.repaid / 2) / repaid
          : (defaulted - defaultedBelow - tied.defaulted / 2) / defaulted
      }
      defaultedBelow += tied.defaulted
      repaidBelow += tied.repaid
      start = end
    }
    return result
  }
}
