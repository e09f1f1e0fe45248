internal import StrictJSON

/// JSON as a model file; the accessors of the same name in StrictJSON give views, these give copies.
struct JSONModelFileValue: ModelFileValue {
  let value: JSONValue

  var members: [(name: String, value: Self)]? {
    guard value.kind == .object else { return nil }
    return value.members.map { (name: $0.key.string, value: Self(value: $0.value)) }
  }

  var elements: [Self]? {
    value.kind == .array ? value.elements.map(Self.init) : nil
  }

  var elementCount: Int? { value.kind == .array ? value.count : nil }

  var text: String? { value.string }

  var integer: Int64? { value.int64 }

  var floats: [Float]? {
    guard value.kind == .array else { return nil }
    var floats: [Float] = []
    floats.reserveCapacity(value.count)
    for element in value.elements {
      if let number = element.double {
        floats.append(Self.float(number))
      } else if element.string == JSONNotANumber.placeholder {
        floats.append(.nan)
      } else {
        return nil
      }
    }
    return floats
  }

  var integers: [Int64]? {
    guard value.kind == .array else { return nil }
    var integers: [Int64] = []
    integers.reserveCapacity(value.count)
    for element in value.elements {
      guard let number = element.int64 ?? element.boolean.map({ $0 ? 1 : 0 }) else { return nil }
      integers.append(number)
    }
    return integers
  }

  /// Rounds a double that was read from a float's shortest decimal text.
  ///
  /// Rounding twice, to a double and then to a float, gives that float again: tried for all of them, with one
  /// exception, 7.038531e-26, whose double lies halfway between two floats.
  ///
  /// - Parameter double: The double.
  /// - Returns: The float that was written.
  static func float(_ double: Double) -> Float {
    guard double.magnitude == 7.038531e-26 else { return Float(double) }
    return Float(sign: double.sign, exponent: 0, significand: Float(bitPattern: 0x15AE_43FD))
  }
}
