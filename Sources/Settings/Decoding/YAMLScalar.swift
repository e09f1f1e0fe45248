/// A type that one scalar is read as.
protocol YAMLScalar {
  /// What is needed, for messages: "a whole number, such as 250".
  static var need: String { get }

  /// Reads a scalar.
  ///
  /// - Parameters:
  ///   - text: Its text.
  ///   - isPlain: False when it is quoted.
  /// - Returns: The value, or nil when the text is none.
  static func read(_ text: String, isPlain: Bool) -> Self?
}

extension String: YAMLScalar {
  static var need: String { "a text" }

  // `version: 1.0` and `reason: no` keep their spelling: what the setting is decides, not what it looks like.
  static func read(_ text: String, isPlain: Bool) -> String? { text }
}

extension Bool: YAMLScalar {
  static var need: String { "true or false" }

  static func read(_ text: String, isPlain: Bool) -> Bool? {
    switch (text, isPlain) {
    case ("true", true), ("True", true), ("TRUE", true): true
    case ("false", true), ("False", true), ("FALSE", true): false
    default: nil
    }
  }
}

extension YAMLScalar where Self: FixedWidthInteger {
  static var need: String { "a whole number from \(Self.min) to \(Self.max)" }

  /// Decimal digits, underscores between them allowed.
  static func read(_ text: String, isPlain: Bool) -> Self? {
    guard isPlain, text.utf8.first != UInt8(ascii: "_"), text.utf8.last != UInt8(ascii: "_") else {
      return nil
    }
    return Self(String(text.utf8.filter { $0 != UInt8(ascii: "_") }.map { Character(Unicode.Scalar($0)) }))
  }
}

extension Int: YAMLScalar { static var need: String { "a whole number, such as 250" } }
extension Int8: YAMLScalar {}
extension Int16: YAMLScalar {}
extension Int32: YAMLScalar {}
extension Int64: YAMLScalar { static var need: String { Int.need } }
extension UInt: YAMLScalar { static var need: String { "a whole number from 0 on" } }
extension UInt8: YAMLScalar {}
extension UInt16: YAMLScalar {}
extension UInt32: YAMLScalar {}
extension UInt64: YAMLScalar { static var need: String { UInt.need } }

extension YAMLScalar where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var need: String { "a number, such as 0.5 or 1.0e9" }

  static func read(_ text: String, isPlain: Bool) -> Self? {
    // Swift would also take hexadecimal, "inf" and "nan"; YAML's own .inf and .nan mean no setting of ours.
    let allowed = text.utf8.allSatisfy { "0123456789+-.eE_".utf8.contains($0) }
    guard isPlain, allowed, let number = Self(text.filter { $0 != "_" }), number.isFinite else { return nil }
    return number
  }
}

extension Double: YAMLScalar {}
extension Float: YAMLScalar {}
