import CreditEvents
import CreditScoring

/// What is decided with the chosen model's probabilities, and the curves behind it.
///
/// The rows are those of the development, each predicted and calibrated by models that did not see it.
public struct DecisionFigures: Sendable, Equatable {
  /// A point of a curve.
  public struct Point: Sendable, Equatable {
    /// The horizontal value.
    public let x: Double
    /// The vertical value.
    public let y: Double
  }

  /// What part of the applications each outcome gets.
  public let shares: TrainingReport.OutcomeShares
  /// How the threshold was found, by cost per application.
  public let thresholdRule: TrainingReport.Choice
  /// The probability at which granting and declining part.
  public let threshold: Double
  /// Where granting and declining cost the same, if the probabilities are right.
  public let breakEven: Double
  /// The interval of the cheapest threshold.
  public let bootstrap: ThresholdBootstrap
  /// From which probability on applications are referred.
  public let referFrom: Double
  /// From which probability on applications are declined.
  public let declineFrom: Double
  /// What errors cost.
  public let missedDefault: Double
  /// What refusing a good client costs.
  public let refusedGood: Double
  /// What the threshold does to the rows.
  public let confusion: ConfusionMatrix
  /// The cost per application over the threshold.
  public let costCurve: [Point]
  /// The share of defaults declined over the share of good clients declined.
  public let roc: [Point]
  /// Precision over recall.
  public let precisionRecall: [Point]
  /// Predicted and observed default rates.
  public let reliability: ReliabilityCurve
  /// The edges of the histogram's bins, on the scale of probabilities.
  public let scoreEdges: [Double]
  /// The share of the repaid rows in each bin.
  public let repaidScores: [Double]
  /// The share of the defaulted rows in each bin.
  public let defaultedScores: [Double]

  /// Measures decisions.
  ///
  /// - Parameters:
  ///   - selection: Calibration and threshold.
  ///   - policy: The policy around the threshold.
  ///   - draws: How often the threshold is found anew.
  ///   - seed: The seed of the draws.
  init(_ selection: DecisionSelection, policy: Policy, draws: Int, seed: UInt64) {
    let folds = selection.decisions.repeats[0]
    let probabilities = folds.flatMap(\.probabilities)
    let targets = folds.flatMap(\.targets)
    let cost = ExpectedCost(policy.costs)
    let outcomes = probabilities.map { policy.outcome(probability: $0) }
    func share(_ count: Int) -> Double { Double(count) / Double(outcomes.count) }
    shares = TrainingReport.OutcomeShares(
      approve: share(outcomes.count { $0 == .approve }),
      refer: share(outcomes.count { $0 == .refer }),
      decline: share(outcomes.count { $0 == .decline })
    )
    thresholdRule = TrainingReport.Choice(
      chosen: selection.rule.rawValue,
      alternatives: selection.rules.map { .init(name: $0.rule.rawValue, figure: $0.cost) }
    )
    threshold = selection.threshold
    breakEven = policy.costs.breakEvenProbability
    bootstrap = ThresholdBootstrap(probabilities, targets, cost: cost, draws: draws, seed: seed)
    (referFrom, declineFrom) = (policy.referFrom, policy.declineFrom)
    (missedDefault, refusedGood) = (policy.costs.missedDefault, policy.costs.refusedGood)
    confusion = ConfusionMatrix(probabilities, targets, threshold: selection.threshold)
    let ranked = RankedScores(scores: probabilities, targets: targets)
    costCurve = Self.costs(ranked, policy.costs)
    let (bad, good) = (Double(ranked.defaultedCount), Double(ranked.repaidCount))
    let steps = Self.thinned(ranked.steps)
    roc =
      [Point(x: 0, y: 0)] + steps.map { Point(x: Double($0.repaid) / good, y: Double($0.defaulted) / bad) }
    precisionRecall = steps.map { step in
      Point(x: Double(step.defaulted) / bad, y: Double(step.defaulted) / Double(step.defaulted + step.repaid))
    }
    reliability = ReliabilityCurve(probabilities, targets)
    let top = max(Quantile.value(0.995, ofSorted: probabilities.sorted()), 1e-6)
    let edges = (0...40).map { Double($0) / 40 * top }
    func histogram(_ wanted: Bool) -> [Double] {
      var counts = [Int](repeating: 0, count: 40)
      for (probability, defaulted) in zip(probabilities, targets) where defaulted == wanted {
        counts[min(39, Int(probability / top * 40))] += 1
      }
      return counts.map { Double($0) / (wanted ? bad : good) }
    }
    scoreEdges = edges
    repaidScores = histogram(false)
    defaultedScores = histogram(true)
  }

  /// The cost per application when the rows down to each step are declined, at the step's probability.
  private static func costs(_ ranked: RankedScores, _ costs: Policy.Costs) -> [Point] {
    let rows = Double(ranked.defaultedCount + ranked.repaidCount)
    return thinned(ranked.steps).reversed().map { step in
      let missed = costs.missedDefault * Double(ranked.defaultedCount - step.defaulted)
      return Point(x: step.score, y: (missed + costs.refusedGood * Double(step.repaid)) / rows)
    }
  }

  /// About two hundred steps, evenly over the rows: more than a screen can show apart.
  private static func thinned(_ steps: [RankedScores.Step]) -> [RankedScores.Step] {
    let rows = Double((steps.last?.defaulted ?? 0) + (steps.last?.repaid ?? 0))
    var kept: [RankedScores.Step] = []
    var next = 0.0
    for (index, step) in steps.enumerated() {
      let place = Double(step.defaulted + step.repaid)
      guard place >= next || index == steps.count - 1 else { continue }
      kept.append(step)
      next = place + rows / 200
    }
    return kept
  }
}
