import CLibrdkafka

/// Writes records and consumer offsets in transactions: all of one become visible, or none.
///
/// ```
/// initTransactions → (begin → produce … → sendOffsets → commit | abort) …
/// ```
///
/// Every call may be repeated with the same arguments while its error is retriable; see ``KafkaError`` for
/// the order in which its flags count. When a commit's outcome stays unknown, do not abort: close this
/// producer, make a new one with the same `transactional.id` (its ``initTransactions(timeoutMilliseconds:)``
/// completes or discards the old transaction), and go on from the committed offsets.
///
/// **Ownership:** the client instance is freed by ``close(deadlineMilliseconds:)`` or by `deinit`.
///
/// **Thread:** one thread at a time ("the transactional producer API is not thread-safe"); callbacks run
/// inside its calls.
public final class TransactionalProducer {
  private var writer: RecordWriter?
  private var isInTransaction = false
  private var failuresBefore = 0

  /// Makes a producer; it writes nothing before ``initTransactions(timeoutMilliseconds:)``.
  ///
  /// - Parameters:
  ///   - properties: What differs from ``KafkaProperties/defaults(for:)``; `transactional.id` must be set, be
  ///     stable over restarts and belong to this producer alone.
  ///   - onEvent: Receives errors of the client, log lines and statistics; without it they are not kept.
  /// - Throws: ``KafkaError`` naming the property that is missing, unknown, bad or contradictory.
  public init(
    _ properties: KafkaProperties,
    onEvent: ((KafkaEvent) -> Void)? = nil
  ) throws(KafkaError) {
    writer = try RecordWriter(.transactionalProducer, properties, onEvent: onEvent)
  }

  /// Takes over the transactional id: fences its former owner and ends that one's transaction.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait.
  /// - Throws: ``KafkaError``, retriable if no coordinator answered in time.
  public func initTransactions(timeoutMilliseconds: Int) throws(KafkaError) {
    let client = try live().client
    try unsafe KafkaError.check(
      rd_kafka_init_transactions(client.raw, clampedMilliseconds(timeoutMilliseconds))
    )
  }

  /// Begins a transaction; asks no broker.
  public func begin() throws(KafkaError) {
    let writer = try live()
    try unsafe KafkaError.check(rd_kafka_begin_transaction(writer.client.raw))
    writer.context.deliveries.forgetFailures()
    failuresBefore = writer.context.deliveries.failed
    isInTransaction = true
  }

  /// Queues a record of the current transaction; its bytes are copied once.
  ///
  /// - Parameters:
  ///   - topic: The topic's name.
  ///   - partition: The partition, nil to choose it by the key's hash (murmur2, as Java clients do).
  ///   - key: The key's bytes, nil for a null key.
  ///   - value: The value's bytes, nil for a null value (tombstone).
  ///   - headers: The headers.
  ///   - timestampMilliseconds: The record's time since 1970, nil for now.
  ///   - queueFullTimeoutMilliseconds: How long to wait for room in a full queue.
  /// - Throws: ``KafkaError``; an abort is required if the transaction has failed already.
  public func produce(
    topic: String,
    partition: Int32? = nil,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?,
    headers: RecordHeaders = RecordHeaders(),
    timestampMilliseconds: Int64? = nil,
    queueFullTimeoutMilliseconds: Int = 10_000
  ) throws(KafkaError) {
    let writer = try live()
    do throws(KafkaError) {
      try unsafe writer.produce(
        topic: topic,
        partition: partition,
        key: key,
        value: value,
        headers: headers,
        timestampMilliseconds: timestampMilliseconds,
        queueFullTimeoutMilliseconds: queueFullTimeoutMilliseconds
      )
    } catch {
      // librdkafka refuses records after the transaction has failed, and says no more than "state".
      var refusal = error
      refusal.requiresAbort = isInTransaction && error.code == .state
      throw refusal.adding(writer.context.deliveries.firstFailure)
    }
  }

  /// Adds the consumer's progress to the transaction: the offsets move when it commits.
  ///
  /// The group's metadata are asked anew for every call, so that a member that has lost its partitions is
  /// refused by the coordinator (KIP-447), and a member without an identity is refused here.
  ///
  /// - Parameters:
  ///   - offsets: For each partition read in this transaction the last processed offset plus one.
  ///   - consumer: The consumer that read the records.
  ///   - timeoutMilliseconds: How long to wait.
  /// - Throws: ``KafkaError``: invalid if there is no offset or a negative one (librdkafka would silently do
  ///   nothing); with ``KafkaError/Code/assignmentLost``, requiring an abort, if the consumer is a member of a
  ///   group and does not own a partition (any more); otherwise with librdkafka's flags.
  public func sendOffsets(
    _ offsets: [TopicPartition: OffsetAndMetadata],
    of consumer: KafkaConsumer,
    timeoutMilliseconds: Int
  ) throws(KafkaError) {
    let client = try live().client
    try Self.validate(offsets)
    let group = try consumer.groupMetadata(toCommit: offsets.keys)
    let list = TopicPartitionList(offsets)
    try unsafe KafkaError.check(
      rd_kafka_send_offsets_to_transaction(
        client.raw,
        list.raw,
        group.raw,
        clampedMilliseconds(timeoutMilliseconds)
      )
    )
  }

  private static func validate(_ offsets: [TopicPartition: OffsetAndMetadata]) throws(KafkaError) {
    guard !offsets.isEmpty else {
      throw KafkaError(
        code: .invalidArgument,
        message: "no offsets to send: a transaction must move its input"
      )
    }
    for (partition, position) in offsets {
      guard position.offset >= 0, !position.metadata.utf8.contains(0) else {
        throw KafkaError(
          code: .invalidArgument,
          message: "cannot send offset \(position.offset) of \(partition): it must not be negative, and its "
            + "metadata must not contain NUL"
        )
      }
    }
  }

  /// Delivers what is queued and commits; after a retriable error the same call resumes the commit.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait.
  /// - Throws: ``KafkaError`` with librdkafka's flags; if a record could not be delivered, its failure is in
  ///   the message.
  public func commit(timeoutMilliseconds: Int) throws(KafkaError) {
    let writer = try live()
    do throws(KafkaError) {
      try unsafe KafkaError.check(
        rd_kafka_commit_transaction(writer.client.raw, clampedMilliseconds(timeoutMilliseconds))
      )
    } catch {
      throw error.adding(writer.context.deliveries.firstFailure)
    }
    isInTransaction = false
    guard writer.context.deliveries.failed == failuresBefore else {
      throw KafkaError(
        code: .inconsistent,
        message: "the transaction was committed although a record was not delivered",
        isFatal: true
      ).adding(writer.context.deliveries.firstFailure)
    }
  }

  /// Discards the current transaction; after a retriable error the same call resumes the abort.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait.
  /// - Throws: ``KafkaError`` with librdkafka's flags.
  public func abort(timeoutMilliseconds: Int) throws(KafkaError) {
    let client = try live().client
    try unsafe KafkaError.check(
      rd_kafka_abort_transaction(client.raw, clampedMilliseconds(timeoutMilliseconds))
    )
    isInTransaction = false
  }

  /// Waits until every queued record is delivered or has failed; ``commit(timeoutMilliseconds:)`` does so too.
  public func flush(timeoutMilliseconds: Int) throws(KafkaError) {
    try live().flush(timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Learns where topics live, so that the first record of a topic does not wait for it (up to a second).
  public func prepare(topics: [String], timeoutMilliseconds: Int) throws(KafkaError) {
    try live().prepare(topics: topics, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Runs the callbacks that are due; needed only while nothing else is called.
  public func poll(timeoutMilliseconds: Int = 0) {
    writer?.poll(timeoutMilliseconds: timeoutMilliseconds)
  }

  /// What became of the records so far; "delivered" does not mean "committed".
  public var deliveries: Deliveries {
    guard let writer else { return Deliveries() }
    return Deliveries(writer.context.deliveries, outstanding: writer.outstanding)
  }

  /// The error that ended the client's life, nil as long as it lives.
  public var fatalError: KafkaError? { writer?.client.fatalError }

  /// Aborts an open transaction, if the coordinator answers in time, and frees the client.
  ///
  /// A transaction that could not be aborted is discarded by the broker after `transaction.timeout.ms`, or by
  /// the next producer with the same id.
  ///
  /// - Parameter deadlineMilliseconds: How long the abort may take; freeing has as long again.
  /// - Throws: ``KafkaError`` with ``KafkaError/Code/timedOut`` if the client could not be freed in time: end
  ///   the process by `_exit`.
  public func close(deadlineMilliseconds: Int = 10_000) throws(KafkaError) {
    guard let client = writer?.client else { return }
    if isInTransaction, client.fatalError == nil {
      // Whatever comes of it, the transaction does not commit.
      _ = try? abort(timeoutMilliseconds: deadlineMilliseconds)
    }
    writer?.purge()
    writer = nil
    try RecordWriter.free(client, withinMilliseconds: deadlineMilliseconds)
  }

  private func live() throws(KafkaError) -> RecordWriter {
    guard let writer else {
      throw KafkaError(code: .state, message: "the producer is closed: make a new one")
    }
    return writer
  }
}
