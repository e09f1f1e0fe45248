/// Makes the ids of requests and spans of one event loop; unique, not secret.
struct RequestIdentity {
  private var state: UInt64
  private let prefix: UInt64

  init() {
    state = UInt64.random(in: 1 ... .max)
    prefix = UInt64.random(in: 1 ... .max)
  }

  /// 32 hexadecimal digits.
  mutating func requestID() -> String { Self.hexadecimal(prefix, next()) }

  /// 16 hexadecimal digits.
  mutating func spanID() -> String { Self.hexadecimal(next()) }

  /// SplitMix64: a bijection of a counter, so that no id comes twice.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The caller's id, if it can stand in logs: hexadecimal digits and hyphens, as UUIDs and trace ids are written.
  ///
  /// Anything else might be an applicant's name, and is replaced.
  static func accepted(_ text: String?) -> String? {
    guard let text, (8...64).contains(text.utf8.count) else { return nil }
    let isSafe = text.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66) || byte == 0x2d
    }
    return isSafe ? text : nil
  }

  private static func hexadecimal(_ words: UInt64...) -> String {
    String(unsafeUninitializedCapacity: words.count * 16) { buffer in
      var position = 0
      for word in words {
        for shift in stride(from: 60, through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
          buffer[position] = digit < 10 ? 0x30 + digit : 0x57 + digit
          position += 1
        }
      }
      return position
    }
  }
}
