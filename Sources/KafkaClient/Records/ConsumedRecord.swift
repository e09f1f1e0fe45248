import CLibrdkafka
import Glibc

/// One record read from a partition; its key, value and headers are views into librdkafka's memory.
///
/// **Ownership:** this object owns the `rd_kafka_message_t` (`rd_kafka_message_destroy`) and keeps the client
/// alive. Release every record before the consumer is closed: a client cannot be destroyed while its messages
/// live.
///
/// **Thread:** one at a time; reading headers parses them in place.
@safe public final class ConsumedRecord {
  /// The topic's name.
  public let topic: String
  private let message: UnsafeMutablePointer<rd_kafka_message_t>
  private let client: ClientHandle

  init(owning message: UnsafeMutablePointer<rd_kafka_message_t>, topic: String, client: ClientHandle) {
    unsafe self.message = message
    self.topic = topic
    self.client = client
  }

  deinit { unsafe rd_kafka_message_destroy(message) }

  /// The partition's number.
  public var partition: Int32 { unsafe message.pointee.partition }

  /// The record's place in its partition.
  public var offset: Int64 { unsafe message.pointee.offset }

  /// Topic and partition.
  public var topicPartition: TopicPartition { TopicPartition(topic, partition) }

  /// The record's time in milliseconds since 1970, nil if it has none.
  public var timestampMilliseconds: Int64? {
    var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    let time = unsafe rd_kafka_message_timestamp(message, &kind)
    return kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : time
  }

  /// The number of bytes of key and value.
  public var byteCount: Int { unsafe message.pointee.key_len + message.pointee.len }

  /// Calls a closure with the key's bytes, nil for a null key; they are valid only inside.
  public func withKey<R, E: Error>(_ body: (UnsafeRawBufferPointer?) throws(E) -> R) throws(E) -> R {
    guard let key = unsafe message.pointee.key else { return try body(nil) }
    return try unsafe body(UnsafeRawBufferPointer(start: key, count: message.pointee.key_len))
  }

  /// Calls a closure with the value's bytes, nil for a null value (tombstone); they are valid only inside.
  public func withValue<R, E: Error>(_ body: (UnsafeRawBufferPointer?) throws(E) -> R) throws(E) -> R {
    guard let value = unsafe message.pointee.payload else { return try body(nil) }
    return try unsafe body(UnsafeRawBufferPointer(start: value, count: message.pointee.len))
  }

  /// A copy of the key's bytes, nil for a null key.
  public var key: [UInt8]? {
    unsafe withKey { key in unsafe key.map { unsafe [UInt8]($0) } }
  }

  /// A copy of the value's bytes, nil for a null value.
  public var value: [UInt8]? {
    unsafe withValue { value in unsafe value.map { unsafe [UInt8]($0) } }
  }

  /// Calls a closure with every header in order; the bytes are valid only inside.
  public func forEachHeader<E: Error>(
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(E) -> Void
  ) throws(E) {
    var headers: OpaquePointer?
    guard unsafe rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    var index = 0
    while true {
      var name: UnsafePointer<CChar>?
      var value: UnsafeRawPointer?
      var size = 0
      let result = unsafe rd_kafka_header_get_all(headers, index, &name, &value, &size)
      guard result == RD_KAFKA_RESP_ERR_NO_ERROR, let name = unsafe name else { return }
      let nameBytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
      let valueBytes = unsafe value.map { unsafe UnsafeRawBufferPointer(start: $0, count: size) }
      try unsafe body(nameBytes, valueBytes)
      index += 1
    }
  }

  /// A copy of the headers.
  public var headers: RecordHeaders {
    var copy = RecordHeaders()
    unsafe forEachHeader { name, value in unsafe copy.append(name, value) }
    return copy
  }
}
