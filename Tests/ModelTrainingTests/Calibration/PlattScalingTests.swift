import ModelTraining
import Testing

@Suite("PlattScaling")
struct PlattScalingTests {
  @Test("Agrees with scikit-learn", arguments: MetricsFixture.all)
  func scikitLearn(_ fixture: MetricsFixture) {
    let platt = PlattScaling(margins: fixture.margins, targets: fixture.defaulted)
    #expect(agree(platt.slope, fixture.plattSlope))
    #expect(agree(platt.intercept, fixture.plattIntercept))
  }

  @Test("Separable rows keep a finite slope")
  func separable() {
    let platt = PlattScaling(margins: [-2, -1, 1, 2], targets: [false, false, true, true])
    #expect(platt.slope.isFinite && platt.slope > 0)
    #expect(platt.probability(at: -2) < 0.5 && platt.probability(at: 2) > 0.5)
  }

  @Test("Equal margins give the smoothed default rate")
  func constant() {
    let platt = PlattScaling(margins: [0, 0, 0, 0], targets: [true, false, false, false])
    let high = 2.0 / 3.0
    let low = 1.0 / 5.0
    #expect(agree(platt.probability(at: 0), (high + 3 * low) / 4))
  }
}
