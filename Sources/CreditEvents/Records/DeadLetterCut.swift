/// What of a record its dead letter does not carry whole, because the topic would refuse it.
///
/// The record itself stands in its topic at the coordinates that the dead letter names; the hash tells whether it is the one.
public struct DeadLetterCut: Sendable, Equatable {
  /// A part of a record that can be left out or shortened.
  public enum Part: String, Sendable, CaseIterable {
    /// Only its first bytes are there.
    case value
    /// The record's own headers are left out.
    case headers
    /// The key is left out.
    case key
    /// The dead letter has the time of its writing.
    case timestamp
  }

  /// What is not whole, in the order of ``Part``'s cases.
  public var parts: [Part]
  /// The length of the whole value in bytes; 0 for a tombstone.
  public var valueBytes: Int
  /// The SHA-256 of the whole value, 64 lower-case hexadecimal digits.
  public var sha256: String
  /// The record's timestamp, milliseconds since 1970; −1 when it has none.
  public var timestamp: Int64

  /// Describes a dead letter that is not whole.
  ///
  /// - Parameters:
  ///   - parts: What is not whole, at least one.
  ///   - valueBytes: The length of the whole value.
  ///   - sha256: The SHA-256 of the whole value in hexadecimal digits.
  ///   - timestamp: The record's timestamp, milliseconds since 1970; −1 when it has none.
  public init(parts: [Part], valueBytes: Int, sha256: String, timestamp: Int64) {
    self.parts = parts
    self.valueBytes = valueBytes
    self.sha256 = sha256
    self.timestamp = timestamp
  }
}

extension DeadLetterCut {
  /// The headers' names.
  enum Name {
    static let cut = "creditstream.original.cut"
    static let bytes = "creditstream.original.bytes"
    static let sha256 = "creditstream.original.sha256"
    static let timestamp = "creditstream.original.timestamp"
  }

  var headers: [(name: String, value: String)] {
    [
      (Name.cut, parts.map(\.rawValue).joined(separator: ",")),
      (Name.bytes, String(valueBytes)),
      (Name.sha256, sha256),
      (Name.timestamp, String(timestamp)),
    ]
  }

  /// Reads the cut back; nil when the dead letter is whole.
  init?(headers: [String: String]) {
    guard let cut = headers[Name.cut], let sha256 = headers[Name.sha256],
      let valueBytes = headers[Name.bytes].flatMap({ Int($0) }),
      let timestamp = headers[Name.timestamp].flatMap({ Int64($0) })
    else { return nil }
    let parts = cut.split(separator: ",").compactMap { Part(rawValue: String($0)) }
    self.init(parts: parts, valueBytes: valueBytes, sha256: sha256, timestamp: timestamp)
  }
}
