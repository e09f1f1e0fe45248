import ModelTraining
import Testing

@Suite("IsotonicRegression")
struct IsotonicRegressionTests {
  @Test("Agrees with scikit-learn between, on and outside the points", arguments: MetricsFixture.all)
  func scikitLearn(_ fixture: MetricsFixture) {
    let regression = IsotonicRegression(margins: fixture.margins, targets: fixture.defaulted)
    for (margin, rate) in zip(fixture.isotonicGrid, fixture.isotonicRates) {
      #expect(agree(regression.rate(at: margin), rate), "at \(margin)")
    }
  }

  @Test("Margins ascend strictly and rates never fall", arguments: MetricsFixture.all)
  func monotone(_ fixture: MetricsFixture) {
    let regression = IsotonicRegression(margins: fixture.margins, targets: fixture.defaulted)
    #expect(zip(regression.margins, regression.margins.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(regression.rates, regression.rates.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("Violators are pooled: the worked example")
  func worked() {
    let regression = IsotonicRegression(margins: [1, 2, 3, 4], targets: [false, true, false, true])
    #expect(regression.margins == [1, 2, 3, 4])
    #expect(regression.rates == [0, 0.5, 0.5, 1])
    #expect(regression.rate(at: 1.5) == 0.25)
  }
}
