import CreditScoring

/// The calibration and the threshold, chosen by what they are worth on rows that they were not fitted on.
struct DecisionSelection: Sendable {
  /// Each way of calibrating with its log loss out of fold.
  let methods: [(method: CalibrationMethod, logLoss: Double)]
  /// Each way of finding the threshold with its cost per application out of fold.
  let rules: [(rule: ThresholdRule, cost: Double)]
  /// The decisions of the chosen calibration, out of fold.
  let decisions: CrossFittedDecisions
  /// The rule that cost least.
  let rule: ThresholdRule
  /// The chosen calibration, fitted to all out-of-fold margins.
  let calibration: Calibration
  /// The chosen rule's threshold on all out-of-fold margins: a probability of default.
  let threshold: Double

  /// Chooses.
  ///
  /// Of equals the simpler wins: the logistic curve, and the threshold that follows from the costs alone. The
  /// margins of all repeats are pooled for the final fit. They come from models trained on fewer rows than the
  /// final one, as good an estimate as can be had without holding rows back from it.
  ///
  /// - Parameters:
  ///   - margins: The out-of-fold margins.
  ///   - cost: What errors cost.
  init(on margins: OutOfFoldMargins, cost: ExpectedCost) {
    let candidates = CalibrationMethod.allCases.map { CrossFittedDecisions($0, on: margins, cost: cost) }
    var best = candidates[0]
    for candidate in candidates.dropFirst() where candidate.logLoss.mean < best.logLoss.mean {
      best = candidate
    }
    let costs = ThresholdRule.allCases.map { (rule: $0, cost: best.costPerApplication($0, cost).mean) }
    var cheapest = costs[0]
    for other in costs.dropFirst() where other.cost < cheapest.cost { cheapest = other }
    let pooled = margins.pooled
    let calibration = best.method.fit(margins: pooled.margins, targets: pooled.targets)
    methods = candidates.map { ($0.method, $0.logLoss.mean) }
    rules = costs
    decisions = best
    rule = cheapest.rule
    self.calibration = calibration
    threshold =
      switch cheapest.rule {
      case .breakEven: cost.costs.breakEvenProbability
      case .leastCost:
        cost.cheapestThreshold(
          pooled.margins.map { calibration.probability(margin: $0) },
          pooled.targets
        )
      }
  }
}
