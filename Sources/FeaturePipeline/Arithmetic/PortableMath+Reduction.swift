extension PortableMath {
  /// ln 2 cut off after 32 bits, so that its product with any exponent of a double is exact.
  static let ln2High = 0x1.62e42feep-1
  /// ln 2 less ``ln2High``.
  static let ln2Low = 0x1.a39ef35793c76p-33

  /// Reduces a power of e to the interval where the series is short.
  ///
  /// With k the integer nearest to x / ln 2 and r = x − k ln 2, |r| ≤ 0.347, eˣ = 2ᵏ eʳ.
  ///
  /// - Parameter x: The exponent, within ±746.
  /// - Returns: k and eʳ in 0.70...1.42, as a double `high` and what it lacks, `low`.
  static func reducedPower(_ x: Double) -> (exponent: Int, high: Double, low: Double) {
    let quotient = (x * 0x1.71547652b82fep0).rounded(.toNearestOrEven)
    // Exact: both operands have few enough bits and lie within a factor of two of each other.
    let nearly = x - quotient * ln2High
    let rest = quotient * ln2Low
    let r = nearly - rest
    // The part of the reduced argument that did not fit into `r`.
    let lost = (nearly - r) - rest

    // r²/2! + r³/3! + … + r¹⁴/14!, from the smallest term up.
    var series = 1.0 / 87_178_291_200
    series = series * r + 1.0 / 6_227_020_800
    series = series * r + 1.0 / 479_001_600
    series = series * r + 1.0 / 39_916_800
    series = series * r + 1.0 / 3_628_800
    series = series * r + 1.0 / 362_880
    series = series * r + 1.0 / 40_320
    series = series * r + 1.0 / 5_040
    series = series * r + 1.0 / 720
    series = series * r + 1.0 / 120
    series = series * r + 1.0 / 24
    series = series * r + 1.0 / 6
    series = series * r + 0.5
    series = series * (r * r)

    let leading = 1 + r
    let tail = (r - (leading - 1)) + (series + (lost + lost * r))
    let high = leading + tail
    return (Int(quotient), high, tail - (high - leading))
  }

  /// Writes a positive number as a significand around 1 and a power of two.
  ///
  /// - Parameter x: A positive finite number, also a subnormal one.
  /// - Returns: The significand in √½..<√2 and the exponent; their product is exactly `x`.
  static func centred(_ x: Double) -> (significand: Double, exponent: Int) {
    var bits = x.bitPattern
    var exponent = -1023
    if bits >> 52 == 0 {
      bits = (x * 0x1p54).bitPattern
      exponent -= 54
    }
    exponent += Int(bits >> 52)
    let significand = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    return significand < 0x1.6a09e667f3bcdp0 ? (significand, exponent) : (significand * 0.5, exponent + 1)
  }

  /// ln((1 + f) 2ᵏ (1 + c)) for a tiny relative correction c.
  ///
  /// With s = f / (2 + f), ln(1 + f) = 2 (s + s³/3 + s⁵/5 + …) and 2s = f − sf. Written around f, which is
  /// exact, only small terms carry rounding errors.
  ///
  /// - Parameters:
  ///   - fraction: f, −0.293...0.415.
  ///   - exponent: The binary exponent k.
  ///   - correction: c, what a rounded 1 + f lacks.
  /// - Returns: The logarithm.
  static func logarithm(fraction: Double, exponent: Int, correction: Double) -> Double {
    let f = fraction
    let s = f / (2 + f)
    let z = s * s
    var series = 2.0 / 25
    series = series * z + 2.0 / 23
    series = series * z + 2.0 / 21
    series = series * z + 2.0 / 19
    series = series * z + 2.0 / 17
    series = series * z + 2.0 / 15
    series = series * z + 2.0 / 13
    series = series * z + 2.0 / 11
    series = series * z + 2.0 / 9
    series = series * z + 2.0 / 7
    series = series * z + 2.0 / 5
    series = series * z + 2.0 / 3
    series = series * z
    let half = 0.5 * f * f
    if exponent == 0 { return f - (half - (s * (half + series) + correction)) }
    let k = Double(exponent)
    return k * ln2High - ((half - (s * (half + series) + (k * ln2Low + correction))) - f)
  }

  /// Multiplies by a power of two with at most one rounding, also into the subnormal range.
  ///
  /// - Parameters:
  ///   - x: A number in 0.5...2.
  ///   - exponent: The power, −1080...1024.
  /// - Returns: x · 2^exponent.
  static func scaled(_ x: Double, exponent: Int) -> Double {
    if exponent < -1021 { return x * powerOfTwo(exponent + 200) * 0x1p-200 }
    if exponent > 1023 { return x * 2 * powerOfTwo(exponent - 1) }
    return x * powerOfTwo(exponent)
  }

  /// A power of two in the normal range.
  ///
  /// - Parameter exponent: −1022...1023.
  /// - Returns: 2^exponent, exactly.
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: exponent + 1023) << 52)
  }

  /// Dekker's product: the rounded product and its exact rounding error, without fused multiply-add.
  ///
  /// - Parameters:
  ///   - a: A factor of moderate size, so that splitting it cannot overflow.
  ///   - b: The other factor.
  /// - Returns: `high + low`, which is exactly a · b.
  static func exactProduct(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let (a1, a2) = split(a)
    let (b1, b2) = split(b)
    let high = a * b
    return (high, ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2)
  }

  /// Veltkamp's split of a double into two halves of 26 bits.
  private static func split(_ x: Double) -> (Double, Double) {
    let widened = 134_217_729 * x
    let high = widened - (widened - x)
    return (high, x - high)
  }
}
