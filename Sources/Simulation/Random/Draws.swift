import FeaturePipeline

/// Draws from the named distributions, each from one stream.
///
/// A parameter that is undefined (NaN) or impossible makes the draw NaN: the value is then missing.
extension RandomStream {
  /// A gamma-distributed number.
  ///
  /// Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (ACM TOMS 26, 2000); a shape
  /// below 1 is drawn one higher and scaled by a power of a uniform number.
  ///
  /// - Parameters:
  ///   - shape: The shape, above 0.
  ///   - mean: The mean, above 0.
  /// - Returns: A positive number.
  mutating func gamma(shape: Double, mean: Double) -> Double {
    guard shape > 0, mean > 0, shape < .infinity else { return .nan }
    let raised = shape < 1 ? shape + 1 : shape
    let scale = shape < 1 ? PortableMath.exp(PortableMath.log(unit()) / shape) : 1
    let d = raised - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      let v = root * root * root
      let u = unit()
      guard v > 0 else { continue }
      if PortableMath.log(u) < 0.5 * x * x + d * (1 - v + PortableMath.log(v)) {
        return d * v * scale * mean / shape
      }
    }
  }

  /// A Poisson-distributed count, by inversion: one draw, time proportional to the mean.
  ///
  /// - Parameter mean: The mean, from 0 to ``maximumPoissonMean``.
  /// - Returns: A count.
  mutating func poisson(mean: Double) -> Double {
    guard mean >= 0, mean <= Self.maximumPoissonMean else { return .nan }
    var remaining = unit()
    var count = 0.0
    var probability = PortableMath.exp(-mean)
    // The terms vanish long before 10,000 when the mean is at most 500.
    while remaining > probability, count < 10_000 {
      remaining -= probability
      count += 1
      probability *= mean / count
    }
    return count
  }

  /// The largest mean of a Poisson distribution: its first term, e^−mean, must be an ordinary number.
  static let maximumPoissonMean = 500.0

  /// Whether an event of the given probability happens.
  ///
  /// - Parameter probability: The probability; below 0 counts as 0, above 1 as 1.
  /// - Returns: 1 or 0, NaN for an undefined probability.
  mutating func chance(_ probability: Double) -> Double {
    let u = unit()
    return probability != probability ? .nan : u < probability ? 1 : 0
  }

  /// One of several cases by weight.
  ///
  /// - Parameter weights: A weight for each case, in their order; one that is not above 0 is never chosen.
  /// - Returns: The index of the case, or nil when no case can be chosen.
  mutating func choice(_ weights: [Double]) -> Int? {
    var total = 0.0
    for weight in weights where weight > 0 {
      total += weight
    }
    var remaining = unit() * total
    var last: Int?
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      if remaining < weight { return index }
      remaining -= weight
    }
    // Rounding may leave a crumb after the last case.
    return last
  }
}
