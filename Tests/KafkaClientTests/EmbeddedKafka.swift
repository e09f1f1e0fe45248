import Glibc
import KafkaClient

/// One embedded cluster for all tests that do not break it, and helpers to read from it.
enum EmbeddedKafka {
  private static let shared = Result { try EmbeddedCluster(brokerCount: 3) }

  static func cluster() throws -> EmbeddedCluster { try shared.get() }

  /// A topic nobody else uses, on the shared cluster.
  static func makeTopic(
    _ name: String,
    partitionCount: Int = 1,
    on cluster: EmbeddedCluster? = nil
  ) throws -> String {
    try (cluster ?? shared.get()).createTopic(name, partitionCount: partitionCount)
    return name
  }
}

extension KafkaConsumer {
  /// Polls until so many records have come, or a time has passed.
  func read(_ count: Int, withinMilliseconds milliseconds: Int = 10_000) -> [ConsumedRecord] {
    var records: [ConsumedRecord] = []
    _ = poll(untilMilliseconds: milliseconds) { outcome in
      if case .record(let record) = outcome { records.append(record) }
      return records.count >= count
    }
    return records
  }

  /// Polls until a condition holds; false if it did not in time.
  func poll(untilMilliseconds milliseconds: Int, _ isDone: (PollOutcome) -> Bool) -> Bool {
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(milliseconds)
    while clock.now < deadline {
      if isDone(poll(timeoutMilliseconds: 20)) { return true }
    }
    return false
  }

  /// Polls until every assigned partition has been read to its end; the records on the way.
  func readToEnd(withinMilliseconds milliseconds: Int = 10_000) -> [ConsumedRecord] {
    var records: [ConsumedRecord] = []
    var open = Set(assignment)
    _ = poll(untilMilliseconds: milliseconds) { outcome in
      switch outcome {
      case .record(let record): records.append(record)
      case .endOfPartition(let partition, _): open.remove(partition)
      case .error, .nothing: break
      }
      return open.isEmpty
    }
    return records
  }
}

extension KafkaProducer {
  /// Queues texts.
  func produce(topic: String, partition: Int32? = nil, key: String? = nil, text: String) throws(KafkaError) {
    try produce(
      topic: topic,
      partition: partition,
      key: key.map { Array($0.utf8) },
      value: Array(text.utf8)
    )
  }

  /// Queues bytes.
  func produce(
    topic: String,
    partition: Int32? = nil,
    key: [UInt8]?,
    value: [UInt8]?,
    headers: RecordHeaders = RecordHeaders(),
    timestampMilliseconds: Int64? = nil,
    queueFullTimeoutMilliseconds: Int = 10_000
  ) throws(KafkaError) {
    try withBytes(key) { key throws(KafkaError) in
      try withBytes(value) { value throws(KafkaError) in
        try produce(
          topic: topic,
          partition: partition,
          key: key,
          value: value,
          headers: headers,
          timestampMilliseconds: timestampMilliseconds,
          queueFullTimeoutMilliseconds: queueFullTimeoutMilliseconds
        )
      }
    }
  }
}

extension TransactionalProducer {
  /// Queues a text.
  func produce(topic: String, partition: Int32? = nil, text: String) throws(KafkaError) {
    try withBytes(Array(text.utf8)) { value throws(KafkaError) in
      try produce(topic: topic, partition: partition, key: nil, value: value)
    }
  }
}

extension ConsumedRecord {
  var text: String? { value.map { String(decoding: $0, as: UTF8.self) } }
}

/// Lends an array's bytes, nil staying nil.
func withBytes<R>(
  _ bytes: [UInt8]?,
  _ body: (UnsafeRawBufferPointer?) throws(KafkaError) -> R
) throws(KafkaError) -> R {
  guard let bytes else { return try body(nil) }
  let result = bytes.withUnsafeBytes { buffer in
    Result<R, KafkaError> { () throws(KafkaError) in try body(buffer) }
  }
  return try result.get()
}

/// Whether a condition comes true within ten seconds, without anybody polling.
func eventually(_ condition: () -> Bool) -> Bool {
  let clock = ContinuousClock()
  let deadline = clock.now + .seconds(10)
  while clock.now < deadline {
    if condition() { return true }
    usleep(20_000)
  }
  return false
}

/// The error an operation throws.
func kafkaError<R>(_ body: () throws(KafkaError) -> R) -> KafkaError? {
  do throws(KafkaError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
