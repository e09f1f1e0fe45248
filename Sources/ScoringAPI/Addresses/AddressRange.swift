/// A range of IP addresses, written `10.0.0.0/8`, `127.0.0.1` or `fd00::/8`.
struct AddressRange: Sendable, Equatable {
  private let bytes: [UInt8]
  private let bits: Int

  /// Reads a range; nil when the text is none.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
    var bits = bytes.count * 8
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...bits).contains(given) else { return nil }
      bits = given
    }
    self.bytes = bytes
    self.bits = bits
  }

  /// Whether an address lies in the range.
  func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    for index in bytes.indices {
      let covered = min(8, max(0, bits - index * 8))
      let mask = UInt8(truncatingIfNeeded: 0xff00 >> covered)
      guard (bytes[index] ^ other[index]) & mask == 0 else { return false }
    }
    return true
  }

  /// Whether an address is one of the machine's own.
  static func isLoopback(_ address: String) -> Bool {
    guard let bytes = bytes(of: address) else { return address == "localhost" }
    return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }
}
