public import CreditScoring

/// What wrong decisions cost per application, when every application at or above a threshold is declined.
public struct ExpectedCost: Sendable, Equatable {
  /// What errors cost; only the ratio decides.
  public let costs: Policy.Costs

  /// Creates the measure.
  ///
  /// - Parameter costs: What errors cost.
  public init(_ costs: Policy.Costs) {
    self.costs = costs
  }

  /// The mean cost per application.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row.
  ///   - targets: Whether each row defaulted.
  ///   - threshold: From which probability on applications are declined.
  /// - Returns: The cost per row, in the unit of the costs.
  public func perApplication(_ probabilities: [Double], _ targets: [Bool], threshold: Double) -> Double {
    var missed = 0
    var refused = 0
    for (probability, defaulted) in zip(probabilities, targets) {
      switch (probability >= threshold, defaulted) {
      case (false, true): missed += 1
      case (true, false): refused += 1
      default: break
      }
    }
    return (costs.missedDefault * Double(missed) + costs.refusedGood * Double(refused))
      / Double(targets.count)
  }

  /// The threshold that would have cost least on these rows.
  ///
  /// It lies halfway between two neighbouring probabilities, or at 1 when declining never paid. Of several
  /// that cost the same, it is the highest: it refuses the fewest.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The threshold.
  /// - Complexity: O(n log n).
  public func cheapestThreshold(_ probabilities: [Double], _ targets: [Bool]) -> Double {
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var cheapest = (saving: 0.0, threshold: 1.0)
    // What declining the rows so far saves, compared with granting all.
    var declinedDefaults = 0
    var declinedGood = 0
    for (position, row) in order.enumerated() {
      if targets[row] { declinedDefaults += 1 } else { declinedGood += 1 }
      let next = position + 1 < order.count ? probabilities[order[position + 1]] : 0
      guard next < probabilities[row] else { continue }
      let saving =
        costs.missedDefault * Double(declinedDefaults) - costs.refusedGood * Double(declinedGood)
      if saving > cheapest.saving { cheapest = (saving, (probabilities[row] + next) / 2) }
    }
    return cheapest.threshold
  }
}
