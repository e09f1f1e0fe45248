import ModelTraining
import Testing

@Suite("AreaUnderROC and ProbabilityMetrics")
struct MetricsTests {
  @Test("Agree with scikit-learn", arguments: MetricsFixture.all)
  func scikitLearn(_ fixture: MetricsFixture) {
    let targets = fixture.defaulted
    #expect(agree(AreaUnderROC.value(scores: fixture.margins, targets: targets), fixture.area))
    #expect(agree(ProbabilityMetrics.logLoss(fixture.probabilities, targets), fixture.logLoss))
    #expect(agree(ProbabilityMetrics.brierScore(fixture.probabilities, targets), fixture.brier))
    let error = ProbabilityMetrics.expectedCalibrationError(fixture.probabilities, targets)
    #expect(agree(error, fixture.calibrationError))
  }

  @Test("Every fixture was read")
  func fixturesArePresent() {
    #expect(MetricsFixture.all.count == 5)
  }

  @Test("Ties count half, as in the documentation's example")
  func ties() {
    #expect(AreaUnderROC.value(scores: [1, 2, 2, 3], targets: [false, false, true, true]) == 0.875)
    #expect(AreaUnderROC.value(scores: [5, 5, 5], targets: [false, true, false]) == 0.5)
  }

  @Test("The area does not depend on the order of the rows, and turns over with the scores' sign")
  func areaIsSymmetric() throws {
    let fixture = try #require(MetricsFixture.all.first)
    let area = AreaUnderROC.value(scores: fixture.margins, targets: fixture.defaulted)
    let reversed = AreaUnderROC.value(
      scores: fixture.margins.reversed(),
      targets: fixture.defaulted.reversed()
    )
    #expect(reversed == area)
    let negated = AreaUnderROC.value(scores: fixture.margins.map { -$0 }, targets: fixture.defaulted)
    #expect(agree(negated, 1 - area))
  }

  @Test("The area of one class alone is no number")
  func oneClass() {
    #expect(AreaUnderROC.value(scores: [1, 2], targets: [true, true]).isNaN)
  }

  @Test("A certain prediction that proves wrong costs much, but not infinitely much")
  func certainty() {
    let loss = ProbabilityMetrics.logLoss([0], [true])
    #expect(loss.isFinite && loss > 30)
  }

  @Test("Perfectly calibrated probabilities have no calibration error")
  func calibrated() {
    let probabilities = [Double](repeating: 0.25, count: 8)
    let targets = [true, true, false, false, false, false, false, false]
    #expect(ProbabilityMetrics.expectedCalibrationError(probabilities, targets) == 0)
  }
}
