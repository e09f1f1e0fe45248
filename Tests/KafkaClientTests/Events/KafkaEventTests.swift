import KafkaClient
import Testing

@Suite("KafkaEvent", .timeLimit(.minutes(1)))
struct KafkaEventTests {
  @Test("Statistics of a consumer tell its partitions, lag and brokers")
  func consumerStatistics() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("statistics")
    let producer = try KafkaProducer(cluster.properties)
    for index in 0..<3 { try producer.produce(topic: topic, text: "\(index)") }
    try producer.close()
    let box = EventBox()
    let properties = cluster.consumerProperties.merging(["statistics.interval.ms": "100", "group.id": "s"])
    let consumer = try KafkaConsumer(properties, onEvent: box.receive)
    let partition = TopicPartition(topic, 0)
    try consumer.assign([partition: 0])
    var records: [ConsumedRecord] = []
    let told = consumer.poll(untilMilliseconds: 10_000) { outcome in
      if case .record(let record) = outcome { records.append(record) }
      return box.statistics.last?.partitions.first { $0.partition == partition }?.highWatermark == 3
    }
    #expect(told)
    let latest = try #require(box.statistics.last)
    #expect(latest.name.hasPrefix("creditstream#consumer"))
    #expect(latest.brokers.contains { $0.state == "UP" })
    #expect(latest.partitions.first { $0.partition == partition }?.lastStableOffset == 3)
    #expect(latest.group?.rebalanceCount == 0)
    #expect(latest.transaction?.state == nil || latest.transaction?.epoch == -1)
    #expect(box.errors.isEmpty)
  }

  @Test("Statistics of a transactional producer tell its state")
  func producerStatistics() throws {
    let cluster = try EmbeddedKafka.cluster()
    let box = EventBox()
    let properties = cluster.properties.merging(["statistics.interval.ms": "50", "transactional.id": "s"])
    let producer = try TransactionalProducer(properties, onEvent: box.receive)
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    try producer.begin()
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(10)
    while clock.now < deadline, box.statistics.last?.transaction?.state != "InTransaction" {
      producer.poll(timeoutMilliseconds: 20)
    }
    let transaction = try #require(box.statistics.last?.transaction)
    #expect(transaction.state == "InTransaction")
    #expect(transaction.idempotenceState == "Assigned")
    #expect(transaction.mayEnqueue)
    #expect(transaction.epoch >= 0)
    try producer.abort(timeoutMilliseconds: 5_000)
  }

  @Test("Log lines and client errors reach the owner, and no secret among them")
  func logs() throws {
    let cluster = try EmbeddedCluster()
    try cluster.takeDown()
    let box = EventBox()
    let properties = cluster.properties.merging([
      "debug": "conf,broker", "sasl.password": "canary-4711", "reconnect.backoff.ms": "10",
    ])
    let producer = try KafkaProducer(properties, onEvent: box.receive)
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(10)
    while clock.now < deadline, box.errors.isEmpty || box.logs.isEmpty {
      producer.poll(timeoutMilliseconds: 20)
    }
    #expect(box.errors.contains { $0.code == .transport || $0.code == .allBrokersDown })
    #expect(box.errors.allSatisfy { !$0.isFatal })
    #expect(box.logs.contains { $0.facility == "CONF" })
    #expect(!box.logs.contains { $0.message.contains("canary") })
  }
}

/// Collects a client's events.
private final class EventBox {
  var statistics: [KafkaStatistics] = []
  var errors: [KafkaError] = []
  var logs: [KafkaLogEntry] = []

  func receive(_ event: KafkaEvent) {
    switch event {
    case .statistics(let statistics): self.statistics.append(statistics)
    case .error(let error): errors.append(error)
    case .log(let entry): logs.append(entry)
    }
  }
}
