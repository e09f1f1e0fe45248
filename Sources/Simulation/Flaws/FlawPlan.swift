/// How often each flaw is planted among simulated records.
public struct FlawPlan: Sendable, Equatable {
  /// The share of all records by flaw; flaws that are not listed do not occur.
  public let shares: [Flaw: Double]
  /// Nothing is planted.
  public static let none = FlawPlan()

  private init() { shares = [:] }

  /// Creates a plan.
  ///
  /// - Parameter shares: The share of all records by flaw.
  /// - Throws: ``SimulationError`` when a share is below 0 or all together are above 1.
  public init(shares: [Flaw: Double]) throws(SimulationError) {
    let total = Flaw.allCases.reduce(0) { $0 + (shares[$1] ?? 0) }
    guard shares.values.allSatisfy({ $0 >= 0 }), total <= 1 else {
      throw SimulationError(
        .invalidFlawShares,
        "the shares of flaws must not be negative and must add up to at most 1, not to \(total)"
      )
    }
    self.shares = shares
  }

  /// Creates a plan in which all flaws of a list occur equally often.
  ///
  /// - Parameters:
  ///   - total: The share of flawed records among all.
  ///   - flaws: The flaws to plant.
  /// - Throws: ``SimulationError`` when the share is not between 0 and 1.
  public init(total: Double, of flaws: [Flaw] = Flaw.allCases) throws(SimulationError) {
    let share = total / Double(max(flaws.count, 1))
    try self.init(shares: Dictionary(flaws.map { ($0, share) }) { $0 + $1 })
  }

  /// The flaw of one record.
  ///
  /// - Parameters:
  ///   - index: The number of the record.
  ///   - seed: The seed of the simulation.
  /// - Returns: The flaw, and random numbers to plant it with; nil for a sound record.
  func flaw(_ index: Int, seed: UInt64) -> (flaw: Flaw, random: RandomStream)? {
    guard !shares.isEmpty else { return nil }
    var random = RandomStream(source: RandomStream.source(seed: seed, name: "event/flaw"), row: index)
    var remaining = random.unit()
    for flaw in Flaw.allCases {
      guard let share = shares[flaw] else { continue }
      if remaining < share { return (flaw, random) }
      remaining -= share
    }
    return nil
  }
}
