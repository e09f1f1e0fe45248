import FeaturePipeline

/// The inverse of the standard normal distribution function.
///
/// Wichura's algorithm AS 241, routine PPND16 (Applied Statistics 37, 1988): three rational functions, about
/// 16 digits. A normal number takes exactly one random draw this way, and no sine or cosine.
enum NormalQuantile {
  /// The number below which a standard normal variable lies with the given probability.
  ///
  /// - Parameter probability: A number of the open interval 0...1.
  /// - Returns: The quantile; −∞ or +∞ at the ends.
  static func value(_ probability: Double) -> Double {
    let centred = probability - 0.5
    guard centred.magnitude > 0.425 else {
      let square = 0.180625 - centred * centred
      return centred * ratio(square, centre)
    }
    let tail = centred < 0 ? probability : 1 - probability
    guard tail > 0 else { return centred < 0 ? -.infinity : .infinity }
    let distance = (-PortableMath.log(tail)).squareRoot()
    let magnitude = distance <= 5 ? ratio(distance - 1.6, shoulder) : ratio(distance - 5, farTail)
    return centred < 0 ? -magnitude : magnitude
  }

  /// Coefficients by ascending power: numerator and denominator of a quotient of two polynomials.
  private typealias Rational = (above: [Double], below: [Double])

  private static let centre: Rational = (
    [
      3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ],
    [
      1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
      39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
    ]
  )

  private static let shoulder: Rational = (
    [
      1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
      1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 0.000774545014278341407640,
    ],
    [
      1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590,
      0.0151986665636164571966, 0.000547593808499534494600, 1.05075007164441684324e-9,
    ]
  )

  private static let farTail: Rational = (
    [
      6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
      0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5,
      2.01033439929228813265e-7,
    ],
    [
      1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
      0.000786869131145613259100, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15,
    ]
  )

  private static func ratio(_ x: Double, _ rational: Rational) -> Double {
    polynomial(x, rational.above) / polynomial(x, rational.below)
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() {
      sum = sum * x + coefficient
    }
    return sum
  }
}
