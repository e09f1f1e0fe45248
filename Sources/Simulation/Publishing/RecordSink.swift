import KafkaClient

/// Where records go: a Kafka producer, or memory in tests.
protocol RecordSink {
  func send(topic: String, key: [UInt8], value: [UInt8]?, timestampMilliseconds: Int64) throws
  /// Lets the sink do what is due, and reports that records have been lost.
  func poll() throws
  /// Waits until every record has arrived.
  func flush() throws
}

/// A Kafka producer as a sink.
struct ProducerSink: RecordSink {
  let producer: KafkaProducer
  let flushTimeoutMilliseconds: Int

  func send(topic: String, key: [UInt8], value: [UInt8]?, timestampMilliseconds: Int64) throws {
    try key.withUnsafeBytes { key in
      try withBytes(of: value) { value in
        try producer.produce(
          topic: topic,
          key: key,
          value: value,
          timestampMilliseconds: timestampMilliseconds
        )
      }
    }
  }

  func poll() throws {
    producer.poll()
    // The reason stands in the error that a flush throws.
    if producer.deliveries.failed > 0 { try flush() }
  }

  func flush() throws {
    try producer.flush(timeoutMilliseconds: flushTimeoutMilliseconds)
  }

  private func withBytes(of value: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> Void) throws {
    guard let value else { return try body(nil) }
    try value.withUnsafeBytes { try body($0) }
  }
}
