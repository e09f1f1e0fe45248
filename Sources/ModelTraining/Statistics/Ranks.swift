/// The order of a column's values, prepared for rank correlations with many other columns.
struct RankedColumn: Sendable {
  /// The rows that have a value, in ascending order of their values.
  let order: [Int32]
  /// For each position in ``order`` where its group of equal values ends.
  let groupEnd: [Int32]
  /// Whether each row has a value.
  let isKnown: [Bool]
  /// The average rank of each row less the mean of all ranks; 0 where there is no value.
  let centred: [Double]

  /// Ranks a column.
  ///
  /// - Parameter values: The values; NaN is missing.
  /// - Complexity: O(n log n).
  init(_ values: [Double]) {
    isKnown = values.map { !$0.isNaN }
    let known = values.indices.filter { !values[$0].isNaN }
    let sorted = known.sorted { (values[$0], $0) < (values[$1], $1) }
    let order = sorted.map { Int32($0) }
    var ends = [Int32](repeating: 0, count: sorted.count)
    var end = sorted.count
    for position in sorted.indices.reversed() {
      if position + 1 < sorted.count, values[sorted[position]] != values[sorted[position + 1]] {
        end = position + 1
      }
      ends[position] = Int32(end)
    }
    var ranks = [Double](repeating: 0, count: values.count)
    ranks.withUnsafeMutableBufferPointer { ranks in
      Self.rank(order, ends, among: nil, count: sorted.count, into: ranks)
    }
    self.order = order
    groupEnd = ends
    centred = ranks
  }

  /// The centred ranks among the rows that another column knows as well.
  ///
  /// - Parameters:
  ///   - other: Which rows count.
  ///   - count: How many of this column's rows count.
  ///   - ranks: Receives a rank for each row, 0 where either is missing.
  func rank(among other: [Bool], count: Int, into ranks: UnsafeMutableBufferPointer<Double>) {
    ranks.update(repeating: 0)
    Self.rank(order, groupEnd, among: other, count: count, into: ranks)
  }

  private static func rank(
    _ order: [Int32],
    _ groupEnd: [Int32],
    among other: [Bool]?,
    count: Int,
    into ranks: UnsafeMutableBufferPointer<Double>
  ) {
    // The mean of the ranks 1...n, whatever the ties.
    let middle = Double(count + 1) / 2
    var below = 0
    var position = 0
    while position < order.count {
      let end = Int(groupEnd[position])
      var tied = end - position
      if let other {
        tied = 0
        for index in position..<end where other[Int(order[index])] { tied += 1 }
      }
      let rank = Double(below) + Double(tied + 1) / 2 - middle
      for index in position..<end {
        let row = Int(order[index])
        if other?[row] ?? true { ranks[row] = rank }
      }
      below += tied
      position = end
    }
  }
}
