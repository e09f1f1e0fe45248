/// A topic to be created.
public struct NewTopic: Sendable, Equatable {
  /// The topic's name.
  public var name: String
  /// How many partitions it gets.
  public var partitionCount: Int
  /// How many brokers keep a copy; -1 for the broker's default.
  public var replicationFactor: Int
  /// Topic settings such as `cleanup.policy`, in order.
  public var settings: KafkaProperties

  /// Describes a topic.
  public init(
    _ name: String,
    partitionCount: Int,
    replicationFactor: Int = -1,
    settings: KafkaProperties = KafkaProperties()
  ) {
    self.name = name
    self.partitionCount = partitionCount
    self.replicationFactor = replicationFactor
    self.settings = settings
  }
}

/// What became of one topic in a request to create or delete topics.
public struct TopicResult: Sendable, Equatable {
  /// The topic's name.
  public var topic: String
  /// Why it failed, nil if it did not.
  public var error: KafkaError?

  /// Pairs a topic with its outcome.
  public init(topic: String, error: KafkaError? = nil) {
    self.topic = topic
    self.error = error
  }
}
