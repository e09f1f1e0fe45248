import FeaturePipeline

/// Evidence that one distribution has left its reference, gathered step by step: an e-detector.
///
/// The hypothesis is that each event falls into bin k with a probability pₖ for which
/// Σ (pₖ − p₀ₖ)² / p₀ₖ ≤ ρ², whatever the events before it; p₀ is the reference's share, ρ² the tolerance. Before
/// a step is seen a ``Bet`` is placed, whose payoff has a mean of at most 1 under every such p: the step's
/// payoff L is an e-value. The Shiryaev–Roberts sum R ← (R + 1) L then reaches c while nothing has changed not
/// sooner than after c steps on average. Several bettors share the wager: three lean towards where events went,
/// with short, middle and long memory, and one for each bin that the reference has no row in expects new values
/// there from the start.
///
/// A step on which nothing is bet opens no new wager (the + 1), which keeps the promise, as the sum only gets
/// smaller, and keeps it from growing while there is no evidence at all.
///
/// Shin, Ramdas and Rinaldo, "E-detectors", New England Journal of Statistics in Data Science 2 (2), 2024.
struct SequentialEvidence: Sendable, Equatable {
  /// What one step leaves of the weight of the steps before it, by bettor.
  private static let memories = [0.8, 0.95, 0.99]
  /// The share of events that a bettor on a new bin expects there.
  private static let expectedNews = 0.01

  private let reference: [Double]
  private let tolerance: Double
  /// The sums are capped here: what lies far above the alarm says no more, and would only delay its end.
  private let logCap: Double
  private var memories: [StepMemory]
  private let newsBets: [Bet]
  /// Logarithm of each bettor's sum: first those with a memory, then those on new bins.
  private var logSums: [Double]

  /// Begins without evidence.
  ///
  /// - Parameters:
  ///   - rows: Rows of the reference by bin.
  ///   - stability: The tolerated index ρ².
  ///   - logCap: Logarithm of the largest evidence worth keeping.
  init(reference rows: [Double], stability: Double, logCap: Double) {
    // Half a row more in each bin: one without rows is unlikely, not impossible.
    let total = rows.reduce(0, +) + 0.5 * Double(rows.count)
    let reference = rows.map { ($0 + 0.5) / total }
    let tolerance = stability.squareRoot()
    self.reference = reference
    self.tolerance = tolerance
    self.logCap = logCap
    memories = Self.memories.map { StepMemory(decay: $0, binCount: rows.count) }
    newsBets = rows.indices.filter { rows[$0] == 0 }.compactMap { bin in
      var expected = reference.map { $0 * (1 - Self.expectedNews) }
      expected[bin] += Self.expectedNews
      return Bet(on: expected, bias: 0, reference: reference, tolerance: tolerance)
    }
    logSums = .init(repeating: -.infinity, count: memories.count + newsBets.count)
  }

  /// The logarithm of the evidence: the mean of the bettors' sums; −∞ while nothing was ever bet.
  var logEvidence: Double {
    let largest = logSums.reduce(-Double.infinity, max)
    guard largest > -.infinity else { return largest }
    let sum = logSums.reduce(0) { $0 + PortableMath.exp($1 - largest) }
    return largest + PortableMath.log(sum / Double(logSums.count))
  }

  /// Weighs one step.
  ///
  /// - Parameter counts: Events by bin.
  /// - Complexity: O(bins) for each bettor.
  mutating func step(_ counts: [Double]) {
    for index in memories.indices {
      if let bet = memories[index].bet(reference: reference, tolerance: tolerance) {
        collect(bet, counts, index)
      }
      memories[index].add(counts)
    }
    for (index, bet) in newsBets.enumerated() { collect(bet, counts, memories.count + index) }
  }

  private mutating func collect(_ bet: Bet, _ counts: [Double], _ index: Int) {
    let sum = logSums[index]
    // log (R + 1), without leaving the logarithm where R is large.
    let opened = sum > 40 ? sum : PortableMath.log1p(sum == -.infinity ? 0 : PortableMath.exp(sum))
    logSums[index] = min(logCap, opened + bet.logPayoff(counts, reference: reference))
  }
}
