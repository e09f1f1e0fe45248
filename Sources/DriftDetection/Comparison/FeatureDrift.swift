/// How far one feature has moved from its reference, in every measure, computed from counts alone.
///
/// Index, divergence and test look at the coarser bins of ``FeatureBins/groups``: deciles, named categories, the rest,
/// values never seen and missing ones.
public struct FeatureDrift: Sendable, Equatable {
  /// A share before and now.
  public struct Change: Sendable, Equatable {
    /// The share of the reference's rows; NaN without rows.
    public let before: Double
    /// The share of the current rows; NaN without rows.
    public let now: Double
  }

  /// The least number of rows, over both samples, that a bin has in the test; bins with fewer are joined.
  ///
  /// χ² is no good approximation for bins that chance alone fills or empties.
  public static let testedRows: UInt64 = 10
  /// What chance alone exceeds the noise band with.
  public static let noiseProbability = 0.05

  /// Rows of the reference by slot.
  public let reference: [UInt64]
  /// Current rows by slot.
  public let current: [UInt64]
  /// The population stability index, half a row added to each bin.
  public let stability: Double
  /// The index that chance alone exceeds once in twenty at these numbers of rows.
  public let noise: Double
  /// The Jensen–Shannon distance in nats; NaN for an empty sample.
  public let jensenShannon: Double
  /// The two-sample χ² test.
  public let test: HypothesisTest
  /// Bounds of the Kolmogorov–Smirnov distance among the values that are not missing; nil for a category.
  public let kolmogorovSmirnov: ClosedRange<Double>?
  /// The Wasserstein distance estimated from the bins, in the feature's unit; nil for a category.
  public let wasserstein: Double?
  /// How often the value is missing.
  public let missing: Change
  /// How often the value is one the reference never saw: out of its range, or a new category.
  public let unseen: Change
  /// How far the feature moved the mean margin, in log-odds; nil where contributions are not known.
  public let scoreShift: Double?

  /// Compares a window with the reference.
  ///
  /// - Parameters:
  ///   - feature: The reference.
  ///   - current: Rows by slot.
  /// - Precondition: One count per slot.
  public init(_ feature: FeatureReference, current: [UInt64]) {
    precondition(current.count == feature.counts.count, "a window of another reference")
    reference = feature.counts
    self.current = current
    let bins = feature.bins
    let before = bins.grouped(feature.counts)
    let now = bins.grouped(current)
    let rows = (feature.rowCount, current.reduce(0, +))
    stability = rows.1 == 0 ? .nan : PopulationStability.index(reference: before, current: now)
    noise = PopulationStability.noise(
      exceededWith: Self.noiseProbability,
      binCount: zip(before, now).count { $0 + $1 > 0 },
      referenceRows: rows.0,
      currentRows: rows.1
    )
    jensenShannon = Divergence.jensenShannonDistance(reference: before, current: now)
    let tested = Self.tested(before, now)
    test = ContingencyTest.chiSquare(reference: tested.before, current: tested.now)
    if case .number(let quantiles) = bins {
      let present = 0..<quantiles.missingSlot
      kolmogorovSmirnov = KolmogorovSmirnov.bracket(
        reference: Array(feature.counts[present]),
        current: Array(current[present])
      )
      wasserstein = Wasserstein.distance(bins: quantiles, reference: feature.counts, current: current)
    } else {
      kolmogorovSmirnov = nil
      wasserstein = nil
    }
    func change(_ slots: [Int]) -> Change {
      func share(_ counts: [UInt64], of rows: UInt64) -> Double {
        Double(slots.reduce(UInt64(0)) { $0 + counts[$1] }) / Double(rows)
      }
      return Change(before: share(feature.counts, of: rows.0), now: share(current, of: rows.1))
    }
    missing = change([bins.missingSlot])
    unseen = change(bins.unseenSlots)
    scoreShift = ScoreShift.shift(of: feature, current: current[...])
  }

  /// The bins of the test: those with too few rows are joined to one.
  ///
  /// - Returns: Rows by bin of both samples, the joined bin last where there is one.
  static func tested(_ before: [UInt64], _ now: [UInt64]) -> (before: [UInt64], now: [UInt64]) {
    let all = zip(before, now)
    let large = all.filter { $0 + $1 >= testedRows }
    let small = all.filter { $0 + $1 < testedRows }
    guard !small.isEmpty else { return (before, now) }
    return (
      large.map(\.0) + [small.reduce(0) { $0 + $1.0 }], large.map(\.1) + [small.reduce(0) { $0 + $1.1 }]
    )
  }

  /// Whether the index lies within what chance alone gives.
  public var isWithinNoise: Bool { !(stability > noise) }
}
