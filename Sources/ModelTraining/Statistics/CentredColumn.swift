/// A column less its mean, prepared for correlations with many other columns.
struct CentredColumn: Sendable {
  /// The values less their mean; 0 where there is none.
  let values: [Double]
  /// 1 where there is a value, 0 elsewhere.
  let weights: [Double]
  /// Whether every row has a value.
  let isComplete: Bool

  /// Centres a column.
  ///
  /// - Parameter column: The values; NaN is missing.
  init(_ column: [Double]) {
    var count = 0.0
    var mean = 0.0
    for value in column where !value.isNaN {
      count += 1
      mean += (value - mean) / count
    }
    let centre = mean
    values = column.map { $0.isNaN ? 0 : $0 - centre }
    weights = column.map { $0.isNaN ? 0 : 1 }
    isComplete = Int(count) == column.count
  }

  /// Sums over the rows that both columns know.
  struct Sums {
    var count = 0.0
    var x = 0.0
    var y = 0.0
    var xx = 0.0
    var yy = 0.0
    var xy = 0.0

    /// The correlation; NaN where a column is constant or fewer than two rows are known.
    var correlation: Double {
      guard count >= 2 else { return .nan }
      let covariance = xy - x * y / count
      let product = (xx - x * x / count) * (yy - y * y / count)
      // What rounding leaves of a constant column's spread is no spread.
      let noise = 1e-13
      guard xx - x * x / count > noise * xx, yy - y * y / count > noise * yy, product > 0 else { return .nan }
      return min(1, max(-1, covariance / product.squareRoot()))
    }
  }

  /// Adds up products with another column.
  ///
  /// Four partial sums at a time, always in the same order.
  ///
  /// - Parameter other: A column with as many rows.
  /// - Returns: The sums.
  func sums(with other: CentredColumn) -> Sums {
    typealias Lanes = SIMD4<Double>
    var count = Lanes.zero
    var x = Lanes.zero
    var y = Lanes.zero
    var xx = Lanes.zero
    var yy = Lanes.zero
    var xy = Lanes.zero
    let rows = values.count
    values.withUnsafeBufferPointer { left in
      other.values.withUnsafeBufferPointer { right in
        weights.withUnsafeBufferPointer { leftWeights in
          other.weights.withUnsafeBufferPointer { rightWeights in
            func lanes(_ buffer: UnsafeBufferPointer<Double>, _ row: Int) -> Lanes {
              Lanes(buffer[row], buffer[row + 1], buffer[row + 2], buffer[row + 3])
            }
            func add(_ a: Lanes, _ b: Lanes, _ p: Lanes, _ q: Lanes) {
              count += p * q
              x += a * q
              y += b * p
              xx += a * a * q
              yy += b * b * p
              xy += a * b
            }
            var row = 0
            while row + 4 <= rows {
              add(lanes(left, row), lanes(right, row), lanes(leftWeights, row), lanes(rightWeights, row))
              row += 4
            }
            while row < rows {
              add(
                Lanes(left[row], 0, 0, 0),
                Lanes(right[row], 0, 0, 0),
                Lanes(leftWeights[row], 0, 0, 0),
                Lanes(rightWeights[row], 0, 0, 0)
              )
              row += 1
            }
          }
        }
      }
    }
    return Sums(
      count: count.sum(),
      x: x.sum(),
      y: y.sum(),
      xx: xx.sum(),
      yy: yy.sum(),
      xy: xy.sum()
    )
  }
}
