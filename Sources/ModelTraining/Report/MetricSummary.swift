/// One figure measured on several folds or repeats.
public struct MetricSummary: Sendable, Equatable {
  /// The figure of each fold or repeat, in their order.
  public let values: [Double]

  /// Creates a summary.
  ///
  /// - Parameter values: The figure of each fold or repeat.
  public init(_ values: [Double]) {
    self.values = values
  }

  /// The mean.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The sample standard deviation; 0 for a single value.
  ///
  /// It tells how much the figure varies from fold to fold. It is not the standard error of the mean: the
  /// folds of several repeats share rows, so their figures are not independent.
  public var standardDeviation: Double {
    guard values.count > 1 else { return 0 }
    let mean = self.mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
