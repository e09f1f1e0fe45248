/// Location, spread and tails of a number.
public struct NumberSummary: Sendable, Equatable {
  /// The levels of ``quantiles``.
  public static let levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]

  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double
  /// The arithmetic mean.
  public let mean: Double
  /// The sample standard deviation; 0 for a single value.
  public let standardDeviation: Double
  /// The adjusted Fisher–Pearson skewness, as pandas has it; NaN for fewer than three values or a constant.
  public let skewness: Double
  /// The quantiles at ``levels``.
  public let quantiles: [Double]
  /// The values that lie more than one and a half interquartile ranges outside the quartiles (Tukey 1977).
  public let outlierCount: Int
  /// Whether all values are whole numbers.
  public let isWhole: Bool
  /// The bounds beyond which a value is such an outlier.
  public let fences: ClosedRange<Double>

  /// Summarises values.
  ///
  /// - Parameter sorted: The values in ascending order, none NaN; at least one.
  /// - Precondition: There is a value.
  public init(sorted: [Double]) {
    precondition(!sorted.isEmpty, "there is nothing to summarise")
    let count = Double(sorted.count)
    isWhole = sorted.allSatisfy { $0 == $0.rounded() && $0.magnitude < 0x1p53 }
    minimum = sorted[0]
    maximum = sorted[sorted.count - 1]
    let mean = sorted.reduce(0, +) / count
    let second = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardDeviation = sorted.count > 1 ? (second / (count - 1)).squareRoot() : 0
    let third = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) }
    let deviation = (second / count).squareRoot()
    let adjustment = (count * (count - 1)).squareRoot() / (count - 2)
    let isConstant = minimum == maximum
    skewness =
      sorted.count > 2 && !isConstant
      ? adjustment * (third / count) / (deviation * deviation * deviation) : .nan
    quantiles = Self.levels.map { Quantile.value($0, ofSorted: sorted) }
    let reach = 1.5 * (quantiles[4] - quantiles[2])
    fences = (quantiles[2] - reach)...max(quantiles[2] - reach, quantiles[4] + reach)
    let bounds = fences
    outlierCount = sorted.count { !bounds.contains($0) }
  }
}
