import KafkaClient
import Testing

@Suite("Closing a KafkaConsumer", .timeLimit(.minutes(1)))
struct ConsumerCloseTests {
  @Test("A member whose brokers are down is freed within its deadline")
  func brokersDown() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("close-down", partitionCount: 2)
    let consumer = try join(cluster, "close-down")
    try cluster.takeDown()
    try expectClose(consumer)
  }

  @Test("A member whose broker was restarted is freed within its deadline")
  func brokerRestarted() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("close-restart", partitionCount: 2)
    let consumer = try join(cluster, "close-restart")
    try cluster.takeDown()
    _ = consumer.poll(untilMilliseconds: 300) { _ in false }
    try cluster.bringUp()
    _ = consumer.poll(untilMilliseconds: 300) { _ in false }
    try expectClose(consumer)
  }

  @Test("A consumer that has not joined yet is freed at once")
  func beforeJoining() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("close-early", partitionCount: 2)
    let consumer = try KafkaConsumer(cluster.consumerProperties.merging(["group.id": "close-early"]))
    try consumer.subscribe(to: ["close-early"])
    _ = consumer.poll(timeoutMilliseconds: 100)
    try expectClose(consumer)
  }

  @Test("A consumer that nobody closes is freed by its last reference, assigned or not")
  func withoutClose() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("close-never", partitionCount: 2)
    weak var freed: KafkaConsumer?
    try { () throws in
      let consumer = try join(cluster, "close-never")
      freed = consumer
      #expect(freed != nil)
    }()
    #expect(freed == nil)
  }

  private func join(_ cluster: EmbeddedCluster, _ topic: String) throws -> KafkaConsumer {
    let properties = cluster.consumerProperties.merging(["group.id": topic, "heartbeat.interval.ms": "200"])
    let consumer = try KafkaConsumer(properties)
    try consumer.subscribe(to: [topic])
    #expect(consumer.poll(untilMilliseconds: 15_000) { _ in consumer.assignment.count == 2 })
    return consumer
  }

  private func expectClose(_ consumer: KafkaConsumer) throws {
    let clock = ContinuousClock()
    let start = clock.now
    try consumer.close(deadlineMilliseconds: 10_000)
    #expect(clock.now - start < .seconds(11))
  }
}
