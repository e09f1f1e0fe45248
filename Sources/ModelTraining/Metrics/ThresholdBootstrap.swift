import CreditScoring
import FeaturePipeline

/// How far the cheapest threshold moves when other clients of the same kind come (Efron and Tibshirani 1993).
///
/// Rows are drawn with replacement, as many as there are, and the cheapest threshold is found anew each time; the
/// interval are the 2.5 % and 97.5 % quantiles of what was found.
public struct ThresholdBootstrap: Sendable, Equatable {
  /// The lower end of the interval at 95 %.
  public let lower: Double
  /// The upper end of the interval at 95 %.
  public let upper: Double

  /// Draws.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row.
  ///   - targets: Whether each row defaulted.
  ///   - cost: What errors cost.
  ///   - draws: How often rows are drawn.
  ///   - seed: The seed of the draws.
  /// - Precondition: At least one row.
  /// - Complexity: O(n log n + draws · n).
  public init(_ probabilities: [Double], _ targets: [Bool], cost: ExpectedCost, draws: Int, seed: UInt64) {
    precondition(!probabilities.isEmpty && probabilities.count == targets.count)
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    let sorted = order.map { probabilities[$0] }
    let defaulted = order.map { targets[$0] }
    var generator = SeededGenerator(seed: seed, purpose: [15])
    var counts = [Int](repeating: 0, count: sorted.count)
    var found: [Double] = []
    for _ in 0..<draws {
      for index in counts.indices { counts[index] = 0 }
      for _ in counts.indices { counts[generator.index(below: counts.count)] += 1 }
      found.append(Self.cheapest(sorted, defaulted, counts, cost))
    }
    found.sort()
    lower = Quantile.value(0.025, ofSorted: found)
    upper = Quantile.value(0.975, ofSorted: found)
  }

  /// As ``ExpectedCost/cheapestThreshold(_:_:)``, each row counted as often as it was drawn.
  private static func cheapest(
    _ sorted: [Double],
    _ defaulted: [Bool],
    _ counts: [Int],
    _ cost: ExpectedCost
  ) -> Double {
    var cheapest = (saving: 0.0, threshold: 1.0)
    var (bad, good) = (0, 0)
    for index in sorted.indices where counts[index] > 0 {
      if defaulted[index] { bad += counts[index] } else { good += counts[index] }
      var next = index + 1
      while next < sorted.count, counts[next] == 0 { next += 1 }
      let below = next < sorted.count ? sorted[next] : 0
      guard below < sorted[index] else { continue }
      let saving = cost.costs.missedDefault * Double(bad) - cost.costs.refusedGood * Double(good)
      if saving > cheapest.saving { cheapest = (saving, (sorted[index] + below) / 2) }
    }
    return cheapest.threshold
  }
}
