import CreditEvents
import Crypto
import KafkaClient

/// How much of a record its dead letter carries: all of it, unless the topic would refuse it.
///
/// What does not fit is cut in the order value, headers, key. A dead letter that the topic refuses although it should fit is
/// tried again smaller each time, and then without the record's own timestamp: a topic may refuse that, too.
struct DeadLetterCopy: Equatable {
  /// What a record batch and its framing add, generously.
  static let framing = 1_024
  /// What our own headers may take.
  static let ownHeaders = 1_024
  /// The smallest limit: our headers, and a few bytes of the value to recognise it by.
  static let smallestLimit = 2_560

  /// How many bytes of the value are kept.
  private(set) var valueBytes: Int
  private(set) var keepsHeaders = true
  private(set) var keepsKey = true
  private(set) var keepsTimestamp = true

  /// Fits a record into a topic.
  ///
  /// - Parameters:
  ///   - value: The length of the value in bytes.
  ///   - headers: The bytes that the headers take, framing included.
  ///   - key: The length of the key in bytes.
  ///   - limit: What the topic takes.
  ///   - refusals: How often the dead letter was refused already, for whatever reason.
  init(value: Int, headers: Int, key: Int, limit: Int, refusals: Int) {
    let limit = max(Self.smallestLimit, limit >> min(refusals * 4, 40))
    keepsTimestamp = refusals == 0
    var room = limit - Self.framing - Self.ownHeaders
    // Keys and headers tell what a record is about: they go only when the value's room is not enough.
    if key > room / 2 { keepsKey = false } else { room -= key }
    if headers > room / 2, headers + value > room { keepsHeaders = false } else { room -= headers }
    valueBytes = min(value, room)
  }

  /// The parts that are not whole.
  func cut(ofValue value: Int) -> [DeadLetterCut.Part] {
    var parts: [DeadLetterCut.Part] = []
    if valueBytes < value { parts.append(.value) }
    if !keepsHeaders { parts.append(.headers) }
    if !keepsKey { parts.append(.key) }
    if !keepsTimestamp { parts.append(.timestamp) }
    return parts
  }

  /// Describes what is not whole.
  ///
  /// - Parameter record: The record.
  /// - Returns: What to say about it; nil when everything is whole.
  func cut(of record: ConsumedRecord) -> DeadLetterCut? {
    record.withValue { value in
      let parts = cut(ofValue: value?.count ?? 0)
      guard !parts.isEmpty else { return nil }
      var hash = SHA256()
      if let value { hash.update(bufferPointer: value) }
      return DeadLetterCut(
        parts: parts,
        valueBytes: value?.count ?? 0,
        sha256: Self.hexadecimal(hash.finalize()),
        timestamp: record.timestampMilliseconds ?? -1
      )
    }
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
