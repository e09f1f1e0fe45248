import FeaturePipeline

/// Distances between the shares of two samples in the same bins, without smoothing.
///
/// Every measure is 0 for equal shares. An empty sample has no shares: the result is NaN.
public enum Divergence {
  /// The Jensen–Shannon distance: the root of the mean divergence from the two samples' average.
  ///
  /// Lin, IEEE Transactions on Information Theory 37, 1991; Endres and Schindelin showed in 2003 that the
  /// root is a metric.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: In nats, 0...√ln 2; divide by √ln 2 for base 2.
  public static func jensenShannonDistance(reference: [UInt64], current: [UInt64]) -> Double {
    var sum = CompensatedSum()
    for (p, q) in shares(reference, current) {
      let mean = (p + q) / 2
      if p > 0 { sum.add(p * PortableMath.log(p / mean) / 2) }
      if q > 0 { sum.add(q * PortableMath.log(q / mean) / 2) }
    }
    return emptyOrValue(reference, current, max(0, sum.value).squareRoot())
  }

  /// The Hellinger distance: √(Σ (√p − √q)² / 2).
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: 0...1.
  public static func hellingerDistance(reference: [UInt64], current: [UInt64]) -> Double {
    var sum = CompensatedSum()
    for (p, q) in shares(reference, current) {
      let difference = p.squareRoot() - q.squareRoot()
      sum.add(difference * difference)
    }
    return emptyOrValue(reference, current, (sum.value / 2).squareRoot())
  }

  /// The total variation distance: half the sum of the shares' differences.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: 0...1: the share of rows that would have to move to another bin.
  public static func totalVariationDistance(reference: [UInt64], current: [UInt64]) -> Double {
    var sum = CompensatedSum()
    for (p, q) in shares(reference, current) { sum.add((p - q).magnitude) }
    return emptyOrValue(reference, current, sum.value / 2)
  }

  /// The largest difference of a bin's shares.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: 0...1.
  public static func largestDifference(reference: [UInt64], current: [UInt64]) -> Double {
    let largest = shares(reference, current).map { ($0 - $1).magnitude }.max() ?? 0
    return emptyOrValue(reference, current, largest)
  }

  private static func shares(_ reference: [UInt64], _ current: [UInt64]) -> [(Double, Double)] {
    precondition(reference.count == current.count, "samples are counted in the same bins")
    let rows = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    return zip(reference, current).map { (Double($0) / rows.0, Double($1) / rows.1) }
  }

  private static func emptyOrValue(_ reference: [UInt64], _ current: [UInt64], _ value: Double) -> Double {
    reference.contains { $0 > 0 } && current.contains { $0 > 0 } ? value : .nan
  }
}
