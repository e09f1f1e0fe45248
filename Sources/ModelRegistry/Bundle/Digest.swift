import Crypto

/// SHA-256 as text: 64 lower-case hexadecimal digits.
enum Digest {
  /// The digest of some bytes.
  static func sha256(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    return hash.finalize().map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }

  /// The identity of a bundle: the digest over the names and digests of the files that decide.
  ///
  /// Files come in the order of ``BundleFile``, a line `name:digest` each, so that no two different bundles share
  /// the hashed text.
  static func identity(of entries: [BundleManifest.Entry]) -> String {
    let lines = BundleFile.allCases.filter(\.decides).compactMap { file in
      entries.first { $0.file == file }.map { "\(file.rawValue):\($0.sha256)\n" }
    }
    return sha256(lines.joined().utf8)
  }
}
