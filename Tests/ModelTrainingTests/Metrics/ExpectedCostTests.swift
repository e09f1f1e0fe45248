import CreditScoring
import ModelTraining
import Testing

@Suite("ExpectedCost")
struct ExpectedCostTests {
  private let cost = ExpectedCost(Policy.Costs(missedDefault: 10, refusedGood: 1))

  @Test("A missed default costs ten, a refused good client one, a right decision nothing")
  func perApplication() {
    let probabilities = [0.05, 0.05, 0.5, 0.5]
    let targets = [true, false, true, false]
    #expect(cost.perApplication(probabilities, targets, threshold: 0.1) == 11.0 / 4)
    #expect(cost.perApplication(probabilities, targets, threshold: 0.05) == 2.0 / 4)
    #expect(cost.perApplication(probabilities, targets, threshold: 0.6) == 20.0 / 4)
  }

  @Test("The cheapest threshold costs no more than any other", arguments: MetricsFixture.all)
  func cheapest(_ fixture: MetricsFixture) {
    let targets = fixture.defaulted
    let threshold = cost.cheapestThreshold(fixture.probabilities, targets)
    let least = cost.perApplication(fixture.probabilities, targets, threshold: threshold)
    for other in fixture.probabilities + [0, 1, cost.costs.breakEvenProbability] {
      #expect(least <= cost.perApplication(fixture.probabilities, targets, threshold: other))
    }
  }

  @Test("Nothing is declined when declining never pays")
  func nothingDeclined() {
    #expect(cost.cheapestThreshold([0.9, 0.1], [false, false]) == 1)
  }
}
