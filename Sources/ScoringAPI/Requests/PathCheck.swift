/// Finds paths that try to climb out of where they start.
enum PathCheck {
  /// Whether a path holds `..`, a backslash or a control character, written out or percent-encoded, even twice.
  ///
  /// Files are never looked up by a request's path; whoever sends such a path is told so rather than "not found".
  static func climbs(_ path: Substring) -> Bool {
    var text = Array(path.utf8)
    // An attacker encodes twice for whoever decodes twice.
    for _ in 0..<3 {
      if holdsClimb(text) { return true }
      let decoded = decode(text)
      if decoded == text { return false }
      text = decoded
    }
    return holdsClimb(text)
  }

  private static func holdsClimb(_ text: [UInt8]) -> Bool {
    if text.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 || $0 == 0x7f }) { return true }
    return text.split(separator: UInt8(ascii: "/")).contains { part in
      // `..;` is how some servers write a parameter of a segment.
      part.starts(with: "..".utf8) && (part.count == 2 || part[part.startIndex + 2] == UInt8(ascii: ";"))
    }
  }

  private static func decode(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = digit(text[index + 1]),
        let low = digit(text[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
