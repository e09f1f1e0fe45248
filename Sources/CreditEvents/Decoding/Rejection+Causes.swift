internal import StrictJSON

extension Rejection {
  /// The rejection of a field whose value is none of its own.
  init(_ problem: FieldProblem, field: Field) {
    self.init(
      problem == .numberOutOfRange ? .numberOutOfRange : .wrongType,
      field: field.name,
      message: problem.message(for: field)
    )
  }

  /// The rejection of a value that the JSON parser refused.
  ///
  /// The parser's own message is not used: it may name keys, which come from the payload.
  init(_ error: JSONError, schema: ApplicationSchema, limits: JSONLimits) {
    let place = error.offset.map { " at byte \($0)" } ?? ""
    switch error.code {
    case .empty:
      self.init(.emptyValue, message: "the value is blank: send the application as a JSON object")
    case .tooLarge:
      self.init(.tooLarge, message: "the value is too large: send at most \(limits.maximumBytes) bytes")
    case .tooManyMembers:
      self.init(.tooLarge, message: "an object has too many members: send at most \(limits.maximumMembers)")
    case .stringTooLong:
      self.init(.tooLarge, message: "a text is too long: send at most \(limits.maximumStringBytes) bytes")
    case .tooDeep:
      self.init(
        .tooDeep,
        message: "the value is nested too deeply: nest at most \(limits.maximumDepth) levels"
      )
    case .notUTF8:
      self.init(.notUTF8, message: "the value is not UTF-8\(place): encode it as UTF-8")
    case .byteOrderMark:
      self.init(.notUTF8, message: "the value starts with a byte order mark: send UTF-8 without one")
    case .duplicateKey:
      let field = error.path.hasPrefix("$.") ? String(error.path.dropFirst(2)) : ""
      if schema.declares(field) {
        self.init(.duplicateKey, field: field, message: "field \"\(field)\" stands twice: send it once")
      } else {
        self.init(.duplicateKey, message: "an object has a key twice: send each key once")
      }
    case .numberOutOfRange:
      self.init(
        .numberOutOfRange,
        message: "a number does not fit a double or a 64-bit integer\(place): send a smaller one, or text"
      )
    case .syntax, .wrongType, .missingKey, .unknownKey, .invalidValue, .outOfMemory:
      self.init(.notJSON, message: "the value is not JSON\(place): send one complete JSON object, RFC 8259")
    }
  }
}
