internal import StrictJSON

extension FieldParser {
  /// The value of a JSON value, whatever its kind.
  ///
  /// - Parameters:
  ///   - json: The value of the field's member.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the value is none of the field's.
  func value(
    of json: JSONValue,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    switch json.kind {
    case .null: return .nan
    case .double: return try value(ofNumber: json.double ?? .nan, code: code)
    case .integer:
      // From 2^63 on only the text of a category still needs the exact digits.
      if let integer = json.int64 { return try value(ofInteger: integer, code: code) }
      if field.kind == .number { return try value(ofNumber: json.double ?? .nan, code: code) }
      var digits = String(json.uint64 ?? 0)
      return try digits.withUTF8 { result(ofString: $0, code: code) }.get()
    case .boolean: return try value(ofBoolean: json.boolean ?? false, code: code)
    case .string:
      return try json.withUTF8 { result(ofString: $0, code: code) }?.get() ?? .nan
    case .object, .array: throw .notAScalar
    }
  }
}
