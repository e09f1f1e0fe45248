import CLibrdkafka

/// What a transaction contains: records and offsets.
extension TransactionalProducer {
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
}
