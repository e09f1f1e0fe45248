import CLibrdkafka

extension EmbeddedCluster {
  /// The requests of the Kafka protocol that can be made to fail, with their numbers.
  public enum Request: Int16, Sendable, CaseIterable {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetCommit = 8
    case offsetFetch = 9
    case findCoordinator = 10
    case joinGroup = 11
    case heartbeat = 12
    case leaveGroup = 13
    case syncGroup = 14
    case initProducerID = 22
    case addPartitionsToTransaction = 24
    case addOffsetsToTransaction = 25
    case endTransaction = 26
    case transactionalOffsetCommit = 28
  }

  /// What a coordinator coordinates.
  public enum CoordinatorKind: String, Sendable {
    /// A consumer group, by `group.id`.
    case group
    /// A transactional producer, by `transactional.id`.
    case transaction
  }

  /// Makes the next requests of a kind fail, one per code, whichever broker gets them.
  ///
  /// - Parameters:
  ///   - request: The kind of request.
  ///   - codes: The errors in order; ``KafkaError/Code/transport`` closes the connection instead.
  public func failNext(_ request: Request, with codes: [KafkaError.Code]) {
    let errors = codes.map(\.libraryCode)
    unsafe rd_kafka_mock_push_request_errors_array(raw, request.rawValue, errors.count, errors)
  }

  /// Forgets the failures that were ordered and have not happened.
  public func clearFailures(of request: Request) {
    unsafe rd_kafka_mock_clear_request_errors(raw, request.rawValue)
  }

  /// Makes a broker answer its next request of a kind late.
  ///
  /// - Parameters:
  ///   - request: The kind of request.
  ///   - broker: The broker's number.
  ///   - milliseconds: How late.
  ///   - code: The error it then answers with, nil for success.
  /// - Throws: ``KafkaError`` if there is no such broker.
  public func delayNext(
    _ request: Request,
    broker: Int32,
    milliseconds: Int,
    with code: KafkaError.Code? = nil
  ) throws(KafkaError) {
    let error = code?.libraryCode ?? RD_KAFKA_RESP_ERR_NO_ERROR
    let result = unsafe clibrdkafka_mock_push_delay(
      raw,
      broker,
      request.rawValue,
      error,
      clampedMilliseconds(milliseconds)
    )
    try KafkaError.check(result, "cannot delay broker \(broker)")
  }

  /// Makes every request about a topic's metadata or transaction fail from now on, until set to nil.
  public func setTopicError(_ topic: String, _ code: KafkaError.Code?) {
    unsafe rd_kafka_mock_topic_set_error(raw, topic, code?.libraryCode ?? RD_KAFKA_RESP_ERR_NO_ERROR)
  }

  /// Disconnects a broker, or all of them, until ``bringUp(broker:)``; leaders do not move.
  public func takeDown(broker: Int32? = nil) throws(KafkaError) {
    try KafkaError.check(unsafe rd_kafka_mock_broker_set_down(raw, broker ?? -1), "cannot take a broker down")
  }

  /// Lets a broker, or all of them, accept connections again.
  public func bringUp(broker: Int32? = nil) throws(KafkaError) {
    try KafkaError.check(unsafe rd_kafka_mock_broker_set_up(raw, broker ?? -1), "cannot bring a broker up")
  }

  /// Delays every answer of a broker, or of all of them.
  public func setRoundTrip(milliseconds: Int, broker: Int32? = nil) throws(KafkaError) {
    let result = unsafe rd_kafka_mock_broker_set_rtt(raw, broker ?? -1, clampedMilliseconds(milliseconds))
    try KafkaError.check(result, "cannot delay a broker")
  }

  /// Moves a partition to another leader, or leaves it without one.
  public func setLeader(of partition: TopicPartition, to broker: Int32?) throws(KafkaError) {
    let result = unsafe rd_kafka_mock_partition_set_leader(
      raw,
      partition.topic,
      partition.partition,
      broker ?? -1
    )
    try KafkaError.check(result, "cannot move the leader of \(partition)")
  }

  /// Moves the coordinator of a group or a transactional id to a broker.
  public func setCoordinator(
    of kind: CoordinatorKind,
    _ name: String,
    to broker: Int32
  ) throws(KafkaError) {
    let result = unsafe rd_kafka_mock_coordinator_set(raw, kind.rawValue, name, broker)
    try KafkaError.check(result, "cannot move the coordinator of \(name)")
  }
}
