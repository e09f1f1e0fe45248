import FeaturePipeline

/// Mean and standard deviation of each feature, for what measures distances or adds features up.
///
/// A standardised value beyond ``limit`` counts as the limit: one client's income of a hundred million would
/// otherwise decide a coefficient. A missing value becomes the mean, and each feature that had missing values
/// among the training rows gets an indicator beside it, since that a value is missing says something.
struct FeatureStandards: Sendable, Equatable {
  /// The largest standardised value, to both sides.
  static let limit = 5.0

  /// The mean of the known values of each feature; 0 for a feature without any.
  let means: [Double]
  /// Their standard deviation (divided by n, as scikit-learn's scaler does); 1 for a constant.
  let deviations: [Double]
  /// The features that had missing values.
  let indicated: [Int]

  /// The number of columns of a design: features and indicators.
  var designWidth: Int { means.count + indicated.count }

  /// Measures training rows.
  ///
  /// - Parameter features: The rows.
  init(_ features: FeatureMatrix) {
    let width = features.columnCount
    var (sums, squares) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    var known = [Int](repeating: 0, count: width)
    features.values.withUnsafeBufferPointer { values in
      for index in values.indices where !values[index].isNaN {
        sums[index % width] += Double(values[index])
        known[index % width] += 1
      }
      let means = zip(sums, known).map { $1 > 0 ? $0 / Double($1) : 0 }
      for index in values.indices where !values[index].isNaN {
        let distance = Double(values[index]) - means[index % width]
        squares[index % width] += distance * distance
      }
    }
    means = zip(sums, known).map { $1 > 0 ? $0 / Double($1) : 0 }
    deviations = zip(squares, known).map { square, count in
      let deviation = count > 0 ? (square / Double(count)).squareRoot() : 0
      return deviation > 0 ? deviation : 1
    }
    indicated = known.indices.filter { known[$0] < features.rowCount }
  }

  /// A value on the scale of its feature.
  ///
  /// - Parameters:
  ///   - value: The value; NaN is missing.
  ///   - column: The feature.
  /// - Returns: Standard deviations above the mean, within the limit; 0 for a missing value.
  func standardised(_ value: Float, _ column: Int) -> Double {
    guard !value.isNaN else { return 0 }
    let score = (Double(value) - means[column]) / deviations[column]
    return min(Self.limit, max(-Self.limit, score))
  }

  /// Rows as a linear model takes them.
  ///
  /// - Parameter features: Rows with the features that were measured.
  /// - Returns: Row-major, `rowCount × designWidth`: standardised features, then indicators.
  func design(_ features: FeatureMatrix) -> [Double] {
    let width = features.columnCount
    var result = [Double](repeating: 0, count: features.rowCount * designWidth)
    result.withUnsafeMutableBufferPointer { result in
      features.values.withUnsafeBufferPointer { values in
        for row in 0..<features.rowCount {
          let (from, to) = (row * width, row * designWidth)
          for column in 0..<width { result[to + column] = standardised(values[from + column], column) }
          for (place, column) in indicated.enumerated() where values[from + column].isNaN {
            result[to + width + place] = 1
          }
        }
      }
    }
    return result
  }
}
