/// Elementary functions whose results have the same bits on every processor.
///
/// A decision must replay to the byte on any machine, and the C library's `exp` and `log` do not: glibc
/// chooses at run time between variants with and without fused multiply-add, which differ in the last bit.
/// These functions use only `+ - * /` and exact scaling by powers of two, in one fixed order; Swift never
/// contracts a product and a sum into one instruction.
///
/// Each result is within one unit in the last place (ulp) of the true value; special values follow IEEE 754:
/// NaN gives NaN, `log(0)` is −∞, `log` of a negative number is NaN. The polynomials are the Taylor series
/// themselves, long enough that what is cut off is far below half an ulp.
public enum PortableMath {
  /// The Napierian base raised to a power.
  ///
  /// Results below the normal range are subnormal numbers, and 0 below these; above it, +∞.
  ///
  /// - Parameter x: The exponent.
  /// - Returns: eˣ, within one ulp.
  public static func exp(_ x: Double) -> Double {
    guard x == x else { return x }
    guard x < 709.79 else { return .infinity }
    guard x > -745.14 else { return 0 }
    let power = reducedPower(x)
    return scaled(power.high, exponent: power.exponent)
  }

  /// The natural logarithm.
  ///
  /// - Parameter x: A number; the logarithm of 0 is −∞ and that of a negative number is NaN.
  /// - Returns: ln x, within one ulp.
  public static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else {
      return x == 0 ? -.infinity : x == .infinity ? x : .nan
    }
    let (significand, exponent) = centred(x)
    return logarithm(fraction: significand - 1, exponent: exponent, correction: 0)
  }

  /// The natural logarithm of one plus a number, exact also where the number is tiny.
  ///
  /// - Parameter x: A number; −1 gives −∞ and less gives NaN.
  /// - Returns: ln(1 + x), within one ulp.
  public static func log1p(_ x: Double) -> Double {
    guard x > -1, x < .infinity else {
      return x == -1 ? -.infinity : x == .infinity ? x : .nan
    }
    // Below 2⁻⁵⁴ the next term of the series, x²/2, cannot change the last bit.
    guard x.magnitude > 0x1p-54 else { return x }
    // Near 0, one plus the number need not be formed at all, and nothing of it is lost.
    if x > -0.2928, x < 0.4142 { return logarithm(fraction: x, exponent: 0, correction: 0) }
    let sum = 1 + x
    // What the addition rounded away, relative to the sum.
    let lost = x > 1 ? 1 - (sum - x) : x - (sum - 1)
    let (significand, exponent) = centred(sum)
    return logarithm(fraction: significand - 1, exponent: exponent, correction: lost / sum)
  }

  /// The logistic function, which turns a margin (log-odds) into a probability.
  ///
  /// - Parameter x: A margin.
  /// - Returns: 1 / (1 + e⁻ˣ) within one ulp, 0...1, also far out in the tails where 1 − probability is lost.
  public static func sigmoid(_ x: Double) -> Double {
    guard x == x else { return x }
    if x > 40 { return 1 }
    // Here the denominator 1 + eˣ differs from 1 by less than a thirtieth of an ulp.
    if x < -40 { return exp(x) }
    let power = reducedPower(-x.magnitude)
    // The smaller power, e^−|x|, as the unevaluated sum `high + low`; scaling by 2ᵏ is exact in this range.
    let scale = powerOfTwo(power.exponent)
    let high = power.high * scale
    let low = power.low * scale
    let denominator = 1 + high
    let denominatorLow = (high - (denominator - 1)) + low
    let numerator = x < 0 ? high : 1
    let numeratorLow = x < 0 ? low : 0
    let quotient = numerator / denominator
    // One step of Newton's correction with the exact remainder of the division.
    let product = exactProduct(quotient, denominator)
    let remainder = ((numerator - product.high) - product.low) + numeratorLow - quotient * denominatorLow
    return quotient + remainder / denominator
  }

  /// The natural logarithm in single precision, correctly rounded but for about one argument in 2²⁸.
  ///
  /// - Parameter x: A number; special values as for the double-precision function.
  /// - Returns: ln x.
  public static func log(_ x: Float) -> Float {
    Float(log(Double(x)))
  }
}
