import FeaturePipeline

/// Tests of two samples counted in the same bins, both of them uncertain.
///
/// A one-sample test that takes the reference's counts as exact understates the variance by half when the
/// samples are equally large, and raises alarms on data that did not change.
public enum ContingencyTest {
  /// Pearson's χ² test of homogeneity, without continuity correction.
  ///
  /// Bins that neither sample has rows in are left out.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: The statistic and its p-value; (0, 1) when fewer than two bins or no rows remain.
  public static func chiSquare(reference: [UInt64], current: [UInt64]) -> HypothesisTest {
    test(reference, current) { difference, expected in difference * difference / expected }
  }

  /// The likelihood-ratio (G) test of homogeneity.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: The statistic and its p-value; (0, 1) when fewer than two bins or no rows remain.
  public static func likelihoodRatio(reference: [UInt64], current: [UInt64]) -> HypothesisTest {
    // Σ O ln(O / E) as Σ E ((1 + x) ln(1 + x) − x) with x = O / E − 1, since ΣO = ΣE: small terms of one sign
    // instead of large ones that cancel.
    test(reference, current) { difference, expected in 2 * expected * deviance(difference / expected) }
  }

  private static func test(
    _ reference: [UInt64],
    _ current: [UInt64],
    _ term: (_ difference: Double, _ expected: Double) -> Double
  ) -> HypothesisTest {
    precondition(reference.count == current.count, "samples are counted in the same bins")
    let used = reference.indices.filter { reference[$0] + current[$0] > 0 }
    let rows = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    guard used.count > 1, rows.0 > 0, rows.1 > 0 else { return .nothingToCompare }
    var statistic = CompensatedSum()
    for bin in used {
      let (before, now) = (Double(reference[bin]), Double(current[bin]))
      // Observed less expected, in whole numbers until the division; the other sample lacks what this one has more.
      let difference = (before * rows.1 - now * rows.0) / (rows.0 + rows.1)
      statistic.add(term(difference, (before + now) * rows.0 / (rows.0 + rows.1)))
      statistic.add(term(-difference, (before + now) * rows.1 / (rows.0 + rows.1)))
    }
    let distribution = ChiSquareDistribution(degreesOfFreedom: used.count - 1)
    return HypothesisTest(statistic: statistic.value, pValue: distribution.survival(statistic.value))
  }

  /// (1 + x) ln(1 + x) − x, by its series near 0, where the difference would cancel; 1 at −1.
  private static func deviance(_ x: Double) -> Double {
    guard x.magnitude < 0.1 else { return x > -1 ? (1 + x) * PortableMath.log(1 + x) - x : 1 }
    var sum = 0.0
    var power = x * x
    for k in 2...18 {
      sum += power / Double(k * (k - 1))
      power *= -x
    }
    return sum
  }
}
