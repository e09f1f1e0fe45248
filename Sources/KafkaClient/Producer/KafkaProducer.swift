/// Writes records without transactions: in order per partition, each once as long as this producer lives.
///
/// `produce` only queues; it waits while the queue is full (back-pressure). Whether everything arrived is
/// known after ``flush(timeoutMilliseconds:)`` from ``deliveries``.
///
/// **Ownership:** the client instance is freed by ``close(deadlineMilliseconds:)`` or by `deinit`.
///
/// **Thread:** one thread at a time; callbacks run inside its calls.
public final class KafkaProducer {
  private var writer: RecordWriter?
  private var finalDeliveries = Deliveries()

  /// Makes a producer.
  ///
  /// - Parameters:
  ///   - properties: What differs from ``KafkaProperties/defaults(for:)``.
  ///   - onEvent: Receives errors of the client, log lines and statistics; without it they are not kept.
  /// - Throws: ``KafkaError`` naming the property that is unknown, bad or contradictory.
  public init(
    _ properties: KafkaProperties,
    onEvent: ((KafkaEvent) -> Void)? = nil
  ) throws(KafkaError) {
    writer = try RecordWriter(.producer, properties, onEvent: onEvent)
  }

  /// Queues a record; its bytes are copied once.
  ///
  /// - Parameters:
  ///   - topic: The topic's name.
  ///   - partition: The partition, nil to choose it by the key's hash (murmur2, as Java clients do).
  ///   - key: The key's bytes, nil for a null key.
  ///   - value: The value's bytes, nil for a null value (tombstone).
  ///   - headers: The headers.
  ///   - timestampMilliseconds: The record's time since 1970, nil for now.
  ///   - queueFullTimeoutMilliseconds: How long to wait for room in a full queue.
  /// - Throws: ``KafkaError``; retriable with ``KafkaError/Code/queueFull`` when there was no room in time.
  public func produce(
    topic: String,
    partition: Int32? = nil,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?,
    headers: RecordHeaders = RecordHeaders(),
    timestampMilliseconds: Int64? = nil,
    queueFullTimeoutMilliseconds: Int = 60_000
  ) throws(KafkaError) {
    try unsafe live().produce(
      topic: topic,
      partition: partition,
      key: key,
      value: value,
      headers: headers,
      timestampMilliseconds: timestampMilliseconds,
      queueFullTimeoutMilliseconds: queueFullTimeoutMilliseconds
    )
  }

  /// What became of the records so far.
  public var deliveries: Deliveries {
    guard let writer else { return finalDeliveries }
    return Deliveries(writer.context.deliveries, outstanding: writer.outstanding)
  }

  /// Runs the callbacks that are due; needed only while nothing is produced.
  public func poll(timeoutMilliseconds: Int = 0) {
    writer?.poll(timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Waits until every record is delivered or has failed.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait.
  /// - Throws: ``KafkaError``: the first record's failure since the last flush if one failed; retriable with
  ///   ``KafkaError/Code/timedOut`` when records are still on their way.
  public func flush(timeoutMilliseconds: Int) throws(KafkaError) {
    let writer = try live()
    try writer.flush(timeoutMilliseconds: timeoutMilliseconds)
    guard let failure = writer.context.deliveries.firstFailure else { return }
    writer.context.deliveries.forgetFailures()
    throw failure
  }

  /// Learns where topics live, so that the first record does not wait for it.
  public func prepare(topics: [String], timeoutMilliseconds: Int) throws(KafkaError) {
    try live().prepare(topics: topics, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// The error that ended the client's life, nil as long as it lives.
  public var fatalError: KafkaError? { writer?.client.fatalError }

  /// Flushes, drops what could not be delivered in time, and frees the client.
  ///
  /// - Parameter deadlineMilliseconds: How long the flush may take; freeing has as long again.
  /// - Throws: ``KafkaError`` if records failed or were dropped, or the client could not be freed in time.
  public func close(deadlineMilliseconds: Int = 10_000) throws(KafkaError) {
    guard writer != nil else { return }
    var problem: KafkaError?
    do throws(KafkaError) {
      try flush(timeoutMilliseconds: deadlineMilliseconds)
    } catch {
      problem = error
      writer?.purge()
    }
    finalDeliveries = deliveries
    guard let client = writer?.client else { return }
    writer = nil
    try RecordWriter.free(client, withinMilliseconds: deadlineMilliseconds)
    if let problem { throw problem }
  }

  private func live() throws(KafkaError) -> RecordWriter {
    guard let writer else {
      throw KafkaError(code: .state, message: "the producer is closed: make a new one")
    }
    return writer
  }
}
