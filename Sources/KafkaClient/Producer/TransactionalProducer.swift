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
  private(set) var writer: RecordWriter?
  private(set) var isInTransaction = false
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

  func live() throws(KafkaError) -> RecordWriter {
    guard let writer else {
      throw KafkaError(code: .state, message: "the producer is closed: make a new one")
    }
    return writer
  }
}
