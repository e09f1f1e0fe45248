import Testing

@testable import DriftDetection

@Suite("Distributions")
struct DistributionTests {
  @Test("χ² tail probabilities are SciPy's to 1e-12, far tails included")
  func chiSquareSurvival() throws {
    for row in try StatisticsFixture.read().chiSquare {
      let survival = ChiSquareDistribution(degreesOfFreedom: Int(row[0])).survival(row[1])
      #expect(isClose(survival, row[2], relative: 1e-12), "\(row): \(survival)")
    }
  }

  @Test("χ² quantiles are SciPy's to 1e-12")
  func chiSquareQuantiles() throws {
    for row in try StatisticsFixture.read().chiSquareQuantiles {
      let value = ChiSquareDistribution(degreesOfFreedom: Int(row[0])).value(exceededWith: row[1])
      #expect(isClose(value, row[2], relative: 1e-12), "\(row): \(value)")
    }
  }

  @Test("Kolmogorov's distribution is SciPy's to 1e-9 in every region of its formulas")
  func kolmogorovSurvival() throws {
    for row in try StatisticsFixture.read().kolmogorov {
      let survival = KolmogorovDistribution.survival(count: Int(row[0]), distance: row[1])
      #expect(isClose(survival, row[2], relative: 1e-9, absolute: 1e-300), "\(row): \(survival)")
    }
  }

  @Test("Nothing exceeds zero for certain, and nothing exceeds infinity")
  func ends() {
    let distribution = ChiSquareDistribution(degreesOfFreedom: 3)
    #expect(distribution.survival(0) == 1)
    #expect(distribution.survival(-1) == 1)
    #expect(distribution.survival(.infinity) == 0)
    #expect(KolmogorovDistribution.survival(count: 10, distance: 0) == 1)
    #expect(KolmogorovDistribution.survival(count: 10, distance: 1) == 0)
  }
}
