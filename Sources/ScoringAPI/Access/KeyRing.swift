import Crypto

/// The keys in force.
struct KeyRing: Sendable {
  /// The longest key that is looked at, in bytes.
  static let maximumKeyBytes = 256

  let keys: [AccessKey]

  /// The key that was presented.
  ///
  /// Every stored digest is compared to its end, so that the time taken tells nothing about any of them.
  ///
  /// - Parameter presented: The key as the caller sent it.
  /// - Returns: What is known of it; nil when it is none of ours.
  func key(presented: Substring) -> AccessKey? {
    var text = String(presented.prefix(Self.maximumKeyBytes + 1))
    let digest = text.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
    return digest.withUnsafeBytes { digest in
      var found = -1
      for (index, key) in keys.enumerated() {
        var difference: UInt8 = 0
        for position in 0..<SHA256.byteCount {
          difference |= key.digest[position] ^ digest[position]
        }
        // All ones when nothing differs: the choice takes no branch.
        let mask = (Int(difference) - 1) >> 8
        found = (found & ~mask) | (index & mask)
      }
      return found < 0 ? nil : keys[found]
    }
  }
}
