/// The escapes that RFC 8259 demands, and no others.
enum JSONEscaping {
  /// The most bytes that a string of so many bytes can take, with its quotes: each may become `\u00XX`.
  static func capacity(of count: Int) -> Int { 6 * count + 2 }

  /// Writes a string in quotes.
  ///
  /// - Parameters:
  ///   - text: Well-formed UTF-8.
  ///   - target: Room for ``capacity(of:)`` bytes.
  /// - Returns: How many bytes were written.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
    target[0] = UInt8(ascii: "\"")
    var written = 1
    if let base = text.baseAddress, isPlain(text) {
      (target + 1).update(from: base, count: text.count)
      written += text.count
    } else {
      for byte in text { written += write(byte, to: target + written) }
    }
    target[written] = UInt8(ascii: "\"")
    return written + 1
  }

  /// Whether nothing needs an escape, as in nearly every string: eight bytes at a time, the last eight overlapping.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 8, let base = UnsafeRawPointer(text.baseAddress) else {
      return !text.contains(where: mustBeEscaped)
    }
    var offset = 0
    while offset < text.count - 8 {
      if holdsEscape(base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { return false }
      offset += 8
    }
    return !holdsEscape(base.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self))
  }

  private static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Whether one of eight bytes is a quote, a backslash or below 0x20 (Mycroft's test for a zero byte, and for less-than).
  private static func holdsEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ ones &* 0x22
    let backslash = word ^ ones &* 0x5C
    let control = (word &- ones &* 0x20) & ~word
    return (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & highs != 0
  }

  private static func write(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
    guard mustBeEscaped(byte) else {
      target[0] = byte
      return 1
    }
    target[0] = UInt8(ascii: "\\")
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): target[1] = byte
    case 0x08: target[1] = UInt8(ascii: "b")
    case 0x09: target[1] = UInt8(ascii: "t")
    case 0x0A: target[1] = UInt8(ascii: "n")
    case 0x0C: target[1] = UInt8(ascii: "f")
    case 0x0D: target[1] = UInt8(ascii: "r")
    default:
      target[1] = UInt8(ascii: "u")
      target[2] = UInt8(ascii: "0")
      target[3] = UInt8(ascii: "0")
      target[4] = hexDigit(byte >> 4)
      target[5] = hexDigit(byte & 0xF)
      return 6
    }
    return 2
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
