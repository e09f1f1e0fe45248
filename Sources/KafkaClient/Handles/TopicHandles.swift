import CLibrdkafka

/// The topics a producer writes to (`rd_kafka_topic_t`), found by name.
///
/// A process writes to a handful of topics, so a linear search beats hashing; strings of equal storage
/// compare by pointer.
///
/// **Ownership:** this object; each handle is freed by `rd_kafka_topic_destroy`, before the client, which it
/// keeps alive.
///
/// **Thread:** the producer's.
@safe final class TopicHandles {
  private let client: ClientHandle
  private var entries: [(name: String, raw: OpaquePointer)] = unsafe []

  init(client: ClientHandle) {
    self.client = client
  }

  deinit {
    unsafe entries.forEach { entry in unsafe rd_kafka_topic_destroy(entry.raw) }
  }

  /// The handle of a topic, made at first use.
  func handle(of name: String) throws(KafkaError) -> OpaquePointer {
    for index in unsafe entries.indices where unsafe entries[index].name == name {
      return unsafe entries[index].raw
    }
    guard !name.isEmpty else {
      throw KafkaError(code: .invalidArgument, message: "a topic's name is empty: check the settings")
    }
    guard let raw = unsafe rd_kafka_topic_new(client.raw, name, nil) else {
      throw client.error(rd_kafka_last_error(), "cannot write to topic \"\(name)\"")
    }
    unsafe entries.append((name, raw))
    return unsafe raw
  }
}
