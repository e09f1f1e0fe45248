import Crypto

/// Names the bytes of a document, for entity tags.
enum Fingerprint {
  /// The first 16 bytes of the SHA-256, as 32 hexadecimal digits.
  static func text(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).prefix(16).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
