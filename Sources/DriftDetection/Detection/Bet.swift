import FeaturePipeline

/// A bet on where the next events fall, fair against everything within the tolerance.
///
/// With the expected shares q and a stake s each event in bin k pays rₖ = 1 + s (qₖ / p₀ₖ − 1), divided by
/// C = 1 + ρ s √(Σ (qₖ − p₀ₖ)² / p₀ₖ). By Cauchy and Schwarz the mean of r is at most C under every p with
/// Σ (pₖ − p₀ₖ)² / p₀ₖ ≤ ρ², so no such p makes the bet pay in the long run.
struct Bet: Sendable, Equatable {
  /// A bet never stakes more than this, so that a bin that stays empty cannot ruin it.
  private static let largestStake = 0.9
  /// The least stake is the largest, halved so often.
  private static let halvings = 8

  private let expected: [Double]
  private let stake: Double
  private let logCharge: Double

  /// Chooses the stake, or bets nothing.
  ///
  /// Nothing is staked unless the expected shares lie further out than tolerated. The stake grows with how much
  /// further, and is halved for as long as that would earn more if the expectation were true: a bin that the
  /// reference hardly knew pays a hundredfold and is charged as much, so that little on it is best.
  ///
  /// - Parameters:
  ///   - expected: Shares of the next events by bin.
  ///   - bias: What sampling alone adds to the divergence of the expected shares.
  ///   - reference: Shares of the reference by bin, none 0.
  ///   - tolerance: ρ.
  init?(on expected: [Double], bias: Double, reference: [Double], tolerance: Double) {
    var divergence = 0.0
    for (share, before) in zip(expected, reference) {
      divergence += (share - before) * (share - before) / before
    }
    let excess = divergence - bias
    guard excess > tolerance * tolerance, excess > 0 else { return nil }
    let distance = divergence.squareRoot()

    func logGrowth(_ stake: Double) -> Double {
      var growth = -PortableMath.log(1 + tolerance * stake * distance)
      for (share, before) in zip(expected, reference) where share > 0 {
        growth += share * PortableMath.log(1 + stake * (share / before - 1))
      }
      return growth
    }
    var stake = Self.largestStake * (1 - tolerance / excess.squareRoot())
    var growth = logGrowth(stake)
    for _ in 0..<Self.halvings {
      let next = logGrowth(stake / 2)
      guard next > growth else { break }
      (stake, growth) = (stake / 2, next)
    }
    guard growth > 0 else { return nil }
    self.expected = expected
    self.stake = stake
    logCharge = PortableMath.log(1 + tolerance * stake * distance)
  }

  /// The logarithm of what the bet pays.
  ///
  /// - Parameters:
  ///   - counts: Events by bin.
  ///   - reference: Shares of the reference by bin.
  /// - Returns: Linear in the counts, so that what several consumers saw just adds up.
  func logPayoff(_ counts: [Double], reference: [Double]) -> Double {
    var payoff = 0.0
    var events = 0.0
    for bin in counts.indices where counts[bin] > 0 {
      payoff += counts[bin] * PortableMath.log(1 + stake * (expected[bin] / reference[bin] - 1))
      events += counts[bin]
    }
    return payoff - events * logCharge
  }
}
