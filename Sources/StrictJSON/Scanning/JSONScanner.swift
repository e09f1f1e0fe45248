internal import CSimdjson

/// Walks a JSON text from front to back without building anything: what is read is converted, what is passed over is
/// only checked.
///
/// It knows the usual forms and gives up on the others: an escape in a string, a number that needs more than a double
/// or a 64-bit integer, a limit that is exceeded, any offence against RFC 8259. Giving up is a nil or a false and means
/// nothing but "ask ``JSONParser``", which reads everything and tells what is wrong. So whatever this scanner accepts,
/// the parser accepts as well, with the same values; only keys that stand twice are the caller's care.
///
/// Everything read and passed over is held to the grammar; that the bytes are UTF-8 is checked at the end, by
/// ``finish()``.
public struct JSONScanner {
  /// A number: its value, and whether it was written without fraction and exponent.
  public struct Number {
    /// The value, correctly rounded.
    public var value: Double
    /// The value of an integer; nil for fractions and exponents.
    public var integer: Int64?

    @inlinable
    init(value: Double, integer: Int64?) {
      self.value = value
      self.integer = integer
    }
  }

  @usableFromInline let start: UnsafePointer<UInt8>
  @usableFromInline let end: UnsafePointer<UInt8>
  @usableFromInline var position: UnsafePointer<UInt8>
  /// What the document may cost.
  public let limits: JSONLimits
  /// All bytes of strings joined by `or`: the highest bit tells whether there was any beyond ASCII.
  @usableFromInline var bits: UInt64 = 0

  /// Starts before a document.
  ///
  /// - Parameters:
  ///   - bytes: The whole document, which must stay where it is while the scanner is used; nil when it is empty.
  ///   - limits: What the document may cost.
  public init?(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
    guard let base = bytes.baseAddress, bytes.count > 0, bytes.count <= limits.maximumBytes else {
      return nil
    }
    start = base.assumingMemoryBound(to: UInt8.self)
    position = start
    end = start + bytes.count
    self.limits = limits
  }

  /// Ends after a document.
  ///
  /// - Returns: Whether nothing follows but blanks, and all strings were UTF-8.
  public mutating func finish() -> Bool {
    guard skipBlanks() == 0, position == end else { return false }
    guard bits & 0x8080_8080_8080_8080 != 0 else { return true }
    return UTF8Check.firstInvalidOffset(UnsafeRawBufferPointer(start: start, count: end - start)) == nil
  }

  /// Passes over blanks.
  ///
  /// - Returns: The next byte, which is not consumed; 0 at the end.
  @inlinable
  @inline(__always)
  public mutating func skipBlanks() -> UInt8 {
    while position < end {
      let byte = position.pointee
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return 0
  }

  /// Consumes one byte of punctuation, and the blanks before it.
  ///
  /// - Parameter byte: The byte.
  /// - Returns: Whether it stood there.
  @inlinable
  @inline(__always)
  public mutating func consume(_ byte: UInt8) -> Bool {
    guard skipBlanks() == byte else { return false }
    position += 1
    return true
  }

  /// Consumes a key that is expected, with its colon.
  ///
  /// - Parameter key: The bytes of the key.
  /// - Returns: Whether exactly this key stood there; if not, nothing is consumed.
  @inlinable
  @inline(__always)
  public mutating func consumeKey(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard skipBlanks() == UInt8(ascii: "\""), end - position > key.count + 2 else { return false }
    let text = UnsafeRawPointer(position + 1)
    guard text.load(fromByteOffset: key.count, as: UInt8.self) == UInt8(ascii: "\"") else { return false }
    guard let expected = UnsafeRawPointer(key.baseAddress) else { return false }
    var offset = 0
    while offset + 8 <= key.count {
      let word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard word == expected.loadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
      bits |= word
      offset += 8
    }
    while offset < key.count {
      let byte = text.load(fromByteOffset: offset, as: UInt8.self)
      guard byte == expected.load(fromByteOffset: offset, as: UInt8.self) else { return false }
      bits |= UInt64(byte)
      offset += 1
    }
    position += key.count + 2
    return consume(UInt8(ascii: ":"))
  }

  /// Consumes any key with its colon.
  ///
  /// - Returns: The bytes of the key; nil when there is none, or it has escapes.
  @inlinable
  public mutating func key() -> UnsafeBufferPointer<UInt8>? {
    guard let key = string(), consume(UInt8(ascii: ":")) else { return nil }
    return key
  }

  /// Consumes a string.
  ///
  /// - Returns: Its bytes; nil when there is none, or it has escapes.
  @inlinable
  public mutating func string() -> UnsafeBufferPointer<UInt8>? {
    guard consume(UInt8(ascii: "\"")) else { return nil }
    let first = position
    var here = position
    // Eight bytes at a time as long as none is a quote, a backslash or a control character.
    while end - here >= 8 {
      let word = UnsafeRawPointer(here).loadUnaligned(as: UInt64.self).littleEndian
      let quotes = word ^ 0x2222_2222_2222_2222
      let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let low: UInt64 = 0x0101_0101_0101_0101
      let special =
        (quotes &- low) & ~quotes | (slashes &- low) & ~slashes | (word &- 0x2020_2020_2020_2020) & ~word
      // Below the first flagged byte all flags are exact.
      let flags = special & 0x8080_8080_8080_8080
      if flags != 0 {
        let count = flags.trailingZeroBitCount >> 3
        if count > 0 { bits |= word & (~0 >> UInt64(64 - 8 * count)) }
        here += count
        break
      }
      bits |= word
      here += 8
    }
    while here < end {
      let byte = here.pointee
      if byte == UInt8(ascii: "\"") {
        position = here + 1
        let count = here - first
        return count <= limits.maximumStringBytes ? UnsafeBufferPointer(start: first, count: count) : nil
      }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
      bits |= UInt64(byte)
      here += 1
    }
    return nil
  }

  /// Consumes a number.
  ///
  /// - Returns: The number; nil when there is none, or it is no double or no 64-bit integer.
  @inlinable
  public mutating func number() -> Number? {
    guard let shape = numberShape() else { return nil }
    if shape.isPlain, shape.digitCount <= 18 {
      let integer = shape.isNegative ? -Int64(shape.significand) : Int64(shape.significand)
      return Number(value: Double(integer), integer: integer)
    }
    guard !shape.isPlain else { return nil }
    if shape.digitCount <= 18, shape.significand < 1 << 53, shape.exponent >= -22, shape.exponent <= 22 {
      // Clinger's fast path: both factors are exact doubles, so the one operation rounds correctly.
      let power = JSONScanner.power(ofTen: shape.exponent.magnitude)
      let magnitude =
        shape.exponent < 0 ? Double(shape.significand) / power : Double(shape.significand) * power
      return Number(value: shape.isNegative ? -magnitude : magnitude, integer: nil)
    }
    return exactDouble(from: shape.first).map { Number(value: $0, integer: nil) }
  }

  /// What a number's text looks like.
  @usableFromInline
  struct NumberShape {
    @usableFromInline var first: UnsafePointer<UInt8>
    @usableFromInline var isNegative: Bool
    /// Neither fraction nor exponent.
    @usableFromInline var isPlain = true
    /// All digits as one integer, wrapped where there are more than 19.
    @usableFromInline var significand: UInt64 = 0
    @usableFromInline var digitCount = 0
    @usableFromInline var exponent = 0

    @inlinable
    init(first: UnsafePointer<UInt8>, isNegative: Bool) {
      self.first = first
      self.isNegative = isNegative
    }
  }

  /// Consumes a number by the grammar alone.
  @inlinable
  mutating func numberShape() -> NumberShape? {
    var byte = skipBlanks()
    var here = position
    var shape = NumberShape(first: here, isNegative: byte == UInt8(ascii: "-"))
    if shape.isNegative {
      here += 1
      guard here < end else { return nil }
      byte = here.pointee
    }
    let whole = here
    while here < end, case let digit = here.pointee &- UInt8(ascii: "0"), digit < 10 {
      shape.significand = shape.significand &* 10 &+ UInt64(digit)
      here += 1
    }
    shape.digitCount = here - whole
    guard shape.digitCount > 0, byte != UInt8(ascii: "0") || shape.digitCount == 1 else { return nil }
    if here < end, here.pointee == UInt8(ascii: ".") {
      shape.isPlain = false
      here += 1
      let fraction = here
      while here < end, case let digit = here.pointee &- UInt8(ascii: "0"), digit < 10 {
        shape.significand = shape.significand &* 10 &+ UInt64(digit)
        here += 1
      }
      guard here > fraction else { return nil }
      shape.exponent = fraction - here
      shape.digitCount += here - fraction
    }
    if here < end, here.pointee | 0x20 == UInt8(ascii: "e") {
      shape.isPlain = false
      here += 1
      var isNegative = false
      if here < end, here.pointee == UInt8(ascii: "-") || here.pointee == UInt8(ascii: "+") {
        isNegative = here.pointee == UInt8(ascii: "-")
        here += 1
      }
      let digits = here
      var exponent = 0
      while here < end, case let digit = here.pointee &- UInt8(ascii: "0"), digit < 10 {
        // More digits than a double can mean are left to the parser.
        guard here - digits < 4 else { return nil }
        exponent = exponent * 10 + Int(digit)
        here += 1
      }
      guard here > digits else { return nil }
      shape.exponent += isNegative ? -exponent : exponent
    }
    position = here
    return shape
  }

  /// Passes over a value of any kind.
  ///
  /// - Parameter depth: How deeply it stands: 1 within the outermost object.
  /// - Returns: Whether it is one that the parser would accept.
  public mutating func skipValue(depth: Int) -> Bool {
    switch skipBlanks() {
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "n"): return word("null")
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "{"): return depth < limits.maximumDepth && skipObject(depth: depth + 1)
    case UInt8(ascii: "["): return depth < limits.maximumDepth && skipArray(depth: depth + 1)
    default:
      guard let shape = numberShape() else { return false }
      // An integer of 64 bits, and a double far from its limits; whatever else there is goes to the parser.
      return shape.digitCount <= 18 && (shape.isPlain || shape.exponent.magnitude <= 250)
    }
  }

  private mutating func skipObject(depth: Int) -> Bool {
    position += 1
    if consume(UInt8(ascii: "}")) { return true }
    var count = 0
    repeat {
      count += 1
      guard count <= limits.maximumMembers, key() != nil, skipValue(depth: depth) else { return false }
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "}"))
  }

  private mutating func skipArray(depth: Int) -> Bool {
    position += 1
    if consume(UInt8(ascii: "]")) { return true }
    repeat {
      guard skipValue(depth: depth) else { return false }
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "]"))
  }

  /// Consumes a word.
  ///
  /// - Parameter text: `null`, `true` or `false`.
  /// - Returns: Whether it stood there.
  @inlinable
  public mutating func word(_ text: StaticString) -> Bool {
    _ = skipBlanks()
    guard end - position >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where position[index] != text.utf8Start[index] { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  @usableFromInline
  func exactDouble(from first: UnsafePointer<UInt8>) -> Double? {
    var value = 0.0
    guard csimdjson_read_double(first, position - first, &value) == 1, value.isFinite else { return nil }
    return value
  }

  @inlinable
  static func power(ofTen exponent: UInt) -> Double {
    var (power, base, left) = (1.0, 10.0, exponent)
    // Up to 10^22 every partial product is exact.
    while left > 0 {
      if left & 1 == 1 { power *= base }
      base *= base
      left >>= 1
    }
    return power
  }
}
