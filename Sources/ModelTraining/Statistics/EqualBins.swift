/// Bins of a number that hold about the same number of rows; equal values are never separated.
enum EqualBins {
  /// The upper edges of the bins; each bin holds its edge, and the last edge is the greatest value.
  ///
  /// With no more distinct values than bins, each value has a bin of its own.
  ///
  /// - Parameters:
  ///   - sorted: The values in ascending order, none NaN.
  ///   - count: The most bins, at least 1.
  /// - Returns: Distinct edges in ascending order; none for no values.
  static func upperEdges(ofSorted sorted: [Double], count: Int) -> [Double] {
    var distinct: [Double] = []
    for value in sorted where value != distinct.last {
      distinct.append(value)
      if distinct.count > count { break }
    }
    guard distinct.count > count else { return distinct }
    var edges: [Double] = []
    for bin in 1...count {
      let edge = sorted[max(0, (sorted.count * bin + count - 1) / count - 1)]
      if edge != edges.last { edges.append(edge) }
    }
    return edges
  }

  /// The bin of a value.
  ///
  /// - Parameters:
  ///   - value: A value, not NaN.
  ///   - edges: The upper edges.
  /// - Returns: The first bin whose edge is not below the value; the last one for a value above all.
  static func index(of value: Double, in edges: [Double]) -> Int {
    var (low, high) = (0, edges.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
