/// Predicted probabilities beside observed default rates, in bins of about equal size.
///
/// The bins are those of ``ProbabilityMetrics/expectedCalibrationError(_:_:binCount:)``, which is the mean
/// distance of the two over the rows.
public struct ReliabilityCurve: Sendable, Equatable {
  /// One bin.
  public struct Bin: Sendable, Equatable {
    /// The number of rows.
    public let rowCount: Int
    /// The mean predicted probability.
    public let predicted: Double
    /// The share of defaults.
    public let observed: Double
    /// The lower end of the share's interval at 95 % (Wilson).
    public let lower: Double
    /// The upper end of the share's interval at 95 % (Wilson).
    public let upper: Double
  }

  /// The bins in ascending order; bins without a row are left out.
  public let bins: [Bin]

  /// Compares.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row, 0...1.
  ///   - targets: Whether each row defaulted.
  ///   - binCount: The number of bins, at least 1.
  public init(_ probabilities: [Double], _ targets: [Bool], binCount: Int = 10) {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    let sorted = order.map { probabilities[$0] }
    var bins: [Bin] = []
    var row = 0
    for bin in 1...max(1, binCount) where !sorted.isEmpty {
      let edge = Quantile.value(Double(bin) / Double(max(1, binCount)), ofSorted: sorted)
      let start = row
      var (sum, defaulted) = (0.0, 0)
      while row < sorted.count, sorted[row] <= edge || bin == binCount {
        sum += sorted[row]
        defaulted += targets[order[row]] ? 1 : 0
        row += 1
      }
      guard row > start else { continue }
      let count = row - start
      let interval = WilsonInterval(count: defaulted, of: count)
      bins.append(
        Bin(
          rowCount: count,
          predicted: sum / Double(count),
          observed: Double(defaulted) / Double(count),
          lower: interval.lower,
          upper: interval.upper
        )
      )
    }
    self.bins = bins
  }
}
