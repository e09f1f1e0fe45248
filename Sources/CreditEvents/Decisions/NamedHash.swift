/// A 64-bit hash that never changes: the same on every machine and in every version.
///
/// FNV-1a over the bytes, with the length of each part, and the finaliser of MurmurHash3, which spreads every
/// bit of the sum over all bits of the value. It parts what is different by accident, it does not withstand
/// someone who searches for collisions: see ``DecisionID`` for why nobody gains by one.
struct NamedHash {
  private var sum: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func mix(_ byte: UInt8) {
    sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  /// Mixes eight bytes, least significant first.
  mutating func mix(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      mix(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }

  /// Mixes the length and the UTF-8 bytes of a text, so that neighbours cannot lend each other characters.
  mutating func mix(_ text: String) {
    mix(UInt64(text.utf8.count))
    for byte in text.utf8 {
      mix(byte)
    }
  }

  var value: UInt64 {
    var mixed = sum
    mixed = (mixed ^ mixed >> 33) &* 0xff51_afd7_ed55_8ccd
    mixed = (mixed ^ mixed >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return mixed ^ mixed >> 33
  }
}
