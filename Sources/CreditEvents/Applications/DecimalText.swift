/// Numbers written as decimal text: reading them, and the one text of a number that stands for a category.
enum DecimalText {
  /// The shape of a text that is a number.
  struct Shape {
    /// Whether it is exactly a JSON number: no plus sign, no leading zeros, digits around the point.
    var isJSON: Bool
    /// Whether it has neither point nor exponent.
    var isInteger: Bool
    /// All digits as one integer, if they fit.
    var significand: UInt64?
    var isNegative: Bool
    /// The power of ten to multiply the significand with.
    var exponent: Int
  }

  /// Reads a decimal number, correctly rounded.
  ///
  /// Understood are an optional sign, digits with an optional point (at least one digit) and an optional
  /// exponent; not the words and hexadecimal forms of C.
  ///
  /// - Parameter utf8: The text, without blanks around it.
  /// - Returns: The number, infinite when it is too large, or nil when the text is no number.
  static func double(_ utf8: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let shape = shape(of: utf8) else { return nil }
    return double(shape, utf8)
  }

  static func double(_ shape: Shape, _ utf8: UnsafeBufferPointer<UInt8>) -> Double {
    // Clinger's fast path: both factors are exact doubles, so the one operation rounds correctly.
    if let significand = shape.significand, significand < 1 << 53, abs(shape.exponent) <= 22 {
      let power = powersOfTen[abs(shape.exponent)]
      let magnitude = shape.exponent < 0 ? Double(significand) / power : Double(significand) * power
      return shape.isNegative ? -magnitude : magnitude
    }
    // The shape is checked, so the standard library's correctly rounded reading cannot fail.
    return Double(String(decoding: utf8, as: UTF8.self)) ?? .nan
  }

  static func shape(of utf8: UnsafeBufferPointer<UInt8>) -> Shape? {
    var shape = Shape(isJSON: true, isInteger: true, significand: 0, isNegative: false, exponent: 0)
    var position = 0
    if let first = utf8.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      shape.isNegative = first == UInt8(ascii: "-")
      shape.isJSON = shape.isNegative
      position = 1
    }
    let whole = readDigits(utf8, &position, into: &shape)
    let hasLeadingZero = whole > 1 && utf8[position - whole] == UInt8(ascii: "0")
    if whole == 0 || hasLeadingZero { shape.isJSON = false }
    if position < utf8.count, utf8[position] == UInt8(ascii: ".") {
      position += 1
      let fraction = readDigits(utf8, &position, into: &shape)
      guard whole + fraction > 0 else { return nil }
      if fraction == 0 { shape.isJSON = false }
      shape.isInteger = false
      shape.exponent = -fraction
    } else if whole == 0 {
      return nil
    }
    if position < utf8.count, utf8[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      guard let exponent = readExponent(utf8, &position) else { return nil }
      shape.isInteger = false
      shape.exponent += exponent
    }
    return position == utf8.count ? shape : nil
  }

  private static func readDigits(
    _ utf8: UnsafeBufferPointer<UInt8>,
    _ position: inout Int,
    into shape: inout Shape
  ) -> Int {
    let start = position
    while position < utf8.count, case let digit = utf8[position] &- UInt8(ascii: "0"), digit < 10 {
      if let significand = shape.significand {
        let (product, overflows) = significand.multipliedReportingOverflow(by: 10)
        let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
        shape.significand = overflows || carries ? nil : sum
      }
      position += 1
    }
    return position - start
  }

  private static func readExponent(_ utf8: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int? {
    var isNegative = false
    if position < utf8.count, utf8[position] == UInt8(ascii: "-") || utf8[position] == UInt8(ascii: "+") {
      isNegative = utf8[position] == UInt8(ascii: "-")
      position += 1
    }
    let start = position
    var exponent = 0
    while position < utf8.count, case let digit = utf8[position] &- UInt8(ascii: "0"), digit < 10 {
      // Beyond this every number is zero or infinite; more digits must not overflow.
      exponent = min(exponent * 10 + Int(digit), 100_000)
      position += 1
    }
    return position == start ? nil : isNegative ? -exponent : exponent
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
}
