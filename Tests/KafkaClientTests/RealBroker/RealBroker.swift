import Foundation
import KafkaClient
import Testing

/// The Kafka named in `KAFKA_BOOTSTRAP_SERVERS`, for what the embedded cluster can never show.
struct RealBroker {
  static let bootstrapServers = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP_SERVERS"]
  static let skipReason: Comment = "KAFKA_BOOTSTRAP_SERVERS is not set: name a Kafka 2.5 to 3.9 to run these"

  /// Topics, groups and transactional ids of this run, which nobody else uses.
  let prefix: String
  let properties: KafkaProperties

  init(_ name: String) throws {
    let servers = try #require(Self.bootstrapServers)
    prefix = "creditstream-test-\(name)-\(UInt32.random(in: 0 ... .max))"
    properties = ["bootstrap.servers": servers]
  }

  func makeTopic(_ name: String, partitionCount: Int = 1) throws -> String {
    let topic = prefix + "." + name
    let admin = try KafkaAdmin(properties)
    let results = try admin.createTopics(
      [NewTopic(topic, partitionCount: partitionCount, replicationFactor: 1)],
      timeoutMilliseconds: 30_000
    )
    try #require(results == [TopicResult(topic: topic, error: nil)])
    return topic
  }

  func makeProducer(_ identity: String, _ more: KafkaProperties = [:]) throws -> TransactionalProducer {
    let own: KafkaProperties = ["transactional.id": prefix + "." + identity]
    let producer = try TransactionalProducer(properties.merging(own).merging(more))
    try producer.initTransactions(timeoutMilliseconds: 30_000)
    return producer
  }

  /// A consumer that has been assigned all of a topic by the group.
  func makeMember(
    of group: String,
    reading topic: String,
    _ more: KafkaProperties = [:],
    onRebalance: KafkaConsumer.RebalanceHandler? = nil
  ) throws -> KafkaConsumer {
    let own: KafkaProperties = [
      "group.id": prefix + "." + group, "session.timeout.ms": "30000", "heartbeat.interval.ms": "300",
    ]
    let consumer = try KafkaConsumer(properties.merging(own).merging(more), onRebalance: onRebalance)
    try consumer.subscribe(to: [topic])
    return consumer
  }

  /// Everything in a topic of one partition, at a level of isolation.
  func read(_ topic: String, isolation: String = "read_committed") throws -> [String] {
    let consumer = try KafkaConsumer(properties.merging(["isolation.level": isolation]))
    try consumer.assign([TopicPartition(topic, 0): LogicalOffset.beginning])
    let texts = consumer.readToEnd(withinMilliseconds: 30_000).compactMap(\.text)
    try consumer.close()
    return texts
  }

  /// Writes "0", "1", … outside any transaction.
  func fill(_ topic: String, _ count: Int) throws {
    let producer = try KafkaProducer(properties)
    for index in 0..<count { try producer.produce(topic: topic, partition: 0, text: "\(index)") }
    try producer.close()
  }
}
