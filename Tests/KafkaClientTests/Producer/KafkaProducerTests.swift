import KafkaClient
import Testing

@Suite("KafkaProducer", .timeLimit(.minutes(1)))
struct KafkaProducerTests {
  @Test("Accounts for every record")
  func deliveries() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("producer-account", partitionCount: 2)
    let producer = try KafkaProducer(cluster.properties)
    try producer.prepare(topics: [topic], timeoutMilliseconds: 5_000)
    for index in 0..<1_000 { try producer.produce(topic: topic, key: "\(index)", text: "\(index)") }
    #expect(producer.deliveries.accepted == 1_000)
    try producer.flush(timeoutMilliseconds: 10_000)
    let deliveries = producer.deliveries
    #expect(deliveries.delivered == 1_000)
    #expect(deliveries.failed == 0 && deliveries.outstanding == 0 && deliveries.purged == 0)
    try producer.close()
    #expect(producer.deliveries == deliveries)
    let error = kafkaError { () throws(KafkaError) in try producer.produce(topic: topic, text: "late") }
    #expect(error?.code == .state)
  }

  @Test("A full queue holds its caller back, then refuses; nothing is lost once the brokers are back")
  func backPressure() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("producer-full", on: cluster)
    let producer = try KafkaProducer(cluster.properties.merging(["queue.buffering.max.messages": "10"]))
    try producer.prepare(topics: [topic], timeoutMilliseconds: 5_000)
    try cluster.takeDown()
    for index in 0..<10 { try produce(producer, topic, index) }
    let clock = ContinuousClock()
    let start = clock.now
    let error = kafkaError { () throws(KafkaError) in try produce(producer, topic, 10) }
    #expect(error?.code == .queueFull)
    #expect(error?.isRetriable == true)
    #expect(clock.now - start >= .milliseconds(150))
    #expect(producer.deliveries.accepted == 10)
    #expect(producer.deliveries.outstanding == 10)

    try cluster.bringUp()
    for index in 10..<100 { try produce(producer, topic, index, timeoutMilliseconds: 20_000) }
    try producer.close(deadlineMilliseconds: 20_000)
    #expect(producer.deliveries.delivered == 100)
    let consumer = try KafkaConsumer(cluster.consumerProperties)
    try consumer.assign([TopicPartition(topic, 0): LogicalOffset.beginning])
    #expect(consumer.readToEnd().compactMap(\.text) == (0..<100).map(String.init))
  }

  @Test("A record that cannot be delivered fails the flush with its reason, once")
  func failure() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("producer-fails", on: cluster)
    let producer = try KafkaProducer(cluster.properties)
    cluster.failNext(.produce, with: [.topicAuthorizationFailed])
    try producer.produce(topic: topic, text: "refused")
    let error = kafkaError { () throws(KafkaError) in try producer.flush(timeoutMilliseconds: 10_000) }
    #expect(error?.code == .topicAuthorizationFailed)
    #expect(error?.message.contains(topic) == true)
    #expect(producer.deliveries.failed == 1 && producer.deliveries.delivered == 0)
    try producer.flush(timeoutMilliseconds: 10_000)
  }

  @Test("A record that is too large is refused at once, and named as such")
  func tooLarge() throws {
    let cluster = try EmbeddedKafka.cluster()
    let producer = try KafkaProducer(cluster.properties)
    let error = kafkaError { () throws(KafkaError) in
      try producer.produce(topic: "producer-large", text: String(repeating: "x", count: 2_000_000))
    }
    #expect(error?.code == .messageTooLarge)
    #expect(error?.isRetriable == false)
    #expect(producer.deliveries.accepted == 0)
  }

  @Test("A partition that does not exist is refused; headers do not leak on the way")
  func unknownPartition() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("producer-partition")
    let producer = try KafkaProducer(cluster.properties)
    try producer.prepare(topics: [topic], timeoutMilliseconds: 5_000)
    let error = kafkaError { () throws(KafkaError) in
      try producer.produce(topic: topic, partition: 9, key: nil, value: [1], headers: ["trace": "1"])
    }
    #expect(error?.code == .unknownPartition)
    let name = kafkaError { () throws(KafkaError) in try producer.produce(topic: "", text: "") }
    #expect(name?.code == .invalidArgument)
  }

  @Test("Closing while the brokers are down says what was lost, within its deadline")
  func closeWithoutBrokers() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("producer-close", on: cluster)
    let producer = try KafkaProducer(cluster.properties)
    try producer.prepare(topics: [topic], timeoutMilliseconds: 5_000)
    try cluster.takeDown()
    try producer.produce(topic: topic, text: "lost")
    let clock = ContinuousClock()
    let start = clock.now
    let error = kafkaError { () throws(KafkaError) in try producer.close(deadlineMilliseconds: 500) }
    #expect(error?.code == .timedOut)
    #expect(clock.now - start < .seconds(5))
    #expect(producer.deliveries.delivered == 0)
    #expect(producer.deliveries.purged == 1)
  }

  private func produce(
    _ producer: KafkaProducer,
    _ topic: String,
    _ index: Int,
    timeoutMilliseconds: Int = 200
  ) throws(KafkaError) {
    try producer.produce(
      topic: topic,
      partition: 0,
      key: nil,
      value: Array("\(index)".utf8),
      queueFullTimeoutMilliseconds: timeoutMilliseconds
    )
  }
}
