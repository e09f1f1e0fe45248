import FeaturePipeline

/// The population stability index (PSI) of the credit industry, on counts in the same bins.
///
/// Σ (p − q) ln(p / q) over the bins, p and q the shares of reference and current rows; 0 for equal shares,
/// symmetric, without an upper bound. By custom below 0.1 is stable and above 0.25 is a shift, whatever the
/// number of rows; ``noise(exceededWith:binCount:referenceRows:currentRows:)`` says what chance alone gives.
///
/// Reference: Siddiqi, Credit Risk Scorecards, Wiley 2006; Yurdakul, Statistical Properties of Population
/// Stability Index, Western Michigan University 2018.
public enum PopulationStability {
  /// What stands for a share of a bin that nobody fell into, whose logarithm would be infinite.
  public enum EmptyBins: Sendable, Equatable {
    /// Shares are at least this large; they are not made to add up to 1 again.
    case floor(Double)
    /// Each bin gets so many rows more, on both sides.
    case add(Double)

    /// The shares of counts.
    ///
    /// - Parameter counts: Rows by bin.
    /// - Returns: One share per bin, all above 0 unless the floor is 0.
    public func shares(_ counts: [UInt64]) -> [Double] {
      let total = Double(counts.reduce(0, +))
      switch self {
      case .floor(let least): return counts.map { max(total == 0 ? 0 : Double($0) / total, least) }
      case .add(let rows):
        let all = total + rows * Double(counts.count)
        return counts.map { (Double($0) + rows) / all }
      }
    }
  }

  /// The index of two samples.
  ///
  /// - Parameters:
  ///   - reference: Rows by bin.
  ///   - current: Rows by bin, as many bins.
  ///   - emptyBins: What stands for empty bins; half a row by default, which also tempers tiny samples.
  /// - Returns: The index in nats, from 0.
  /// - Precondition: Both have as many bins.
  public static func index(
    reference: [UInt64],
    current: [UInt64],
    emptyBins: EmptyBins = .add(0.5)
  ) -> Double {
    precondition(reference.count == current.count, "samples are counted in the same bins")
    return index(referenceShares: emptyBins.shares(reference), currentShares: emptyBins.shares(current))
  }

  static func index(referenceShares: [Double], currentShares: [Double]) -> Double {
    var sum = CompensatedSum()
    for (p, q) in zip(referenceShares, currentShares) where p != q {
      sum.add((p - q) * PortableMath.log(p / q))
    }
    return sum.value
  }

  /// The index that chance alone exceeds with a given probability when nothing has changed.
  ///
  /// Without a shift the index is distributed about as χ² with one degree less than bins, times
  /// 1/m + 1/n (Yurdakul 2018): a PSI of 0.03 is loud for 10,000 rows and silence for 300.
  ///
  /// - Parameters:
  ///   - probability: Of a larger index by chance: 0.05 for the 95th percentile.
  ///   - binCount: Bins that either sample has rows in; below 2 there is no noise.
  ///   - referenceRows: Rows of the reference.
  ///   - currentRows: Rows of the current sample; 0 gives +∞.
  /// - Returns: The upper end of the noise band, in nats.
  public static func noise(
    exceededWith probability: Double,
    binCount: Int,
    referenceRows: UInt64,
    currentRows: UInt64
  ) -> Double {
    guard binCount > 1 else { return 0 }
    guard referenceRows > 0, currentRows > 0 else { return .infinity }
    let scale = 1 / Double(referenceRows) + 1 / Double(currentRows)
    return ChiSquareDistribution(degreesOfFreedom: binCount - 1).value(exceededWith: probability) * scale
  }
}
