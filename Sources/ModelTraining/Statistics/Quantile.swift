/// Quantiles with linear interpolation.
enum Quantile {
  /// The quantile of sorted values (definition 7 of Hyndman and Fan 1996, the default of NumPy and pandas).
  ///
  /// Example: the quantile 0.25 of 1, 2, 3, 4 is 1.75.
  ///
  /// - Parameters:
  ///   - level: The share of values below it, 0...1.
  ///   - sorted: The values in ascending order, none NaN.
  /// - Returns: The quantile; NaN for no values.
  static func value(_ level: Double, ofSorted sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let position = level * Double(sorted.count - 1)
    let below = min(Int(position), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
  }
}
