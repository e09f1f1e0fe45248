import CLibrdkafka

/// What became of the records a producer was given.
struct DeliveryAccount {
  /// Records accepted by `produce`.
  var accepted = 0
  /// Records that will never arrive.
  private(set) var failed = 0
  /// Records thrown away by an abort or a close, on purpose.
  private(set) var purged = 0
  /// The first failure since the last ``forgetFailures()``.
  private(set) var firstFailure: KafkaError?

  mutating func recordFailure(of message: UnsafePointer<rd_kafka_message_t>) {
    let result = unsafe message.pointee.err
    if result == RD_KAFKA_RESP_ERR__PURGE_QUEUE || result == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT {
      purged += 1
      return
    }
    failed += 1
    guard firstFailure == nil else { return }
    let topic = unsafe rd_kafka_topic_name(message.pointee.rkt).map { unsafe String(cString: $0) } ?? "?"
    firstFailure = KafkaError(result: result, "a record for topic \"\(topic)\" was not delivered")
  }

  mutating func forgetFailures() { firstFailure = nil }
}
