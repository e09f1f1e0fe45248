/// An interval for a rate that stays within 0...1 and is honest for few rows (Wilson 1927).
///
/// Example: 2 of 10 give 0.0567...0.5098 at 95 %.
public struct WilsonInterval: Sendable, Equatable {
  /// The quantile of the normal distribution that leaves 2.5 % above it.
  static let normalQuantile = 1.959963984540054

  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Computes the interval at 95 %.
  ///
  /// - Parameters:
  ///   - count: How often it happened.
  ///   - total: How often it could have happened; without any the interval is 0...1.
  public init(count: Int, of total: Int) {
    guard total > 0 else {
      lower = 0
      upper = 1
      return
    }
    let size = Double(total)
    let rate = Double(count) / size
    let square = Self.normalQuantile * Self.normalQuantile
    let centre = rate + square / (2 * size)
    let spread =
      Self.normalQuantile * (rate * (1 - rate) / size + square / (4 * size * size)).squareRoot()
    let scale = 1 + square / size
    // Rounding must not leave the exact ends of the scale.
    lower = count == 0 ? 0 : max(0, (centre - spread) / scale)
    upper = count == total ? 1 : min(1, (centre + spread) / scale)
  }
}
