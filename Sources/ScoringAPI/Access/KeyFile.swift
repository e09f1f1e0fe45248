import Crypto
import Foundation
import Settings

/// The file that lists the API keys by their digests.
///
/// ```yaml
/// keys:
///   - name: intake
///     sha256: 2f1c…                 # 64 hexadecimal digits
///     scopes: [score, read]
///     expires: 2027-01-31T00:00:00Z # optional
///     requests_per_second: 500      # optional
///     burst: 1000                   # optional
/// ```
public struct KeyFile: Sendable, Decodable {
  /// One key.
  public struct Entry: Sendable, Decodable {
    /// What logs call it.
    public var name: String
    /// The SHA-256 of the key, hexadecimal.
    public var sha256: String
    /// What it may do.
    public var scopes: [Scope]
    /// From when on it is refused, ISO 8601.
    public var expires: String?
    /// How many requests a second it may make in the long run; nil: the settings' `limits.requests_per_second`.
    public var requestsPerSecond: Int?
    /// How many at once; nil: twice as many as a second.
    public var burst: Int?

    private enum CodingKeys: String, CodingKey {
      case name, sha256, scopes, expires
      case requestsPerSecond = "requests_per_second"
      case burst
    }
  }

  /// The keys.
  public var keys: [Entry]

  /// Makes a new key: 256 random bits.
  ///
  /// - Returns: The key, to be given to the caller and kept nowhere, and its digest for the file.
  public static func generate() -> (key: String, sha256: String) {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=",
      with: ""
    )
    let key = "cs_" + text
    return (key, SHA256.hash(data: Data(key.utf8)).map { Self.hexadecimal($0) }.joined())
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }

  /// Reads a file and makes the ring of its keys.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - defaultRate: Requests a second for keys that name no rate; 0 for no limit.
  /// - Returns: The keys.
  /// - Throws: `SettingsError` with everything that is wrong, by line.
  static func ring(path: String, defaultRate: Int) throws -> KeyRing {
    let file = try YAMLFile(path: path)
    let content = try file.decode(KeyFile.self)
    var problems: [SettingsProblem] = []
    var keys: [AccessKey] = []
    for (index, entry) in content.keys.enumerated() {
      func complain(_ key: String, _ message: String) {
        problems.append(file.problem(at: ["keys", "\(index)", key], message))
      }
      let digest = digest(entry.sha256)
      if digest == nil { complain("sha256", "is no SHA-256: give 64 hexadecimal digits") }
      if entry.name.isEmpty || entry.name.utf8.count > 64 { complain("name", "must have 1 to 64 bytes") }
      if keys.contains(where: { $0.name == entry.name }) {
        complain("name", "stands twice: logs need distinct names")
      }
      if entry.scopes.isEmpty { complain("scopes", "must name at least one of score, read, admin") }
      var expires: Double?
      if let text = entry.expires {
        expires = (try? Date(text, strategy: .iso8601))?.timeIntervalSince1970
        if expires == nil { complain("expires", "is no time: write 2027-01-31T00:00:00Z") }
      }
      let rate = entry.requestsPerSecond ?? defaultRate
      if rate < 0 { complain("requests_per_second", "must be 1 or more, or 0 for no limit") }
      if let burst = entry.burst, burst < 1 { complain("burst", "must be 1 or more") }
      keys.append(
        AccessKey(
          name: entry.name,
          digest: digest ?? [],
          scopes: Set(entry.scopes),
          expires: expires,
          bucket: rate > 0 ? TokenBucket(ratePerSecond: rate, burst: entry.burst ?? 2 * rate) : nil
        )
      )
    }
    guard problems.isEmpty else { throw SettingsError(problems) }
    return KeyRing(keys: keys)
  }

  private static func digest(_ text: String) -> [UInt8]? {
    guard text.utf8.count == 64 else { return nil }
    var bytes: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      guard rest.prefix(2).allSatisfy(\.isHexDigit), let byte = UInt8(rest.prefix(2), radix: 16) else {
        return nil
      }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
