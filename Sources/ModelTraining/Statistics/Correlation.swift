/// How two numbers go together, over the rows in which both are known.
enum Correlation {
  /// Pearson's correlation: how well a straight line describes them.
  ///
  /// - Parameters:
  ///   - left: Values; NaN is missing.
  ///   - right: As many values.
  /// - Returns: −1...1; NaN where one is constant on the common rows.
  static func pearson(_ left: [Double], _ right: [Double]) -> Double {
    pearson(CentredColumn(left), CentredColumn(right))
  }

  /// Pearson's correlation of prepared columns.
  ///
  /// - Parameters:
  ///   - left: A column.
  ///   - right: A column with as many rows.
  /// - Returns: −1...1; NaN where one is constant on the common rows.
  static func pearson(_ left: CentredColumn, _ right: CentredColumn) -> Double {
    left.sums(with: right).correlation
  }

  /// Spearman's correlation: how well any rising or falling curve describes them.
  ///
  /// - Parameters:
  ///   - left: Values; NaN is missing.
  ///   - right: As many values.
  /// - Returns: −1...1; NaN where one is constant on the common rows.
  static func spearman(_ left: [Double], _ right: [Double]) -> Double {
    spearman(RankedColumn(left), RankedColumn(right))
  }

  /// Spearman's correlation of prepared columns: Pearson's of the average ranks among the common rows.
  ///
  /// - Parameters:
  ///   - left: A column.
  ///   - right: A column with as many rows.
  /// - Returns: −1...1; NaN where one is constant on the common rows.
  /// - Complexity: O(n); ranks are made anew only where rows fall away.
  static func spearman(_ left: RankedColumn, _ right: RankedColumn) -> Double {
    let rows = left.isKnown.count
    var common = 0
    for row in 0..<rows where left.isKnown[row] && right.isKnown[row] { common += 1 }
    guard common >= 2 else { return .nan }
    func ranked(
      _ column: RankedColumn,
      among other: RankedColumn,
      _ body: (UnsafeBufferPointer<Double>) -> Double
    ) -> Double {
      guard common < column.order.count else { return column.centred.withUnsafeBufferPointer(body) }
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { scratch in
        column.rank(among: other.isKnown, count: common, into: scratch)
        return body(UnsafeBufferPointer(scratch))
      }
    }
    return ranked(left, among: right) { x in
      ranked(right, among: left) { y in
        var products = 0.0
        var leftSquares = 0.0
        var rightSquares = 0.0
        for row in 0..<rows {
          products += x[row] * y[row]
          leftSquares += x[row] * x[row]
          rightSquares += y[row] * y[row]
        }
        guard leftSquares > 0, rightSquares > 0 else { return .nan }
        return min(1, max(-1, products / (leftSquares * rightSquares).squareRoot()))
      }
    }
  }

  /// The correlation ratio η: the share of a number's spread (its root) that a category explains (Pearson 1905).
  ///
  /// - Parameters:
  ///   - categories: Codes from 0; NaN is missing.
  ///   - numbers: As many values; NaN is missing.
  /// - Returns: 0...1; NaN where the number is constant on the common rows.
  static func ratio(categories: [Double], numbers: [Double]) -> Double {
    let groups = Int(categories.reduce(-1) { $1.isNaN ? $0 : max($0, $1) }) + 1
    var sums = [Double](repeating: 0, count: groups)
    var counts = [Double](repeating: 0, count: groups)
    var total = 0.0
    var mean = 0.0
    for (code, number) in zip(categories, numbers) where code >= 0 && !number.isNaN {
      total += 1
      mean += (number - mean) / total
    }
    var spread = 0.0
    for (code, number) in zip(categories, numbers) where code >= 0 && !number.isNaN {
      sums[Int(code)] += number - mean
      counts[Int(code)] += 1
      spread += (number - mean) * (number - mean)
    }
    guard spread > 0, total >= 2 else { return .nan }
    let between = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
    return min(1, (between / spread).squareRoot())
  }
}
