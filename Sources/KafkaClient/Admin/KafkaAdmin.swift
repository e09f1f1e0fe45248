import CLibrdkafka

/// Lists, describes, creates and deletes topics.
///
/// The embedded cluster has no topic requests: use ``EmbeddedCluster/createTopic(_:partitionCount:replicationFactor:)``
/// there.
///
/// **Ownership:** the client instance is freed by `deinit`, every request's objects before its call returns.
///
/// **Thread:** one thread at a time.
public final class KafkaAdmin {
  private let client: ClientHandle

  /// Makes a client for topic management.
  ///
  /// - Parameters:
  ///   - properties: What differs from ``KafkaProperties/defaults(for:)``.
  ///   - onEvent: Receives errors of the client and log lines.
  /// - Throws: ``KafkaError`` naming the property that is unknown or bad.
  public init(_ properties: KafkaProperties, onEvent: ((KafkaEvent) -> Void)? = nil) throws(KafkaError) {
    client = try ClientHandle.make(.admin, properties, context: CallbackContext(onEvent: onEvent))
  }

  /// Asks for the brokers and all topics.
  public func describeCluster(timeoutMilliseconds: Int) throws(KafkaError) -> ClusterDescription {
    try client.metadata(of: nil, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// The names of all topics, sorted.
  public func topicNames(timeoutMilliseconds: Int) throws(KafkaError) -> [String] {
    try describeCluster(timeoutMilliseconds: timeoutMilliseconds).topics.map(\.name)
  }

  /// Asks for one topic.
  ///
  /// - Parameters:
  ///   - topic: The topic's name.
  ///   - timeoutMilliseconds: How long to wait for an answer.
  /// - Returns: The topic with its partitions, or nil if it does not exist.
  /// - Throws: ``KafkaError`` if nobody answered in time or the topic may not be read.
  public func describe(
    topic: String,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> TopicDescription? {
    let cluster = try client.metadata(of: topic, timeoutMilliseconds: timeoutMilliseconds)
    guard let found = cluster.topics.first(where: { $0.name == topic }) else { return nil }
    guard let error = found.error else { return found }
    if error.code == .unknownTopicOrPartition || error.code == .unknownTopic { return nil }
    throw error
  }

  /// Asks a partition's leader for its first offset and the one after its last.
  public func watermarks(
    of partition: TopicPartition,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> Watermarks {
    try client.watermarks(of: partition, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Creates topics.
  ///
  /// - Parameters:
  ///   - topics: What to create.
  ///   - timeoutMilliseconds: How long to wait, for the brokers to finish too.
  /// - Returns: What became of each, in the order given; an existing topic is an error of its own
  ///   (``KafkaError/Code/topicAlreadyExists``).
  /// - Throws: ``KafkaError`` if a topic is described badly or nobody answered in time.
  public func createTopics(
    _ topics: [NewTopic],
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> [TopicResult] {
    guard !topics.isEmpty else { return [] }
    let request = try NewTopicList(topics)
    let exchange = try AdminExchange(
      client,
      RD_KAFKA_ADMIN_OP_CREATETOPICS,
      timeoutMilliseconds: timeoutMilliseconds
    )
    unsafe request.withElements { elements, count in
      unsafe rd_kafka_CreateTopics(client.raw, elements, count, exchange.options, exchange.queue)
    }
    let event = try exchange.wait()
    var count = 0
    let results = unsafe rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(event.raw),
      &count
    )
    return unsafe Self.results(results, count)
  }

  /// Deletes topics; the brokers may take a while to forget them.
  ///
  /// - Parameters:
  ///   - topics: Names.
  ///   - timeoutMilliseconds: How long to wait, for the brokers to finish too.
  /// - Returns: What became of each, in the order given.
  /// - Throws: ``KafkaError`` if nobody answered in time.
  public func deleteTopics(
    _ topics: [String],
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> [TopicResult] {
    guard !topics.isEmpty else { return [] }
    let exchange = try AdminExchange(
      client,
      RD_KAFKA_ADMIN_OP_DELETETOPICS,
      timeoutMilliseconds: timeoutMilliseconds
    )
    var elements: [OpaquePointer?] = unsafe topics.map { unsafe rd_kafka_DeleteTopic_new($0) }
    defer { unsafe rd_kafka_DeleteTopic_destroy_array(&elements, elements.count) }
    unsafe rd_kafka_DeleteTopics(client.raw, &elements, elements.count, exchange.options, exchange.queue)
    let event = try exchange.wait()
    var count = 0
    let results = unsafe rd_kafka_DeleteTopics_result_topics(
      rd_kafka_event_DeleteTopics_result(event.raw),
      &count
    )
    return unsafe Self.results(results, count)
  }

  private static func results(
    _ raw: UnsafeMutablePointer<OpaquePointer?>?,
    _ count: Int
  ) -> [TopicResult] {
    guard let raw = unsafe raw else { return [] }
    return (0..<count).map { index in
      let result = unsafe raw[index]
      let code = unsafe rd_kafka_topic_result_error(result)
      let name = unsafe String(cString: rd_kafka_topic_result_name(result))
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return TopicResult(topic: name, error: nil) }
      let reason = unsafe rd_kafka_topic_result_error_string(result).map { unsafe String(cString: $0) } ?? ""
      return TopicResult(
        topic: name,
        error: KafkaError(code: .init(code), message: "topic \"\(name)\": \(reason)")
      )
    }
  }
}
