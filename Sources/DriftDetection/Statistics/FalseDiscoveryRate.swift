/// Which of many p-values to believe.
public enum FalseDiscoveryRate {
  /// Adjusts p-values so that those below a level are wrong in at most that share of cases.
  ///
  /// Benjamini and Hochberg, JRSS B 57, 1995, for independent or positively dependent tests of one report. Over
  /// an endless sequence of reports it promises nothing: alarms come from ``DriftDetector``.
  ///
  /// - Parameter pValues: One per hypothesis; NaN (nothing to test) stays NaN and is not counted.
  /// - Returns: One adjusted value per hypothesis, in the same order, 0...1.
  /// - Complexity: O(n log n).
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    let tested = pValues.indices.filter { pValues[$0] == pValues[$0] }
    let descending = tested.sorted { (pValues[$1], $1) < (pValues[$0], $0) }
    var adjusted = pValues
    var least = 1.0
    for (position, index) in descending.enumerated() {
      let rank = tested.count - position
      least = min(least, pValues[index] * Double(tested.count) / Double(rank))
      adjusted[index] = least
    }
    return adjusted
  }
}
