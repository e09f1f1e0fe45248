/// Past steps of one distribution, the older the lighter: what a bettor expects next.
struct StepMemory: Sendable, Equatable {
  private let decay: Double
  private var counts: [Double]
  private var weight = 0.0
  private var squaredWeight = 0.0

  /// Begins without a past.
  ///
  /// - Parameters:
  ///   - decay: What one step leaves of the weight of the steps before it.
  ///   - binCount: How many bins there are.
  init(decay: Double, binCount: Int) {
    self.decay = decay
    counts = .init(repeating: 0, count: binCount)
  }

  /// The bet that the next events fall where past ones fell, if those lie outside the tolerance.
  ///
  /// - Parameters:
  ///   - reference: Shares of the reference by bin, none 0.
  ///   - tolerance: ρ.
  /// - Returns: The bet, or nil when there is nothing to bet on.
  func bet(reference: [Double], tolerance: Double) -> Bet? {
    guard weight > 0 else { return nil }
    // Events of unequal weight say as much as this many of equal weight.
    let effective = weight * weight / squaredWeight
    return Bet(
      on: counts.map { $0 / weight },
      bias: Double(counts.count - 1) / effective,
      reference: reference,
      tolerance: tolerance
    )
  }

  /// Adds a step.
  ///
  /// - Parameter step: Events by bin.
  mutating func add(_ step: [Double]) {
    var events = 0.0
    for bin in counts.indices {
      counts[bin] = decay * counts[bin] + step[bin]
      events += step[bin]
    }
    weight = decay * weight + events
    squaredWeight = decay * decay * squaredWeight + events
  }
}
