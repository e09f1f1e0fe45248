import CreditScoring
import FeaturePipeline
import Testing

@testable import ModelTraining

@Suite("CrossFittedDecisions and DecisionSelection")
struct CrossFittedDecisionsTests {
  private let cost = ExpectedCost(Policy.Costs(missedDefault: 10, refusedGood: 1))

  /// Margins that rank well and are far too sure.
  private func margins(rows: Int, flipping flipped: Int? = nil) throws -> OutOfFoldMargins {
    var generator = SeededGenerator(seed: 21)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let truth = (0..<rows).map { _ in -3 + 3 * uniform() }
    var targets = truth.map { uniform() < PortableMath.sigmoid($0) }
    let margins = truth.map { Float(3 * $0 + 1) }
    let folds = try StratifiedFolds(targets: targets, count: 4, seed: 1)
    if let flipped { for row in folds.rows(in: flipped) { targets[row].toggle() } }
    return OutOfFoldMargins(targets: targets, repeats: [.init(folds: folds, margins: margins)])
  }

  @Test(
    "A fold's own outcomes reach neither its probabilities nor its threshold",
    arguments: CalibrationMethod.allCases
  )
  func honest(_ method: CalibrationMethod) throws {
    let before = try CrossFittedDecisions(method, on: margins(rows: 800), cost: cost)
    let after = try CrossFittedDecisions(method, on: margins(rows: 800, flipping: 2), cost: cost)
    #expect(before.repeats[0][2].probabilities == after.repeats[0][2].probabilities)
    #expect(before.repeats[0][2].cheapestThreshold == after.repeats[0][2].cheapestThreshold)
    #expect(before.repeats[0][1].probabilities != after.repeats[0][1].probabilities)
  }

  @Test("Overconfident margins are calibrated", arguments: CalibrationMethod.allCases)
  func calibrates(_ method: CalibrationMethod) throws {
    let margins = try margins(rows: 4_000)
    let decisions = CrossFittedDecisions(method, on: margins, cost: cost)
    #expect(decisions.expectedCalibrationError.mean < 0.03)
    #expect(
      decisions.logLoss.mean
        < ProbabilityMetrics.logLoss(margins: margins.repeats[0].margins, margins.targets)
    )
  }

  @Test("The better calibration and the cheaper threshold rule are chosen")
  func selection() throws {
    let selection = try DecisionSelection(on: margins(rows: 1_000), cost: cost)
    #expect(selection.methods.map(\.logLoss).min() == selection.decisions.logLoss.mean)
    #expect(
      selection.rules.map(\.cost).min() == selection.decisions.costPerApplication(selection.rule, cost).mean
    )
    #expect((0.02...0.3).contains(selection.threshold))
  }

  @Test("A logistic truth is left to the logistic curve")
  func prefersPlatt() throws {
    #expect(try DecisionSelection(on: margins(rows: 1_000), cost: cost).decisions.method == .platt)
  }
}
