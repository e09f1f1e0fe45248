import StrictJSON

extension Problem {
  /// Says in HTTP's words why a document was refused; the parser's own message may name keys of the payload.
  init(parsing error: JSONError, limits: JSONLimits) {
    let place = error.offset.map { " at byte \($0)" } ?? ""
    switch error.code {
    case .empty: self.init(.emptyBody, "the body is blank", remedy: "send one JSON object")
    case .tooLarge: self = Admission.tooLarge(limits.maximumBytes)
    case .tooManyMembers:
      self.init(.tooLarge, "an object has too many members", remedy: "send at most \(limits.maximumMembers)")
    case .stringTooLong:
      self.init(.tooLarge, "a text is too long", remedy: "send at most \(limits.maximumStringBytes) bytes")
    case .tooDeep:
      self.init(
        .tooDeep,
        "the body is nested too deeply",
        remedy: "nest at most \(limits.maximumDepth) levels"
      )
    case .notUTF8, .byteOrderMark:
      self.init(
        .notUTF8,
        "the body is not plain UTF-8\(place)",
        remedy: "encode it as UTF-8 without byte order mark"
      )
    case .duplicateKey: self.init(.duplicateKey, "an object has a key twice", remedy: "send each key once")
    case .numberOutOfRange:
      self.init(
        .numberOutOfRange,
        "a number does not fit a double or a 64-bit integer\(place)",
        remedy: "send a smaller one"
      )
    case .syntax, .wrongType, .missingKey, .unknownKey, .invalidValue, .outOfMemory:
      self.init(.notJSON, "the body is not JSON\(place)", remedy: "send one complete JSON object, RFC 8259")
    }
  }
}
