/// The distribution of a sum of squares of independent standard normal numbers.
public struct ChiSquareDistribution: Sendable, Equatable {
  /// How many squares are summed, at least 1.
  public var degreesOfFreedom: Int

  /// Names the distribution.
  ///
  /// - Parameter degreesOfFreedom: How many squares are summed.
  /// - Precondition: At least 1.
  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "a χ² distribution has at least one degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value at least this large.
  ///
  /// - Parameter value: The statistic; negative counts as 0.
  /// - Returns: Q(k/2, x/2), 0...1, with about 13 correct digits also far out in the tail.
  public func survival(_ value: Double) -> Double {
    GammaFunction.upperRegularised(Double(degreesOfFreedom) / 2, value / 2)
  }

  /// The value that is exceeded with a given probability.
  ///
  /// - Parameter probability: Of a larger value, strictly between 0 and 1: 0.001 for the 99.9th percentile.
  /// - Returns: The quantile, to the last few bits.
  public func value(exceededWith probability: Double) -> Double {
    var low = 0.0
    var high = Double(degreesOfFreedom)
    while survival(high) > probability { high *= 2 }
    // Bisection until neighbours: 60 cheap steps, and nothing that could diverge.
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return high }
      if survival(middle) > probability { low = middle } else { high = middle }
    }
  }
}
