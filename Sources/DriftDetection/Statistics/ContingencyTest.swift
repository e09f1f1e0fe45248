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
    test(reference, current) { observed, expected in
      (observed - expected) * (observed - expected) / expected
    }
  }

  /// The likelihood-ratio (G) test of homogeneity.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  /// - Returns: The statistic and its p-value; (0, 1) when fewer than two bins or no rows remain.
  public static func likelihoodRatio(reference: [UInt64], current: [UInt64]) -> HypothesisTest {
    test(reference, current) { observed, expected in
      observed > 0 ? 2 * observed * PortableMath.log(observed / expected) : 0
    }
  }

  private static func test(
    _ reference: [UInt64],
    _ current: [UInt64],
    _ term: (_ observed: Double, _ expected: Double) -> Double
  ) -> HypothesisTest {
    precondition(reference.count == current.count, "samples are counted in the same bins")
    let used = reference.indices.filter { reference[$0] + current[$0] > 0 }
    let rows = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    guard used.count > 1, rows.0 > 0, rows.1 > 0 else { return .nothingToCompare }
    var statistic = CompensatedSum()
    for bin in used {
      let both = Double(reference[bin] + current[bin])
      statistic.add(term(Double(reference[bin]), both * rows.0 / (rows.0 + rows.1)))
      statistic.add(term(Double(current[bin]), both * rows.1 / (rows.0 + rows.1)))
    }
    let distribution = ChiSquareDistribution(degreesOfFreedom: used.count - 1)
    return HypothesisTest(statistic: statistic.value, pValue: distribution.survival(statistic.value))
  }
}
