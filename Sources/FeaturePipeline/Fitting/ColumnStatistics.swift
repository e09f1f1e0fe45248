/// Sums, means and medians of a column, always in the order of the rows.
struct ColumnStatistics {
  /// The values that are not missing, in the order of the rows.
  let values: [Double]

  /// Collects the values of a column.
  ///
  /// - Parameter column: The column; NaN is missing.
  init(_ column: [Double]) { values = column.filter { $0 == $0 } }

  /// The arithmetic mean; `nil` without values, or where they are too large to be added.
  var mean: Double? {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    return mean.isFinite ? mean : nil
  }

  /// The middle value, of an even number the mean of the middle two; `nil` without values.
  var median: Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted[sorted.count / 2]
    return sorted.count % 2 == 1 ? middle : sorted[sorted.count / 2 - 1] / 2 + middle / 2
  }

  /// Mean and standard deviation of all values as a population; a constant column has the deviation 1.
  var standardisation: NumberEncoding.Standardisation? {
    guard let mean else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count)).squareRoot()
    guard deviation.isFinite else { return nil }
    // Rounding can leave a tiny deviation where all values are equal.
    let isConstant = deviation == 0 || values.allSatisfy { $0 == values[0] }
    return NumberEncoding.Standardisation(mean: mean, deviation: isConstant ? 1 : deviation)
  }
}
