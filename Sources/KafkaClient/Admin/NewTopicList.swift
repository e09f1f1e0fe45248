import CLibrdkafka

/// The `rd_kafka_NewTopic_t` objects of one request.
///
/// **Ownership:** this object; each is freed by `rd_kafka_NewTopic_destroy`. **Thread:** one at a time.
@safe final class NewTopicList {
  private var elements: [OpaquePointer?] = unsafe []

  init(_ topics: [NewTopic]) throws(KafkaError) {
    for topic in topics { try append(topic) }
  }

  deinit {
    unsafe elements.forEach { element in unsafe rd_kafka_NewTopic_destroy(element) }
  }

  private func append(_ topic: NewTopic) throws(KafkaError) {
    let (made, reason) = unsafe withErrorText { text, size in
      unsafe rd_kafka_NewTopic_new(
        topic.name,
        Int32(clamping: topic.partitionCount),
        Int32(clamping: topic.replicationFactor),
        text,
        size
      )
    }
    guard let element = unsafe made else {
      throw KafkaError(code: .invalidArgument, message: "cannot create topic \"\(topic.name)\": \(reason)")
    }
    unsafe elements.append(element)
    for name in topic.settings.names {
      let result = unsafe rd_kafka_NewTopic_set_config(element, name, topic.settings[name])
      try KafkaError.check(result, "cannot set \(name) of topic \"\(topic.name)\"")
    }
  }

  /// Lends the array to a C call, which copies it.
  func withElements(_ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Void) {
    unsafe elements.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress, $0.count) }
  }
}
