import KafkaClient
import Testing

@Suite("EmbeddedCluster", .timeLimit(.minutes(1)))
struct EmbeddedClusterTests {
  @Test("Listens on the loopback, one address per broker")
  func addresses() throws {
    let cluster = try EmbeddedCluster(brokerCount: 3)
    let addresses = cluster.bootstrapServers.split(separator: ",")
    #expect(addresses.count == 3)
    #expect(addresses.allSatisfy { $0.hasPrefix("127.0.0.1:") || $0.hasPrefix("localhost:") })
  }

  @Test("Refuses a topic twice and a count that is not possible")
  func topics() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("once", partitionCount: 1)
    let again = kafkaError { () throws(KafkaError) in try cluster.createTopic("once", partitionCount: 1) }
    #expect(again?.code == .topicAlreadyExists)
    let none = kafkaError { () throws(KafkaError) in try cluster.createTopic("none", partitionCount: 0) }
    #expect(none?.code == .invalidArgument)
  }

  @Test("Refuses brokers it does not have")
  func unknownBroker() throws {
    let cluster = try EmbeddedCluster()
    let error = kafkaError { () throws(KafkaError) in
      try cluster.delayNext(.produce, broker: 9, milliseconds: 1)
    }
    #expect(error != nil)
  }

  @Test("Delays one request, or every one")
  func delays() throws {
    let cluster = try EmbeddedCluster()
    try cluster.createTopic("slow", partitionCount: 1)
    let producer = try KafkaProducer(cluster.properties)
    try producer.prepare(topics: ["slow"], timeoutMilliseconds: 5_000)
    try producer.produce(topic: "slow", text: "warm")
    try producer.flush(timeoutMilliseconds: 5_000)
    let clock = ContinuousClock()
    func timeOne() throws -> Duration {
      let start = clock.now
      try producer.produce(topic: "slow", text: "timed")
      try producer.flush(timeoutMilliseconds: 10_000)
      return clock.now - start
    }
    try cluster.delayNext(.produce, broker: 1, milliseconds: 400)
    #expect(try timeOne() >= .milliseconds(350))
    try cluster.setRoundTrip(milliseconds: 300)
    #expect(try timeOne() >= .milliseconds(250))
  }
}
