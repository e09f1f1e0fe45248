import CLibrdkafka

/// A group member's identity and generation at one moment (`rd_kafka_consumer_group_metadata_t`).
///
/// **Ownership:** this value; freed by `rd_kafka_consumer_group_metadata_destroy`. Not to be kept: it is stale
/// after the next rebalance, and only a fresh one lets the coordinator refuse a member that was replaced.
///
/// **Thread:** one at a time.
@safe struct GroupMetadata: ~Copyable {
  let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    unsafe self.raw = raw
  }

  deinit { unsafe rd_kafka_consumer_group_metadata_destroy(raw) }
}

extension KafkaConsumer {
  /// Asks for the member's identity and generation as they are now.
  func groupMetadata() throws(KafkaError) -> GroupMetadata {
    let client = try live()
    guard let raw = unsafe rd_kafka_consumer_group_metadata(client.raw) else {
      throw KafkaError(code: .invalidArgument, message: "the consumer has no group: set group.id")
    }
    return unsafe GroupMetadata(owning: raw)
  }
}
