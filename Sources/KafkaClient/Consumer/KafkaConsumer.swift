import CLibrdkafka

/// Reads records, as a member of a consumer group or from explicitly assigned partitions.
///
/// The group protocol is eager: a rebalance takes the whole assignment away and gives a new one. Records are
/// read one at a time with ``poll(timeoutMilliseconds:)``; none is delivered twice between two assignments or
/// seeks, whatever librdkafka refetches. Offsets never move by themselves: they go through
/// ``TransactionalProducer/sendOffsets(_:of:timeoutMilliseconds:)`` or ``commit(_:)``.
///
/// **Ownership:** the client instance is freed by ``close(deadlineMilliseconds:)``, or by `deinit`, which does
/// not leave the group in order. Records must be released before.
///
/// **Thread:** one thread at a time. All callbacks run on it, inside `poll` and `close`. That thread must poll
/// at least every `max.poll.interval.ms`, even when paused; librdkafka counts any polled queue (#4176), so a
/// stuck caller needs a watchdog of its own.
public final class KafkaConsumer {
  /// Receives a change of the assignment; must not poll or close the consumer.
  public typealias RebalanceHandler = (KafkaConsumer, RebalanceEvent) -> Void

  let context: CallbackContext
  var client: ClientHandle?
  var assigned = AssignedPartitions()
  var paused: Set<TopicPartition> = []
  var onRebalance: RebalanceHandler?
  private(set) var isSubscribed = false

  /// Records thrown away because their offset had been delivered before, or their partition was not owned.
  public private(set) var droppedRecordCount = 0

  /// Makes a consumer; it joins no group before ``subscribe(to:)``.
  ///
  /// Without `group.id` it can only be assigned partitions; librdkafka then still wants a name, and gets
  /// `creditstream.unjoined`, for which it asks the coordinator but commits nothing.
  ///
  /// - Parameters:
  ///   - properties: What differs from ``KafkaProperties/defaults(for:)``.
  ///   - onRebalance: Receives changes of the assignment.
  ///   - onEvent: Receives errors of the client, log lines and statistics; without it they are not kept.
  /// - Throws: ``KafkaError`` naming the property that is unknown, bad or contradictory.
  public init(
    _ properties: KafkaProperties,
    onRebalance: RebalanceHandler? = nil,
    onEvent: ((KafkaEvent) -> Void)? = nil
  ) throws(KafkaError) {
    var properties = properties
    if (properties["group.id"] ?? "").isEmpty { properties["group.id"] = "creditstream.unjoined" }
    let context = CallbackContext(onEvent: onEvent)
    let client = try ClientHandle.make(.consumer, properties, context: context)
    self.context = context
    self.client = client
    self.onRebalance = onRebalance
    // One queue for records, callbacks and statistics.
    _ = unsafe rd_kafka_poll_set_consumer(client.raw)
    unsafe context.onRebalance = { [unowned self] result, partitions in
      unsafe self.rebalance(result, partitions)
    }
  }

  /// Joins the group with these topics.
  ///
  /// - Parameter topics: Names; one beginning with `^` is a regular expression.
  /// - Throws: ``KafkaError`` if a name is not valid or the consumer is closed.
  public func subscribe(to topics: [String]) throws(KafkaError) {
    let list = TopicPartitionList(topics: topics)
    let client = try live()
    isSubscribed = true
    let result = unsafe rd_kafka_subscribe(client.raw, list.raw)
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw client.error(result, "cannot subscribe to \(topics.joined(separator: ", "))")
    }
  }

  /// Waits for a record, an end of partition or an error, and runs the callbacks that are due.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait if nothing is there.
  /// - Returns: What came; a closed consumer always returns an error.
  public func poll(timeoutMilliseconds: Int) -> PollOutcome {
    guard let client else { return .error(Self.closed, nil) }
    var wait = clampedMilliseconds(timeoutMilliseconds)
    while let message = unsafe rd_kafka_consumer_poll(client.raw, wait) {
      if unsafe message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR {
        defer { unsafe rd_kafka_message_destroy(message) }
        return unsafe outcome(of: message, client)
      }
      if let topic = unsafe assigned.accept(message.pointee) {
        return unsafe .record(ConsumedRecord(owning: message, topic: topic, client: client))
      }
      unsafe rd_kafka_message_destroy(message)
      droppedRecordCount += 1
      // Time has passed already; what follows a dropped record is taken only if it is there.
      wait = 0
    }
    return .nothing
  }

  /// The outcome for a message that carries an error code instead of a record.
  private func outcome(
    of message: UnsafeMutablePointer<rd_kafka_message_t>,
    _ client: ClientHandle
  ) -> PollOutcome {
    let result = unsafe message.pointee.err
    if result == RD_KAFKA_RESP_ERR__PARTITION_EOF {
      guard let partition = unsafe assigned.reachEnd(message.pointee) else { return .nothing }
      return unsafe .endOfPartition(partition, offset: message.pointee.offset)
    }
    let partition = unsafe assigned.partition(of: message.pointee)
    if let fatal = client.fatalError { return .error(fatal, partition) }
    let reason = unsafe rd_kafka_message_errstr(message).map { unsafe String(cString: $0) } ?? ""
    let code = KafkaError.Code(result)
    let error = KafkaError(
      code: code,
      message: reason,
      isRetriable: KafkaError.Code.temporary.contains(code)
    )
    return .error(error, partition)
  }

  /// The error that ended the client's life, nil as long as it lives.
  public var fatalError: KafkaError? { client?.fatalError }

  /// The client, or an error once the consumer is closed.
  func live() throws(KafkaError) -> ClientHandle {
    guard let client else { throw Self.closed }
    return client
  }

  private static let closed = KafkaError(code: .state, message: "the consumer is closed: make a new one")
}
