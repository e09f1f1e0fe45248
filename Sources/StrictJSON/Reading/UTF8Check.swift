/// Well-formedness of UTF-8 by the Unicode Standard, table 3-7.
enum UTF8Check {
  /// Looks for the first byte that begins no well-formed character.
  ///
  /// - Parameter bytes: The text.
  /// - Returns: The offset, or nil when the whole text is well-formed.
  static func firstInvalidOffset(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var position = 0
    while position < bytes.count {
      let lead = bytes[position]
      let length: Int
      switch lead {
      case 0x00...0x7F: length = 1
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default: return position
      }
      guard position + length <= bytes.count else { return position }
      if length > 1 {
        guard secondBytes(after: lead).contains(bytes[position + 1]) else { return position }
        for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[position + offset]) {
          return position
        }
      }
      position += length
    }
    return nil
  }

  /// The second byte is narrower after four leads: no overlong forms, no surrogates, nothing beyond U+10FFFF.
  private static func secondBytes(after lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }
}
