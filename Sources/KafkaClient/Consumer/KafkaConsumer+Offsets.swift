import CLibrdkafka

extension KafkaConsumer {
  /// Asks the group's coordinator where the group stands.
  ///
  /// - Parameters:
  ///   - partitions: The partitions to ask for; they need not be owned.
  ///   - timeoutMilliseconds: How long to wait for an answer.
  /// - Returns: Offset and metadata of each partition that has a committed offset.
  /// - Throws: ``KafkaError``, retriable if the coordinator did not answer in time or a transaction on the
  ///   offsets is still open.
  public func committed(
    _ partitions: [TopicPartition],
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> [TopicPartition: OffsetAndMetadata] {
    let client = try live()
    let list = TopicPartitionList(partitions)
    let result = unsafe rd_kafka_committed(client.raw, list.raw, clampedMilliseconds(timeoutMilliseconds))
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw client.error(result, "cannot read committed offsets")
    }
    try list.checkElements("cannot read the committed offset of")
    var committed: [TopicPartition: OffsetAndMetadata] = [:]
    for element in list.elements where element.offset >= 0 {
      committed[element.partition] = OffsetAndMetadata(offset: element.offset, metadata: element.metadata)
    }
    return committed
  }

  /// Commits offsets outside a transaction and waits for the answer; for at-least-once reading only.
  ///
  /// - Parameter offsets: For each partition the last processed offset plus one.
  /// - Throws: ``KafkaError``; the offsets are then not committed, or it is not known.
  public func commit(_ offsets: [TopicPartition: OffsetAndMetadata]) throws(KafkaError) {
    guard !offsets.isEmpty else { return }
    let client = try live()
    let list = TopicPartitionList(offsets)
    let result = unsafe rd_kafka_commit(client.raw, list.raw, 0)
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else { throw client.error(result, "cannot commit offsets") }
    try list.checkElements("cannot commit the offset of")
  }

  /// Asks the broker for the first offset of a partition and the one after its last.
  ///
  /// - Parameters:
  ///   - partition: The partition; it need not be owned.
  ///   - timeoutMilliseconds: How long to wait for an answer.
  /// - Returns: The two bounds; the upper one counts records of open and aborted transactions too.
  /// - Throws: ``KafkaError``, retriable if no leader answered in time.
  public func watermarks(
    of partition: TopicPartition,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> Watermarks {
    try live().watermarks(of: partition, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// How many offsets lie between the next one to be read and the end, by owned partition, without asking
  /// the broker.
  ///
  /// The ends are those of the latest fetch. Partitions are missing while either side is not known. A
  /// transaction's marker takes an offset too, so zero is certain only after ``PollOutcome/endOfPartition``.
  public var lag: [TopicPartition: Int64] {
    guard let client else { return [:] }
    var lag: [TopicPartition: Int64] = [:]
    for (partition, next) in nextOffsets {
      var low: Int64 = 0
      var high: Int64 = 0
      let result = unsafe rd_kafka_get_watermark_offsets(
        client.raw,
        partition.topic,
        partition.partition,
        &low,
        &high
      )
      guard result == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { continue }
      lag[partition] = max(0, high - next)
    }
    return lag
  }

  /// Asks the cluster how many partitions a topic has, for ``assign(_:)``.
  ///
  /// - Parameters:
  ///   - topic: The topic's name.
  ///   - timeoutMilliseconds: How long to wait for an answer.
  /// - Returns: The topic's partitions, sorted.
  /// - Throws: ``KafkaError`` if the topic does not exist or nobody answered in time.
  public func partitions(
    of topic: String,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> [TopicPartition] {
    let cluster = try live().metadata(of: topic, timeoutMilliseconds: timeoutMilliseconds)
    guard let description = cluster.topics.first(where: { $0.name == topic }) else {
      throw KafkaError(code: .unknownTopic, message: "topic \"\(topic)\" does not exist: create it")
    }
    if let error = description.error { throw error }
    return description.partitions.map { TopicPartition(topic, $0.id) }
  }
}
