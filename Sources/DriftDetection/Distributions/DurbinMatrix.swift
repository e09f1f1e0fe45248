/// Kolmogorov's distribution as an element of a power of a small matrix.
///
/// Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution", Journal of Statistical Software 8 (18),
/// 2003: with d = (k − h)/n the probability is n!/nⁿ times the element (k, k) of Hⁿ.
enum DurbinMatrix {
  /// The probability of a distance below `x`.
  ///
  /// - Complexity: O((nx)³ log n).
  static func cumulative(count n: Int, distance x: Double) -> Double {
    let k = Int((Double(n) * x).rounded(.up))
    let h = Double(k) - Double(n) * x
    let size = 2 * k - 1
    var power = Power(size: size, element: matrix(size: size, h: h))
    power.raise(to: n)
    var probability = power.element(k - 1, k - 1)
    var exponent = power.exponent
    for i in 1...n {
      probability *= Double(i) / Double(n)
      if probability < 0x1p-400 {
        probability *= 0x1p400
        exponent -= 400
      }
    }
    return Double(sign: .plus, exponent: exponent, significand: probability)
  }

  private static func matrix(size: Int, h: Double) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0..<size where row - column + 1 >= 0 { matrix[row * size + column] = 1 }
    }
    var powerOfH = 1.0
    for row in 0..<size {
      powerOfH *= h
      matrix[row * size] -= powerOfH
      matrix[(size - 1) * size + (size - 1 - row)] -= powerOfH
    }
    if 2 * h - 1 > 0 {
      var corner = 1.0
      for _ in 0..<size { corner *= 2 * h - 1 }
      matrix[(size - 1) * size] += corner
    }
    for row in 0..<size {
      for column in 0..<size where row - column + 1 > 0 {
        for divisor in 1...(row - column + 1) { matrix[row * size + column] /= Double(divisor) }
      }
    }
    return matrix
  }

  /// A matrix kept as significands and one power of two, so that its powers neither over- nor underflow.
  private struct Power {
    var size: Int
    var element: [Double]
    var exponent = 0

    func element(_ row: Int, _ column: Int) -> Double { element[row * size + column] }

    func times(_ other: Power) -> Power {
      var product = Power(size: size, element: .init(repeating: 0, count: size * size))
      for row in 0..<size {
        for inner in 0..<size {
          let factor = element[row * size + inner]
          for column in 0..<size {
            product.element[row * size + column] += factor * other.element[inner * size + column]
          }
        }
      }
      product.exponent = exponent + other.exponent
      if product.element(size / 2, size / 2) > 0x1p400 {
        for index in product.element.indices { product.element[index] *= 0x1p-400 }
        product.exponent += 400
      }
      return product
    }

    mutating func raise(to power: Int) {
      var base = self
      var result: Power?
      var remaining = power
      while remaining > 0 {
        if remaining & 1 == 1 { result = result.map { $0.times(base) } ?? base }
        remaining >>= 1
        if remaining > 0 { base = base.times(base) }
      }
      if let result { self = result }
    }
  }
}
