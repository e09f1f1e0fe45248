/// The non-decreasing step through the observed default rates that has the least squared error.
///
/// Found by pooling adjacent violators (Barlow et al. 1972); rows with equal margins are one point, weighted
/// by their number. Between points the function is linear, outside it is constant. Of a run of equal values
/// only the two ends are kept, which does not change the function.
public struct IsotonicRegression: Sendable, Equatable {
  /// The margins of the kept points, strictly ascending.
  public let margins: [Float]
  /// The default rate at each, non-decreasing, 0...1.
  public let rates: [Double]

  /// Fits to rows.
  ///
  /// - Parameters:
  ///   - margins: One margin per row, no NaN.
  ///   - targets: Whether each row defaulted.
  /// - Precondition: At least one row.
  /// - Complexity: O(n log n).
  public init(margins: [Float], targets: [Bool]) {
    precondition(!margins.isEmpty && margins.count == targets.count)
    let pools = Self.pools(of: Self.points(margins, targets))
    var kept: [(margin: Float, rate: Double)] = []
    for pool in pools {
      let rate = Double(pool.defaulted) / Double(pool.rows)
      kept.append((pool.first, rate))
      if pool.last > pool.first { kept.append((pool.last, rate)) }
    }
    self.margins = kept.map(\.margin)
    self.rates = kept.map(\.rate)
  }

  /// The default rate at a margin.
  ///
  /// - Parameter margin: The margin.
  /// - Returns: The rate, 0...1.
  public func rate(at margin: Float) -> Double {
    guard let upper = margins.firstIndex(where: { $0 >= margin }) else { return rates[rates.count - 1] }
    guard upper > 0, margins[upper] > margin else { return rates[upper] }
    let from = Double(margins[upper - 1])
    let share = (Double(margin) - from) / (Double(margins[upper]) - from)
    return rates[upper - 1] + (rates[upper] - rates[upper - 1]) * share
  }

  /// Neighbouring rows that share one rate.
  private struct Pool {
    let first: Float
    var last: Float
    var rows: Int
    var defaulted: Int

    /// Whether the pool's rate is not below the next one's; in whole numbers, so without rounding.
    func violates(_ next: Self) -> Bool {
      defaulted * next.rows >= next.defaulted * rows
    }
  }

  private static func points(_ margins: [Float], _ targets: [Bool]) -> [Pool] {
    var points: [Pool] = []
    for row in margins.indices.sorted(by: { margins[$0] < margins[$1] }) {
      let defaulted = targets[row] ? 1 : 0
      if let last = points.indices.last, points[last].last == margins[row] {
        points[last].rows += 1
        points[last].defaulted += defaulted
      } else {
        points.append(Pool(first: margins[row], last: margins[row], rows: 1, defaulted: defaulted))
      }
    }
    return points
  }

  private static func pools(of points: [Pool]) -> [Pool] {
    var pools: [Pool] = []
    for var pool in points {
      while let previous = pools.last, previous.violates(pool) {
        pools.removeLast()
        pool = Pool(
          first: previous.first,
          last: pool.last,
          rows: previous.rows + pool.rows,
          defaulted: previous.defaulted + pool.defaulted
        )
      }
      pools.append(pool)
    }
    return pools
  }
}
