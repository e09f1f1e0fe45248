import KafkaClient
import Testing

@testable import Simulation

@Suite("ApplicationPublisher on the embedded cluster", .timeLimit(.minutes(1)))
struct EmbeddedPublishTests {
  @Test("What a consumer reads is what the source gave, key by key in order")
  func roundTrip() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("applications", partitionCount: 2)
    let simulator = try Population.simulator()
    let flaws = try FlawPlan(total: 0.3)
    let producer = try KafkaProducer(cluster.properties)
    let progress = try ApplicationPublisher(
      producer: producer,
      options: .init(applicationsTopic: "applications")
    ).publish(SimulatedSource(simulator, rows: 0..<300, flaws: flaws))
    #expect(progress.applications == 300 && producer.deliveries.delivered == 300)
    try producer.close()

    let consumer = try KafkaConsumer(cluster.consumerProperties)
    try consumer.assign([TopicPartition("applications", 0): 0, TopicPartition("applications", 1): 0])
    var read: [String: (value: [UInt8]?, time: Int64?)] = [:]
    var offsets: [Int32: Int64] = [:]
    while read.count < 300 {
      guard case .record(let record) = consumer.poll(timeoutMilliseconds: 100) else { continue }
      read[String(decoding: record.key ?? [], as: UTF8.self)] = (record.value, record.timestampMilliseconds)
      #expect(record.offset == offsets[record.partition, default: 0])
      offsets[record.partition, default: 0] += 1
    }
    try consumer.close()
    #expect(offsets.values.reduce(0, +) == 300 && offsets.count == 2)
    var source = SimulatedSource(simulator, rows: 0..<300, flaws: flaws)
    while let record = source.next() {
      let arrived = try #require(read[record.id])
      #expect(arrived.value == record.value && (arrived.value == nil) == (record.flaw == .noValue))
      #expect(arrived.time == record.eventTimeMilliseconds)
    }
  }

  @Test("Brokers that do not answer are an error, not a silence")
  func noBroker() throws {
    let producer = try KafkaProducer(["bootstrap.servers": "127.0.0.1:1", "message.timeout.ms": "300"])
    let publisher = ApplicationPublisher(producer: producer, options: .init(applicationsTopic: "nowhere"))
    let error = try #require(throws: SimulationError.self) {
      try publisher.publish(SimulatedSource(try Population.simulator(), rows: 0..<3))
    }
    #expect(error.code == .undelivered)
    try producer.close(deadlineMilliseconds: 1000)
  }
}
