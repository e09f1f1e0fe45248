/// Writes JSON whose bytes depend on nothing but the calls.
///
/// Numbers are the shortest text that reads back to the same bits, keys come in the order of the calls, only what must
/// be escaped is, and there is no space (or two spaces of indentation when pretty). Once the buffer has grown, writing
/// allocates nothing but for numbers longer than 15 characters.
///
/// - Precondition: Calls follow the grammar: a key before each value in an object, none elsewhere; at most 64 levels.
public struct JSONWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []
  /// Whether each member and element has a line of its own.
  public let isPretty: Bool
  private var depth = 0
  /// One bit a level, the innermost lowest: set inside an object.
  private var objectLevels: UInt64 = 0
  private var isFirst = true
  private var hasKey = false

  /// An empty writer.
  ///
  /// - Parameter pretty: True for one member or element a line.
  public init(pretty: Bool = false) { isPretty = pretty }

  /// Whether everything opened is closed and something is written.
  public var isComplete: Bool { depth == 0 && !isFirst }

  /// Starts anew.
  ///
  /// - Parameter keepCapacity: True to use the buffer again.
  public mutating func removeAll(keepingCapacity keepCapacity: Bool = true) {
    bytes.removeAll(keepingCapacity: keepCapacity)
    depth = 0
    objectLevels = 0
    isFirst = true
    hasKey = false
  }

  /// Opens an object.
  public mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }

  /// Closes the innermost object.
  public mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }

  /// Opens an array.
  public mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }

  /// Closes the innermost array.
  public mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

  /// Writes the key of the next value.
  ///
  /// - Parameter key: Any text; it is escaped. That it occurs once is the caller's care.
  public mutating func key(_ key: String) {
    precondition(isInObject && !hasKey, "a key stands only in an object, once before each value")
    let isPretty = isPretty
    var key = key
    key.withUTF8 { text in
      emit(JSONEscaping.capacity(of: text.count) + 2, separated: true) { target in
        var written = JSONEscaping.write(text, to: target)
        target[written] = UInt8(ascii: ":")
        written += 1
        guard isPretty else { return written }
        target[written] = UInt8(ascii: " ")
        return written + 1
      }
    }
    hasKey = true
  }

  private var isInObject: Bool { depth > 0 && objectLevels & 1 == 1 }

  private mutating func begin(_ byte: UInt8, isObject: Bool) {
    precondition(depth < 64, "JSONWriter writes at most 64 levels")
    emitValue(1) { target in
      target[0] = byte
      return 1
    }
    depth += 1
    objectLevels = objectLevels << 1 | (isObject ? 1 : 0)
    isFirst = true
  }

  private mutating func end(_ byte: UInt8, isObject: Bool) {
    precondition(depth > 0 && isInObject == isObject && !hasKey, "closes what is not open")
    depth -= 1
    objectLevels >>= 1
    if isPretty && !isFirst { breakLine() }
    bytes.append(byte)
    isFirst = false
  }

  private mutating func breakLine() {
    bytes.append(0x0A)
    for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
  }
}

// MARK: - Values

extension JSONWriter {
  /// Writes a string.
  ///
  /// - Parameter text: Any text; quotes, backslashes and control characters are escaped.
  public mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string(utf8: $0) }
  }

  /// Writes a string.
  ///
  /// - Parameter utf8: Its bytes.
  /// - Precondition: They are well-formed UTF-8, as everything that ``JSONParser`` lends is.
  public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
    emitValue(JSONEscaping.capacity(of: utf8.count)) { JSONEscaping.write(utf8, to: $0) }
  }

  /// Writes an integer of any width.
  ///
  /// - Parameter value: ``JSONParser`` reads back −2⁶³ … 2⁶⁴ − 1.
  @inlinable  // Specialised where it is called: witness tables cost more than the digits.
  public mutating func integer(_ value: some BinaryInteger) {
    if let magnitude = UInt64(exactly: value.magnitude) {
      integer(magnitude: magnitude, isNegative: value < 0)
    } else {
      text(String(value))
    }
  }

  @usableFromInline
  mutating func integer(magnitude: UInt64, isNegative: Bool) {
    emitValue(21) { DecimalDigits.write(magnitude, isNegative: isNegative, to: $0) }
  }

  /// Writes a number as the shortest text that reads back to the same double; whole numbers end in `.0`.
  ///
  /// - Parameter value: The number.
  /// - Precondition: It is finite: JSON knows no infinity and no NaN, so write null or nothing for them.
  public mutating func number(_ value: Double) {
    precondition(value.isFinite, "JSON has no text for \(value)")
    text(value.description)
  }

  /// Writes a number as the shortest text that reads back to the same float.
  ///
  /// - Parameter value: The number.
  /// - Precondition: It is finite.
  public mutating func number(_ value: Float) {
    precondition(value.isFinite, "JSON has no text for \(value)")
    text(value.description)
  }

  /// Writes true or false.
  ///
  /// - Parameter value: The truth value.
  public mutating func boolean(_ value: Bool) { text(value ? "true" : "false") }

  /// Writes null.
  public mutating func null() { text("null") }

  /// Writes a value that is JSON text already.
  ///
  /// - Parameter text: The bytes of one value, as another writer made them; they are not checked.
  public mutating func json(_ text: [UInt8]) {
    text.withUnsafeBufferPointer { source in
      emitValue(source.count) { target in
        if let base = source.baseAddress { target.update(from: base, count: source.count) }
        return source.count
      }
    }
  }

  @usableFromInline
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { source in
      emitValue(source.count) { target in
        for position in 0..<source.count { target[position] = source[position] }
        return source.count
      }
    }
  }
}

// MARK: - Bytes

extension JSONWriter {
  private mutating func emitValue(_ capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    precondition(hasKey == isInObject, "a value in an object needs a key, elsewhere none")
    precondition(depth > 0 || isFirst, "a document is one value")
    emit(capacity, separated: !hasKey, body)
    hasKey = false
  }

  /// Appends a comma where one is due, and then what `body` writes; one check for room serves both.
  private mutating func emit(
    _ capacity: Int,
    separated: Bool,
    _ body: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    var needsComma = separated && !isFirst
    if separated && isPretty && depth > 0 {
      if needsComma { bytes.append(UInt8(ascii: ",")) }
      needsComma = false
      breakLine()
    }
    isFirst = false
    bytes.append(addingCapacity: capacity + 1) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in
        guard var target = buffer.baseAddress.map({ $0 + count }) else { return }
        if needsComma {
          target[0] = UInt8(ascii: ",")
          target += 1
          count += 1
        }
        count += body(target)
      }
    }
  }
}
