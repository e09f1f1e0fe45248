/// Mean, spread and range of the numbers of a reference.
public struct Moments: Sendable, Equatable {
  /// How many numbers there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their standard deviation with divisor n.
  public let standardDeviation: Double

  /// Reads moments that were written down.
  ///
  /// - Parameters:
  ///   - count: How many numbers there are.
  ///   - mean: Their mean.
  ///   - standardDeviation: Their standard deviation with divisor n.
  public init(count: Int, mean: Double, standardDeviation: Double) {
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Computes moments in two passes, in the order of the numbers, with compensated sums.
  ///
  /// - Parameter values: Numbers, none missing; of none, all moments are 0.
  public init(of values: [Double]) {
    count = values.count
    guard !values.isEmpty else {
      mean = 0
      standardDeviation = 0
      return
    }
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    mean = sum.value / Double(values.count)
    var squares = CompensatedSum()
    for value in values { squares.add((value - mean) * (value - mean)) }
    standardDeviation = (squares.value / Double(values.count)).squareRoot()
  }
}
