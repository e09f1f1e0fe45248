import KafkaClient
import Testing

@Suite("KafkaAdmin on the embedded cluster", .timeLimit(.minutes(1)))
struct KafkaAdminTests {
  @Test("Describes brokers, topics, leaders and watermarks")
  func describe() throws {
    let cluster = try EmbeddedCluster(brokerCount: 3)
    try cluster.createTopic("b", partitionCount: 2, replicationFactor: 3)
    try cluster.createTopic("a", partitionCount: 1)
    try cluster.setLeader(of: TopicPartition("b", 1), to: 3)
    let admin = try KafkaAdmin(cluster.properties)
    let description = try admin.describeCluster(timeoutMilliseconds: 5_000)
    #expect(description.brokers.map(\.id) == [1, 2, 3])
    #expect(description.brokers.allSatisfy { $0.port > 0 && !$0.host.isEmpty })
    #expect(try admin.topicNames(timeoutMilliseconds: 5_000) == ["a", "b"])
    let topic = try #require(try admin.describe(topic: "b", timeoutMilliseconds: 5_000))
    #expect(topic.partitions.map(\.id) == [0, 1])
    #expect(topic.partitions.last?.leader == 3)
    #expect(topic.partitions.first?.replicas.count == 3)
    let watermarks = try admin.watermarks(of: TopicPartition("a", 0), timeoutMilliseconds: 5_000)
    #expect(watermarks == Watermarks(low: 0, high: 0))
  }

  @Test("A partition without a leader has none")
  func leaderless() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("orphan", partitionCount: 1)
    try cluster.setLeader(of: TopicPartition("orphan", 0), to: nil)
    let admin = try KafkaAdmin(cluster.properties)
    let topic = try #require(try admin.describe(topic: "orphan", timeoutMilliseconds: 5_000))
    #expect(topic.partitions.map(\.leader) == [nil])
  }

  @Test("A missing topic is nil; one that may not be read is an error")
  func missing() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("gone", partitionCount: 1)
    let admin = try KafkaAdmin(cluster.properties)
    cluster.setTopicError("gone", .unknownTopicOrPartition)
    #expect(try admin.describe(topic: "gone", timeoutMilliseconds: 5_000) == nil)
    cluster.setTopicError("gone", .topicAuthorizationFailed)
    let error = kafkaError { () throws(KafkaError) in
      try admin.describe(topic: "gone", timeoutMilliseconds: 5_000)
    }
    #expect(error?.code == .topicAuthorizationFailed)
  }

  @Test("Creating topics where the request is not supported says so")
  func unsupported() throws {
    let admin = try KafkaAdmin(try EmbeddedKafka.cluster().properties)
    let error = kafkaError { () throws(KafkaError) in
      try admin.createTopics(
        [NewTopic("new", partitionCount: 1, settings: ["cleanup.policy": "compact"])],
        timeoutMilliseconds: 2_000
      )
    }
    #expect(error != nil)
    #expect(try admin.createTopics([], timeoutMilliseconds: 1) == [])
    let impossible = kafkaError { () throws(KafkaError) in
      try admin.createTopics([NewTopic("new", partitionCount: -7)], timeoutMilliseconds: 2_000)
    }
    #expect(impossible?.code == .invalidArgument)
    #expect(impossible?.message.contains("\"new\"") == true)
  }

  @Test("Nobody there is a retriable time-out, within the time given")
  func nobodyThere() throws {
    let cluster = try EmbeddedCluster()
    try cluster.takeDown()
    let admin = try KafkaAdmin(cluster.properties)
    let clock = ContinuousClock()
    let start = clock.now
    let error = kafkaError { () throws(KafkaError) in try admin.topicNames(timeoutMilliseconds: 300) }
    #expect(error?.isRetriable == true)
    #expect(clock.now - start < .seconds(3))
  }
}
