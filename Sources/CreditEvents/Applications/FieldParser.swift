/// The one meaning of a cell: text of a table or a JSON scalar of an event, to the value of a field.
///
/// Both ways agree: the text of a cell and the JSON value that ``ApplicationEncoder`` writes for it have the
/// same value. Blanks around a text carry no meaning. An empty text and the field's `missingTexts` are missing
/// in every kind of field. A number must be a number: a JSON string that holds digits is refused, because a
/// producer that quotes its numbers has lost their type. Minus zero is zero.
public struct FieldParser: Sendable {
  /// The field whose values are parsed.
  public let field: Field
  private let missing: [[UInt8]]
  private let missingNumbers: [Double]
  private let off: [UInt8]
  private let on: [UInt8]

  /// Prepares the parser of a field.
  public init(_ field: Field) {
    self.field = field
    missing = field.missingTexts.map(CanonicalText.bytes)
    missingNumbers = missing.compactMap { $0.withUnsafeBufferPointer(DecimalText.double) }
    off = CanonicalText.bytes(of: field.flagLabels?.off ?? "0")
    on = CanonicalText.bytes(of: field.flagLabels?.on ?? "1")
  }

  /// The value of a cell of a table.
  ///
  /// - Parameters:
  ///   - utf8: The cell's text, quotes removed.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the text is none of the field's values.
  public func value(
    ofCell utf8: UnsafeBufferPointer<UInt8>,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    try result(ofCell: utf8, code: code).get()
  }

  /// The value of a cell of a table, for closures that cannot throw a typed error.
  func result(
    ofCell utf8: UnsafeBufferPointer<UInt8>,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) -> Result<Double, FieldProblem> {
    let text = Self.trimmed(utf8)
    guard field.kind == .number, !isMissing(text) else { return result(ofString: text, code: code) }
    guard let number = DecimalText.double(text) else { return .failure(.notANumber) }
    return result(ofNumber: number, code: code)
  }

  /// The value of a JSON string.
  ///
  /// - Parameters:
  ///   - utf8: The string, escapes resolved.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the string is none of the field's values.
  public func value(
    ofString utf8: UnsafeBufferPointer<UInt8>,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    try result(ofString: utf8, code: code).get()
  }

  /// The value of a JSON string, for closures that cannot throw a typed error.
  func result(
    ofString utf8: UnsafeBufferPointer<UInt8>,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) -> Result<Double, FieldProblem> {
    CanonicalText.with(Self.trimmed(utf8)) { self.value(ofCanonical: $0, code: code) }
  }

  /// The value of a JSON number with a fraction or an exponent, or of a number that was read before.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the number is none of the field's values or not finite.
  public func value(
    ofNumber number: Double,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    try result(ofNumber: number, code: code).get()
  }

  private func result(
    ofNumber number: Double,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) -> Result<Double, FieldProblem> {
    guard number.isFinite else { return .failure(.numberOutOfRange) }
    guard field.kind == .number else {
      return CanonicalText.with(number: number) { self.value(ofCanonical: $0, code: code) }
    }
    if !missingNumbers.isEmpty && missingNumbers.contains(number) { return .success(.nan) }
    return .success(number == 0 ? 0 : number)
  }

  /// The value of a JSON integer.
  ///
  /// - Parameters:
  ///   - integer: The integer.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the integer is none of the field's values.
  public func value(
    ofInteger integer: Int64,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    guard field.kind != .number else { return try value(ofNumber: Double(integer), code: code) }
    let value = CanonicalText.with(integer: integer) { self.value(ofCanonical: $0, code: code) }
    return try value.get()
  }

  /// The value of a JSON boolean: of a flag, or the category `true` or `false`.
  ///
  /// - Parameters:
  ///   - boolean: The boolean.
  ///   - code: The code of a canonical category text, nil for an unseen one; called for categories only.
  /// - Returns: The value; NaN is missing, ``Application/unseenCategory`` an unseen category.
  /// - Throws: ``FieldProblem`` when the field is a number.
  public func value(
    ofBoolean boolean: Bool,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(FieldProblem) -> Double {
    guard field.kind != .number else { throw .notANumber }
    var text = boolean ? "true" : "false"
    return try text.withUTF8 { self.value(ofCanonical: $0, code: code) }.get()
  }

  private func value(
    ofCanonical text: UnsafeBufferPointer<UInt8>,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) -> Result<Double, FieldProblem> {
    if isMissing(text) { return .success(.nan) }
    switch field.kind {
    case .number: return .failure(.notANumber)
    case .category: return .success(code(text).map(Double.init) ?? Application.unseenCategory)
    case .flag:
      if text.elementsEqual(off) { return .success(0) }
      if text.elementsEqual(on) { return .success(1) }
      if text.elementsEqual("false".utf8) { return .success(0) }
      if text.elementsEqual("true".utf8) { return .success(1) }
      return .failure(.notAFlag)
    }
  }

  private func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.isEmpty { return true }
    for candidate in missing where candidate.count == text.count && text.elementsEqual(candidate) {
      return true
    }
    return false
  }

  /// The text without the ASCII blanks around it.
  static func trimmed(_ utf8: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = utf8.count
    while start < end, isBlank(utf8[start]) {
      start += 1
    }
    while end > start, isBlank(utf8[end - 1]) {
      end -= 1
    }
    return UnsafeBufferPointer(rebasing: utf8[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
