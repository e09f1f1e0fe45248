import Crypto
import Foundation

/// What names the bytes of a file for ever.
enum FileDigest {
  /// The SHA-256 of a file in hexadecimal digits.
  static func sha256(of path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure("\(path): cannot be read", .noInput)
    }
    var hash = SHA256()
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(data: chunk) }
    return hash.finalize().map { String(format: "%02x", $0) }.joined()
  }
}
