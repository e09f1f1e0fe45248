/// Numbers as bytes that sort like the numbers.
enum HistoryKey {
  /// Four bytes, the most significant first.
  static func bytes(of number: UInt32) -> [UInt8] {
    [UInt8(number >> 24), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
  }

  /// Eight bytes: missing first, then the numbers from the least to the greatest.
  static func bytes(of number: Double) -> [UInt8] {
    var bits: UInt64 = 0
    if number == number {
      bits = number.bitPattern
      bits = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }
    return (0..<8).map { UInt8(bits >> (56 - 8 * UInt64($0)) & 0xFF) }
  }
}
