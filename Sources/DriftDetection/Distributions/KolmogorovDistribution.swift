import FeaturePipeline

/// The distribution of Kolmogorov's statistic for n observations against a continuous distribution.
///
/// Two-sample tests of more than 10,000 rows use it with n = n₁n₂ / (n₁ + n₂), as SciPy does. The formulas
/// and the regions they are used in: Simard and L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov
/// distribution", Journal of Statistical Software 39 (11), 2011.
enum KolmogorovDistribution {
  /// The probability of a distance at least `x` between the distribution and n observations of it.
  static func survival(count n: Int, distance x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < 1 else { return 0 }
    let count = Double(n)
    let t = count * x
    if t <= 1 { return 1 - belowOneStep(n, t) }
    if t >= count - 1 { return 2 * power(1 - x, n) }
    let spread = t * x
    // Far out both sides hardly ever go together: twice the one-sided probability is exact to the last digits.
    if x >= 0.5 || spread >= (n <= 140 ? 4 : 2.2) {
      return min(1, 2 * SmirnovDistribution.survival(count: n, distance: x))
    }
    if n <= 140 || count * x * x.squareRoot() <= 1.4 {
      return clipped(1 - DurbinMatrix.cumulative(count: n, distance: x))
    }
    return clipped(1 - pelzGood(count, x))
  }

  private static func clipped(_ probability: Double) -> Double { max(0, min(1, probability)) }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    base <= 0 ? 0 : PortableMath.exp(Double(exponent) * PortableMath.log(base))
  }

  /// n! ((2t − 1) / n)ⁿ: every observation must lie in its own narrow interval (Ruben and Gambino).
  private static func belowOneStep(_ n: Int, _ t: Double) -> Double {
    guard t > 0.5 else { return 0 }
    let count = Double(n)
    let logarithm =
      GammaFunction.logarithm(count + 1) + count * (PortableMath.log(2 * t - 1) - PortableMath.log(count))
    return PortableMath.exp(logarithm)
  }

  /// Four terms of the expansion in powers of 1/√n (Pelz and Good, JRSS B 38, 1976).
  private static func pelzGood(_ n: Double, _ x: Double) -> Double {
    let pi = Double.pi
    let z = n.squareRoot() * x
    let z2 = z * z, z3 = z2 * z, z4 = z2 * z2, z6 = z4 * z2, z7 = z6 * z, z8 = z4 * z4, z10 = z8 * z2
    let pi2 = pi * pi, pi4 = pi2 * pi2, pi6 = pi4 * pi2
    let rootHalfPi = (pi / 2).squareRoot()
    var k0 = 0.0, k1 = 0.0, k2 = 0.0, k2b = 0.0, k3 = 0.0, k3b = 0.0
    for index in 0..<20 {
      let m = Double(index) + 0.5
      let m2 = m * m, m4 = m2 * m2, m6 = m4 * m2
      let w = PortableMath.exp(-pi2 * m2 / (2 * z2))
      k0 += w
      k1 += (pi2 * m2 - z2) * w
      k2 +=
        (6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * m2 + pi4 * (1 - 2 * z2) * m4) * w
      k3 +=
        (-30 * z6 - 90 * z8 + pi2 * (135 * z4 - 96 * z6) * m2 + pi4 * (212 * z4 - 60 * z2) * m4
          + pi6 * (5 - 30 * z2) * m6) * w
      let j = Double(index) + 1
      let j2 = j * j
      let v = PortableMath.exp(-pi2 * j2 / (2 * z2))
      k2b += pi2 * j2 * v
      k3b += (3 * pi2 * j2 * z2 - pi4 * j2 * j2) * v
    }
    let root2Pi = (2 * pi).squareRoot()
    let first = k0 * root2Pi / z
    let second = k1 * rootHalfPi / (3 * z4)
    let third = k2 * rootHalfPi / (36 * z7) - k2b * rootHalfPi / (18 * z3)
    let fourth = k3 * rootHalfPi / (3240 * z10) + k3b * rootHalfPi / (108 * z6)
    let root = n.squareRoot()
    return first + second / root + third / n + fourth / (n * root)
  }
}
