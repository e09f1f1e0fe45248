/// Strict reading of documents of our own: each method takes one kind and names path and remedy otherwise.
extension JSONValue {
  /// Reads an object whose keys are all known.
  ///
  /// - Returns: A reader that remembers which members were asked for.
  /// - Throws: ``JSONError`` `wrongType` for other kinds.
  public func object() throws(JSONError) -> JSONObject {
    guard kind == .object else { throw mismatch("an object") }
    return JSONObject(self)
  }

  /// Reads an array.
  ///
  /// - Returns: Its elements.
  /// - Throws: ``JSONError`` `wrongType` for other kinds.
  public func array() throws(JSONError) -> JSONElements {
    guard kind == .array else { throw mismatch("an array") }
    return elements
  }

  /// Reads an array into one of Swift.
  ///
  /// - Parameter transform: Reads one element.
  /// - Returns: What `transform` made of the elements, in order.
  /// - Throws: ``JSONError`` `wrongType` for other kinds, or what `transform` throws.
  public func array<T>(of transform: (JSONValue) throws(JSONError) -> T) throws(JSONError) -> [T] {
    guard kind == .array else { throw mismatch("an array") }
    var result: [T] = []
    result.reserveCapacity(count)
    for element in elements { result.append(try transform(element)) }
    return result
  }

  /// Reads a string.
  ///
  /// - Returns: A copy.
  /// - Throws: ``JSONError`` `wrongType` for other kinds.
  public func requireString() throws(JSONError) -> String {
    guard let string else { throw mismatch("a string") }
    return string
  }

  /// Reads an integer.
  ///
  /// - Returns: The number.
  /// - Throws: ``JSONError`` `wrongType` for other kinds and for numbers with a fraction or exponent,
  ///   `numberOutOfRange` from 2⁶³ on.
  public func requireInt() throws(JSONError) -> Int {
    guard kind == .integer else { throw mismatch("an integer") }
    guard let int64, let integer = Int(exactly: int64) else {
      throw failure(.numberOutOfRange, "an integer below 2^63 is needed here")
    }
    return integer
  }

  /// Reads any number.
  ///
  /// - Returns: The number; integers beyond 2⁵³ are rounded to nearest.
  /// - Throws: ``JSONError`` `wrongType` for other kinds.
  public func requireDouble() throws(JSONError) -> Double {
    guard let double else { throw mismatch("a number") }
    return double
  }

  /// Reads true or false.
  ///
  /// - Returns: The truth value.
  /// - Throws: ``JSONError`` `wrongType` for other kinds.
  public func requireBool() throws(JSONError) -> Bool {
    guard let boolean else { throw mismatch("true or false") }
    return boolean
  }

  private func mismatch(_ needed: String) -> JSONError {
    failure(.wrongType, "\(needed) is needed here, but this is \(kind.withArticle)")
  }
}

extension JSONKind {
  fileprivate var withArticle: String {
    switch self {
    case .object, .array, .integer: "an \(rawValue)"
    case .string, .boolean: "a \(rawValue)"
    case .double: "a number with a fraction or an exponent"
    case .null: rawValue
    }
  }
}
