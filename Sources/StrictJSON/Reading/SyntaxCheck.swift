/// Finds the first reason to refuse a text that simdjson refused, and where it stands.
///
/// It runs only over refused documents, so it is written for plainness. It is a whole validator of its own: tests hold
/// its verdict against simdjson's. What it says about a document therefore never depends on simdjson's version.
struct SyntaxCheck {
  private enum State { case value, valueOrEnd, key, keyOrEnd, afterValue }

  private let bytes: UnsafeRawBufferPointer
  private let maximumDepth: Int
  private var position = 0
  private var isObject: [Bool] = []

  init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  /// Reads the whole text.
  ///
  /// - Returns: The first offence, or nil when the text is JSON within the depth.
  mutating func refusal() -> JSONError? {
    if let offset = UTF8Check.firstInvalidOffset(bytes) {
      return JSONError(.notUTF8, "not well-formed UTF-8; write the document as UTF-8", offset: offset)
    }
    do throws(JSONError) {
      try readDocument()
      return nil
    } catch {
      return error
    }
  }

  private mutating func readDocument() throws(JSONError) {
    var state = State.value
    skipSpace()
    guard position < bytes.count else { throw JSONError(.empty, "no JSON value", offset: position) }
    while true {
      skipSpace()
      guard let byte = peek() else {
        guard state == .afterValue, isObject.isEmpty else { throw syntax("the document ends too early") }
        return
      }
      switch state {
      case .value: state = try readValue(byte)
      case .valueOrEnd: state = byte == UInt8(ascii: "]") ? close() : try readValue(byte)
      case .key: state = try readKey(byte)
      case .keyOrEnd: state = byte == UInt8(ascii: "}") ? close() : try readKey(byte)
      case .afterValue: state = try readSeparator(byte)
      }
    }
  }

  private mutating func readValue(_ byte: UInt8) throws(JSONError) -> State {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try open(isObject: byte == UInt8(ascii: "{"))
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "t"): try readWord("true")
    case UInt8(ascii: "f"): try readWord("false")
    case UInt8(ascii: "n"): try readWord("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default: throw syntax("a value is expected here")
    }
    return .afterValue
  }

  private mutating func readKey(_ byte: UInt8) throws(JSONError) -> State {
    guard byte == UInt8(ascii: "\"") else { throw syntax("a key in double quotes is expected here") }
    try readString()
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw syntax("a colon is expected after the key") }
    return .value
  }

  private mutating func readSeparator(_ byte: UInt8) throws(JSONError) -> State {
    guard let inObject = isObject.last else { throw syntax("something follows the document") }
    if byte == UInt8(ascii: ",") {
      position += 1
      return inObject ? .key : .value
    }
    guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw syntax(inObject ? "a comma or } is expected here" : "a comma or ] is expected here")
    }
    return close()
  }

  private mutating func open(isObject opened: Bool) throws(JSONError) -> State {
    guard isObject.count < maximumDepth else {
      throw JSONError(.tooDeep, "nested deeper than \(maximumDepth) levels", offset: position)
    }
    isObject.append(opened)
    position += 1
    return opened ? .keyOrEnd : .valueOrEnd
  }

  private mutating func close() -> State {
    isObject.removeLast()
    position += 1
    return .afterValue
  }
}

// MARK: - Scalars

extension SyntaxCheck {
  private mutating func readWord(_ word: StaticString) throws(JSONError) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[offset]) else { throw syntax("only true, false and null are words of JSON") }
    }
  }

  private mutating func readString() throws(JSONError) {
    position += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return
      case 0..<0x20: throw syntax("a control character must be escaped in a string")
      case UInt8(ascii: "\\"): try readEscape()
      default: position += 1
      }
    }
    throw syntax("the string does not end")
  }

  private mutating func readEscape() throws(JSONError) {
    let start = position
    position += 1
    guard let byte = peek() else { throw syntax("the string does not end") }
    guard byte == UInt8(ascii: "u") else {
      guard "\"\\/bfnrt".utf8.contains(byte) else { throw syntax("no such escape") }
      position += 1
      return
    }
    let first = try readCodeUnit()
    guard UTF16.isSurrogate(first) else { return }
    if UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), peek() == UInt8(ascii: "u") {
      if UTF16.isTrailSurrogate(try readCodeUnit()) { return }
    }
    throw JSONError(.syntax, "half of a surrogate pair is no character", offset: start)
  }

  private mutating func readCodeUnit() throws(JSONError) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw syntax("four hexadecimal digits are expected after \\u")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private mutating func readNumber() throws(JSONError) {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try readDigits() }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      try readDigits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try readDigits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let isInRange =
      isInteger
      ? (isNegative ? Int64(text) != nil : UInt64(text) != nil)
      : Double(text)?.isFinite ?? false
    guard isInRange else {
      throw JSONError(.numberOutOfRange, "the number does not fit 64 bits", offset: start)
    }
  }

  private mutating func readDigits() throws(JSONError) {
    let start = position
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw syntax("a digit is expected here") }
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private func syntax(_ message: String) -> JSONError { JSONError(.syntax, message, offset: position) }
}
