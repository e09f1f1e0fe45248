import Testing

@testable import ModelTraining

@Suite("Paired comparison")
struct PairedComparisonTests {
  @Test(
    "Quantiles of Student's t agree with scipy.stats.t.ppf(0.975, df)",
    arguments: [
      (1, 12.706204736174694),
      (2, 4.302652729749462),
      (3, 3.1824463052837078),
      (4, 2.7764451051977934),
      (14, 2.144786687917804),
      (29, 2.045229642132703),
      (49, 2.0095752371292392),
      (100, 1.9839715185235518),
    ]
  )
  func quantiles(_ degrees: Int, _ expected: Double) {
    #expect(abs(StudentQuantile.twoSided(0.95, degreesOfFreedom: degrees) - expected) < 1e-10)
  }
}
