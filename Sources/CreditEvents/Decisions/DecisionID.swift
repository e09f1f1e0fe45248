/// The identity of a decision, derived from the record it answers.
///
/// The same record always gets the same id, so a reader that cannot read transactions drops duplicates by it.
/// It is a UUID of version 8 (RFC 9562), so that databases store it in sixteen bytes, and its 122 free bits are,
/// from the first: 22 bits of the partition, 52 bits of the offset, and 48 bits of a hash over topic, partition,
/// offset and application id. Within one topic no two ids are equal, by construction and not by chance, below
/// four million partitions and 2^52 records in each; nobody who chooses an application's id can change that.
/// The hash parts topics from each other, and a topic from one of the same name that was deleted and created
/// again, where offsets repeat. Ids of one partition sort by offset.
public struct DecisionID: Sendable, Hashable {
  /// The first eight bytes of the UUID, most significant first.
  public let high: UInt64
  /// The last eight bytes of the UUID.
  public let low: UInt64

  /// Derives the id of the decision on a record.
  ///
  /// - Parameters:
  ///   - source: Where the record stands.
  ///   - applicationID: The canonical text of the application's id.
  public init(source: RecordCoordinates, applicationID: String) {
    var hash = NamedHash()
    hash.mix(source.topic)
    hash.mix(UInt64(bitPattern: Int64(source.partition)))
    hash.mix(UInt64(bitPattern: source.offset))
    hash.mix(applicationID)
    let partition = UInt64(truncatingIfNeeded: source.partition) & 0x3f_ffff
    let offset = UInt64(bitPattern: source.offset) & 0xf_ffff_ffff_ffff
    // 48 bits, version 8, 12 bits; variant 2, 62 bits.
    high = partition << 42 | (offset >> 26) << 16 | 0x8000 | (offset >> 14) & 0xfff
    low = 0x8000_0000_0000_0000 | (offset & 0x3fff) << 48 | hash.value >> 16
  }

  /// Reads the text of an id, as ``description`` writes it; nil when it is not such a UUID of version 8.
  public init?(_ text: String) {
    var digits: [UInt64] = []
    for (position, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where Self.isHyphen(position): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(UInt64(byte - UInt8(ascii: "0")))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digits.append(UInt64(byte - UInt8(ascii: "a") + 10))
      default: return nil
      }
    }
    guard text.utf8.count == 36, digits.count == 32, digits[12] == 8, digits[16] >> 2 == 2 else { return nil }
    high = digits[..<16].reduce(0) { $0 << 4 | $1 }
    low = digits[16...].reduce(0) { $0 << 4 | $1 }
  }

  /// Lends the 36 ASCII characters of the id; no allocation.
  ///
  /// - Parameter body: Reads the characters, which it must not keep.
  /// - Returns: What the body returns.
  public func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
      var digit = 0
      for position in 0..<36 {
        if Self.isHyphen(position) {
          text[position] = UInt8(ascii: "-")
          continue
        }
        let word = digit < 16 ? high : low
        let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit & 15))) & 15
        text[position] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
        digit += 1
      }
      return body(UnsafeBufferPointer(text))
    }
  }

  private static func isHyphen(_ position: Int) -> Bool {
    position == 8 || position == 13 || position == 18 || position == 23
  }
}

extension DecisionID: CustomStringConvertible {
  /// The id as UUIDs are written, for example `00000c00-0000-8000-b039-a46986d2a6d4`.
  public var description: String { withText { String(decoding: $0, as: UTF8.self) } }
}
