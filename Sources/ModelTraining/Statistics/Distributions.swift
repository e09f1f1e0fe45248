import Foundation

/// The tails of the distributions that tests need.
enum Distributions {
  /// The probability that a standard normal variable is greater.
  ///
  /// - Parameter z: The value.
  /// - Returns: 1 − Φ(z), accurate also far out.
  static func normalSurvival(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The probability that a chi-square variable is greater.
  ///
  /// The regularised upper incomplete gamma function Q(k/2, x/2), by its series below and its continued fraction
  /// above the mean (Press et al., Numerical Recipes, 6.2; Lentz's method).
  ///
  /// - Parameters:
  ///   - statistic: The value, at least 0.
  ///   - degreesOfFreedom: At least 1.
  /// - Returns: The probability, 0...1.
  static func chiSquareSurvival(_ statistic: Double, degreesOfFreedom: Int) -> Double {
    let (shape, x) = (Double(degreesOfFreedom) / 2, statistic / 2)
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    let front = exp(-x + shape * log(x) - lgamma(shape))
    return x < shape + 1
      ? 1 - front * lowerSeries(shape, x) : front * upperFraction(shape, x)
  }

  private static let steps = 100_000

  private static func lowerSeries(_ shape: Double, _ x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    for step in 1...steps {
      term *= x / (shape + Double(step))
      sum += term
      if term < sum * Double.ulpOfOne { break }
    }
    return sum
  }

  private static func upperFraction(_ shape: Double, _ x: Double) -> Double {
    let tiny = Double.leastNormalMagnitude / Double.ulpOfOne
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for step in 1...steps {
      let a = -Double(step) * (Double(step) - shape)
      b += 2
      d = a * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + a / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      fraction *= d * c
      if (d * c - 1).magnitude < Double.ulpOfOne { break }
    }
    return fraction
  }
}
