import KafkaClient
import Testing

@Suite(
  "KafkaAdmin on a real broker",
  .enabled(if: RealBroker.bootstrapServers != nil, RealBroker.skipReason),
  .timeLimit(.minutes(2))
)
struct RealBrokerAdminTests {
  @Test("Creates topics with settings, refuses a second time, deletes")
  func topics() throws {
    let broker = try RealBroker("admin")
    let admin = try KafkaAdmin(broker.properties)
    let name = broker.prefix + ".models"
    let topic = NewTopic(
      name,
      partitionCount: 3,
      replicationFactor: 1,
      settings: ["cleanup.policy": "compact"]
    )
    #expect(
      try admin.createTopics([topic], timeoutMilliseconds: 30_000) == [TopicResult(topic: name, error: nil)]
    )
    let again = try admin.createTopics([topic], timeoutMilliseconds: 30_000)
    #expect(again.map(\.error?.code) == [.topicAlreadyExists])
    let described = try #require(try admin.describe(topic: name, timeoutMilliseconds: 30_000))
    #expect(described.partitions.map(\.id) == [0, 1, 2])
    #expect(try admin.topicNames(timeoutMilliseconds: 30_000).contains(name))
    let deleted = try admin.deleteTopics([name], timeoutMilliseconds: 30_000)
    #expect(deleted == [TopicResult(topic: name, error: nil)])
    let gone = try admin.deleteTopics([name], timeoutMilliseconds: 30_000)
    #expect(gone.map(\.error?.code) == [.unknownTopicOrPartition])
  }

  @Test("A topic that was never created is nil, and stays uncreated")
  func missing() throws {
    let broker = try RealBroker("missing")
    let admin = try KafkaAdmin(broker.properties)
    #expect(try admin.describe(topic: broker.prefix, timeoutMilliseconds: 30_000) == nil)
    #expect(try !admin.topicNames(timeoutMilliseconds: 30_000).contains(broker.prefix))
  }
}
