/// The margin before any tree, computed as the XGBoost that wrote the file computes it.
enum BaseMargin {
  /// Turns a file's base score into a margin.
  ///
  /// - Parameters:
  ///   - baseScore: The base score as saved; finite.
  ///   - objective: Says whether it is a probability or a margin.
  ///   - version: The XGBoost that wrote the file.
  /// - Returns: The margin, or `nil` when the base score is out of its range.
  static func margin(baseScore: Float, objective: Objective, version: XGBoostVersion) -> Float? {
    guard objective.hasProbabilityAsBaseScore else { return baseScore }
    var probability = baseScore
    if version >= XGBoostVersion(major: 3, minor: 2) {
      guard probability >= 0, probability <= 1 else { return nil }
      // Since 3.2, for data in which all labels are equal.
      probability = min(max(probability, 1e-6), 1 - 1e-6)
    }
    guard probability > 0, probability < 1 else { return nil }
    let odds = 1 / probability - 1
    return odds.isFinite ? -logarithm(odds) : nil
  }

  /// The natural logarithm of a positive, normal, finite number, with the bits of glibc's `logf`.
  ///
  /// libxgboost calls `logf`, which is not correctly rounded: for one base score in 900 the nearest float is
  /// another one. Bit-equal margins therefore need its very method: reduce to 2^k · z, look up 1/c and log c
  /// for the sixteenth in which z lies, and add a cubic in r = z/c - 1, all in doubles. The numbers are those
  /// of Arm's Optimized Routines (MIT), which glibc since 2.27, musl and Bionic share.
  ///
  /// - Parameter x: The number.
  /// - Returns: Its logarithm.
  static func logarithm(_ x: Float) -> Float {
    // The smallest z; its bits, taken from those of x, leave the exponent k and the sixteenth on top.
    let offset: UInt32 = 0x3F33_0000
    let shifted = x.bitPattern &- offset
    let sixteenth = Int(shifted >> 19) % 16
    let exponent = Int32(bitPattern: shifted) >> 23
    let z = Double(Float(bitPattern: x.bitPattern &- (shifted & 0xFF80_0000)))
    let (inverse, logarithm) = sixteenths[sixteenth]
    let r = z * inverse - 1
    let start = logarithm + Double(exponent) * 0x1.62e42fefa39efp-1
    let square = r * r
    var y = 0x1.5575b0be00b6ap-2 * r - 0x1.ffffef20a4123p-2
    y = -0x1.00ea348b88334p-2 * square + y
    y = y * square + (start + r)
    return Float(y)
  }

  /// For each sixteenth of the range of z, beginning at 0.699: 1/c and log c, c near its middle.
  private static let sixteenths: [(inverse: Double, logarithm: Double)] = [
    (0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2), (0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2),
    (0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2), (0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3),
    (0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3), (0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3),
    (0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4), (0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4),
    (0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5), (0x1p+0, 0x0p+0),
    (0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5), (0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4),
    (0x1.b2036576afce6p-1, 0x1.526e57720db08p-3), (0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3),
    (0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2), (0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2),
  ]
}
