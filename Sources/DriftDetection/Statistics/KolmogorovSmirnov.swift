/// The two-sample Kolmogorov–Smirnov statistic: the largest distance between two empirical distributions.
public enum KolmogorovSmirnov {
  /// Rows up to which the p-value is computed exactly; beyond, by the distribution for large samples.
  public static let exactRows = 10_000

  /// Tests two samples of rows.
  ///
  /// Up to ``exactRows`` rows a side the p-value counts lattice paths exactly, ties broken as if the values
  /// were continuous; beyond, it is Kolmogorov's distribution for n = n₁n₂ / (n₁ + n₂) observations. Both are
  /// SciPy's choices for `ks_2samp`.
  ///
  /// - Parameters:
  ///   - reference: Values, ascending, none missing.
  ///   - current: Values, ascending, none missing.
  /// - Returns: The largest distance and its p-value; (0, 1) when a sample is empty.
  /// - Complexity: O(n₁ + n₂), and O(n₁ n₂) for the exact p-value.
  public static func test(reference: [Double], current: [Double]) -> HypothesisTest {
    guard !reference.isEmpty, !current.isEmpty else { return .nothingToCompare }
    let gap = largestGap(reference, current)
    let (m, n) = (reference.count, current.count)
    let distance = Double(gap) / (Double(m) * Double(n))
    if max(m, n) <= exactRows {
      return HypothesisTest(statistic: distance, pValue: exactSurvival(m, n, gap: gap))
    }
    let effective = (Double(m) * Double(n) / Double(m + n)).rounded(.toNearestOrEven)
    let pValue = KolmogorovDistribution.survival(count: Int(effective), distance: distance)
    return HypothesisTest(statistic: distance, pValue: pValue)
  }

  /// What counts in bins say of the statistic: a lower and an upper bound.
  ///
  /// The distance at the bins' edges is a lower bound. Within a bin either distribution may run ahead of the
  /// other by at most the bin's mass, which gives the upper one. A window of counts has no p-value for this
  /// statistic; stating one would be a guess.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin, bins in ascending order, missing left out.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: Bounds, 0...1; 0...0 when a sample is empty.
  public static func bracket(reference: [UInt64], current: [UInt64]) -> ClosedRange<Double> {
    precondition(reference.count == current.count, "samples are counted in the same bins")
    let rows = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    guard rows.0 > 0, rows.1 > 0 else { return 0...0 }
    var least = 0.0
    var largest = 0.0
    var before: (UInt64, UInt64) = (0, 0)
    for (first, second) in zip(reference, current) {
      let after = (before.0 + first, before.1 + second)
      least = max(least, (Double(after.0) / rows.0 - Double(after.1) / rows.1).magnitude)
      largest = max(
        largest,
        Double(after.0) / rows.0 - Double(before.1) / rows.1,
        Double(after.1) / rows.1 - Double(before.0) / rows.0
      )
      before = after
    }
    return least...max(least, min(1, largest))
  }

  /// The largest |i n − j m| over all values, where i and j rows are not above the value: the distance times m n.
  private static func largestGap(_ first: [Double], _ second: [Double]) -> Int {
    var (i, j, largest) = (0, 0, 0)
    while i < first.count, j < second.count {
      let value = min(first[i], second[j])
      while i < first.count, first[i] == value { i += 1 }
      while j < second.count, second[j] == value { j += 1 }
      largest = max(largest, abs(i * second.count - j * first.count))
    }
    return largest
  }

  /// The share of all orders of m and n rows whose distance reaches the gap.
  ///
  /// Position (i, j) is reached from (i − 1, j) with probability i / (i + j). Summing the paths that touch the
  /// limit rather than those that do not keeps small p-values exact.
  private static func exactSurvival(_ m: Int, _ n: Int, gap: Int) -> Double {
    guard gap > 0 else { return 1 }
    var touched = [Double](repeating: 0, count: n + 1)
    for i in 0...m {
      for j in 0...n {
        if abs(i * n - j * m) >= gap {
          touched[j] = 1
        } else if i > 0 || j > 0 {
          let left = j > 0 ? touched[j - 1] * Double(j) : 0
          touched[j] = (touched[j] * Double(i) + left) / Double(i + j)
        }
      }
    }
    return touched[n]
  }
}
