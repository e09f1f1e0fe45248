import FeaturePipeline

/// The gamma function's logarithm and its incomplete integrals, from which χ² tail probabilities come.
///
/// Written with the project's portable logarithm and exponential, so that a report recomputed on another
/// machine shows the same digits. Formulas: NIST Digital Library of Mathematical Functions, chapters 5 and 8.
enum GammaFunction {
  /// The natural logarithm of Γ(x) for x > 0, to about 15 digits.
  ///
  /// Stirling's series (DLMF 5.11.1) above 15; below, Γ(x + 1) = x Γ(x) leads there.
  static func logarithm(_ x: Double) -> Double {
    var shifted = x
    var product = 1.0
    while shifted < 15 {
      product *= shifted
      shifted += 1
    }
    let inverse = 1 / shifted
    let square = inverse * inverse
    // B₂ₖ / (2k (2k − 1)) for k = 1...8.
    let coefficients: [Double] = [
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
      -3617.0 / 122_400,
    ]
    var series = 0.0
    for coefficient in coefficients.reversed() { series = series * square + coefficient }
    let halfLogTwoPi = 0.918_938_533_204_672_74
    let stirling = (shifted - 0.5) * PortableMath.log(shifted) - shifted + halfLogTwoPi + series * inverse
    return stirling - PortableMath.log(product)
  }

  /// The regularised upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x ≥ 0.
  ///
  /// A power series below a + 1 (DLMF 8.7.1), Legendre's continued fraction above (DLMF 8.9.2), evaluated
  /// from the front by Lentz's method. Relative error about 10⁻¹³ also far out in the tail.
  static func upperRegularised(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < .infinity else { return 0 }
    let front = PortableMath.exp(a * PortableMath.log(x) - x - logarithm(a))
    return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
  }

  /// The sum over k ≥ 0 of xᵏ / (a (a + 1) ⋯ (a + k)).
  private static func lowerSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var denominator = a
    while term > sum * 0x1p-54 {
      denominator += 1
      term *= x / denominator
      sum += term
    }
    return sum
  }

  /// The fraction 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (x + 5 − a − ⋯))).
  private static func upperFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for k in 1...10_000 {
      let index = Double(k)
      let numerator = -index * (index - a)
      b += 2
      d = numerator * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + numerator / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      let factor = d * c
      fraction *= factor
      if (factor - 1).magnitude < 0x1p-52 { break }
    }
    return fraction
  }
}
