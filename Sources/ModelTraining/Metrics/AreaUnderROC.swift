/// How well scores put defaulted rows above repaid ones.
public enum AreaUnderROC {
  /// Computes the area under the receiver operating characteristic.
  ///
  /// It is the probability that a random defaulted row has a higher score than a random repaid one, ties
  /// counting half (Mann and Whitney 1947). All counts are whole numbers, so the result does not depend on
  /// the order of the rows. Example: scores 1, 2, 2, 3 with targets 0, 0, 1, 1 give 3.5 / 4 = 0.875.
  ///
  /// - Parameters:
  ///   - scores: One score per row, no NaN.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The area, 0...1; NaN when one of the classes has no row.
  /// - Complexity: O(n log n).
  public static func value(scores: [Float], targets: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var repaidBelow = 0
    var defaulted = 0
    // Twice the number of pairs in the right order, so that ties count as whole numbers.
    var doubledPairs = 0
    var start = 0
    while start < order.count {
      var end = start
      var tiedDefaulted = 0
      while end < order.count, scores[order[end]] == scores[order[start]] {
        if targets[order[end]] { tiedDefaulted += 1 }
        end += 1
      }
      let tiedRepaid = end - start - tiedDefaulted
      doubledPairs += tiedDefaulted * (2 * repaidBelow + tiedRepaid)
      defaulted += tiedDefaulted
      repaidBelow += tiedRepaid
      start = end
    }
    return Double(doubledPairs) / (2 * Double(defaulted) * Double(repaidBelow))
  }
}
