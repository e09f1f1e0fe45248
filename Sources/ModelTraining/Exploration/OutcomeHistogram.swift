/// How a number is distributed among the rows of either outcome, in bins of equal width.
public struct OutcomeHistogram: Sendable, Equatable {
  /// The edges of the bins, one more than bins.
  public let edges: [Double]
  /// The repaid rows in each bin; without outcomes all rows.
  public let repaid: [Int]
  /// The defaulted rows in each bin.
  public let defaulted: [Int]

  /// The most bins.
  static let maximumBins = 28

  /// Counts the values; those beyond the 1st and 99th percentile go into the outer bins.
  ///
  /// - Parameters:
  ///   - values: A value for each row; NaN is missing.
  ///   - sorted: The values that are not missing, ascending.
  ///   - targets: The outcome of each row; NaN unknown, `nil` without any.
  init?(values: [Double], sorted: [Double], targets: [Double]?) {
    guard let least = sorted.first, let greatest = sorted.last, least < greatest else { return nil }
    var (low, high) = (Quantile.value(0.01, ofSorted: sorted), Quantile.value(0.99, ofSorted: sorted))
    if low == high { (low, high) = (least, greatest) }
    var bins = Self.maximumBins
    // Whole numbers of a small span get a bin each, centred on the number.
    if high - low < Double(bins), sorted.allSatisfy({ $0 == $0.rounded() }) {
      (low, high) = (low.rounded(.down) - 0.5, high.rounded(.up) + 0.5)
      bins = Int(high - low)
    }
    guard (high - low).isFinite else { return nil }
    let width = (high - low) / Double(bins)
    edges = (0...bins).map { low + Double($0) * width }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: bins), count: 2)
    for (row, value) in values.enumerated() where !value.isNaN {
      let target = targets.map { $0[row] } ?? 0
      guard !target.isNaN else { continue }
      counts[Int(target)][min(bins - 1, max(0, Int(((value - low) / width).rounded(.down))))] += 1
    }
    repaid = counts[0]
    defaulted = counts[1]
  }
}
