import KafkaClient
import Testing

/// The calls, their order and their errors.
///
/// Whether a transaction is atomic the mock cannot show: it hides no aborted record and forgets the offsets;
/// see `RealBrokerTests`.
@Suite("TransactionalProducer on the embedded cluster", .timeLimit(.minutes(1)))
struct TransactionalProducerTests {
  @Test("Goes through begin, produce, send offsets, commit and abort")
  func flow() throws {
    let cluster = try EmbeddedKafka.cluster()
    let input = try EmbeddedKafka.makeTopic("transactions-in")
    let output = try EmbeddedKafka.makeTopic("transactions-out", partitionCount: 2)
    let consumer = try KafkaConsumer(cluster.consumerProperties.merging(["group.id": "transactions"]))
    try consumer.assign([TopicPartition(input, 0): LogicalOffset.beginning])
    let producer = try makeProducer(cluster, "flow")
    try producer.prepare(topics: [output], timeoutMilliseconds: 5_000)

    for round in 0..<3 {
      try producer.begin()
      try producer.produce(topic: output, partition: 0, text: "committed \(round)")
      try producer.sendOffsets(
        [TopicPartition(input, 0): OffsetAndMetadata(offset: Int64(round), metadata: "attempts=0")],
        of: consumer,
        timeoutMilliseconds: 5_000
      )
      try producer.commit(timeoutMilliseconds: 10_000)
    }
    try producer.begin()
    try producer.produce(topic: output, partition: 1, text: "aborted")
    try producer.abort(timeoutMilliseconds: 10_000)
    try producer.begin()
    try producer.commit(timeoutMilliseconds: 10_000)
    #expect(producer.deliveries.accepted == 4)
    #expect(producer.deliveries.failed == 0)
    try producer.close()
    try producer.close()
  }

  @Test("Calls out of order are refused, also after a close")
  func order() throws {
    let cluster = try EmbeddedKafka.cluster()
    let producer = try TransactionalProducer(cluster.properties.merging(["transactional.id": "order"]))
    #expect(kafkaError { () throws(KafkaError) in try producer.begin() }?.code == .state)
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    let early = kafkaError { () throws(KafkaError) in try producer.produce(topic: "order", text: "") }
    #expect(early?.code == .state)
    let commit = kafkaError { () throws(KafkaError) in try producer.commit(timeoutMilliseconds: 1_000) }
    #expect(commit?.code == .state)
    try producer.close()
    #expect(kafkaError { () throws(KafkaError) in try producer.begin() }?.code == .state)
  }

  @Test("Offsets that librdkafka would silently ignore are refused", arguments: [nil, Int64(-1), -1001])
  func emptyOffsets(offset: Int64?) throws {
    let cluster = try EmbeddedKafka.cluster()
    let consumer = try KafkaConsumer(cluster.consumerProperties.merging(["group.id": "empty-offsets"]))
    let producer = try makeProducer(cluster, "empty-offsets-\(offset ?? 0)")
    try producer.begin()
    let offsets = offset.map { [TopicPartition("in", 0): OffsetAndMetadata(offset: $0)] } ?? [:]
    let error = kafkaError { () throws(KafkaError) in
      try producer.sendOffsets(offsets, of: consumer, timeoutMilliseconds: 1_000)
    }
    #expect(error?.code == .invalidArgument)
    try producer.abort(timeoutMilliseconds: 5_000)
  }

  @Test("A record that was not delivered fails the commit, requires an abort, and is named")
  func deliveryFailure() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("transactions-fail", on: cluster)
    let producer = try makeProducer(cluster, "delivery")
    try producer.begin()
    cluster.failNext(.produce, with: [.messageTooLarge])
    try producer.produce(topic: topic, text: "refused")
    let error = kafkaError { () throws(KafkaError) in try producer.commit(timeoutMilliseconds: 10_000) }
    #expect(error?.requiresAbort == true)
    #expect(error?.isFatal == false)
    #expect(error?.message.contains("MSG_SIZE_TOO_LARGE") == true)
    #expect(producer.deliveries.failed == 1)
    let late = kafkaError { () throws(KafkaError) in try producer.produce(topic: topic, text: "late") }
    #expect(late?.requiresAbort == true)
    #expect(late?.message.contains("MSG_SIZE_TOO_LARGE") == true)
    try producer.abort(timeoutMilliseconds: 10_000)
    try producer.close()

    // The mock does not start a new epoch's sequence at zero, so the next transaction needs a new producer.
    let successor = try makeProducer(cluster, "delivery")
    try successor.begin()
    try successor.produce(topic: topic, text: "accepted")
    try successor.commit(timeoutMilliseconds: 10_000)
    #expect(successor.deliveries.delivered == 1)
  }

  @Test("A commit without a coordinator is retriable, and the same call completes it afterwards")
  func coordinatorDown() throws {
    let cluster = try EmbeddedCluster(brokerCount: 3)
    let topic = try EmbeddedKafka.makeTopic("transactions-coordinator", on: cluster)
    try cluster.setCoordinator(of: .transaction, "coordinator", to: 2)
    try cluster.setLeader(of: TopicPartition(topic, 0), to: 1)
    let producer = try makeProducer(cluster, "coordinator")
    try producer.begin()
    try producer.produce(topic: topic, text: "kept")
    try producer.flush(timeoutMilliseconds: 10_000)
    try cluster.takeDown(broker: 2)
    let error = kafkaError { () throws(KafkaError) in try producer.commit(timeoutMilliseconds: 500) }
    #expect(error?.code == .timedOut)
    #expect(error?.isRetriable == true)
    #expect(error?.requiresAbort == false && error?.isFatal == false)
    try cluster.bringUp(broker: 2)
    try producer.commit(timeoutMilliseconds: 12_000)
  }

  @Test("Being fenced is fatal; a new producer with the same id works")
  func fenced() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("transactions-fenced", on: cluster)
    let producer = try makeProducer(cluster, "fenced")
    try producer.begin()
    try producer.produce(topic: topic, text: "first")
    cluster.failNext(.endTransaction, with: [.producerFenced])
    let error = kafkaError { () throws(KafkaError) in try producer.commit(timeoutMilliseconds: 10_000) }
    #expect(error?.isFatal == true)
    #expect(error?.isFenced == true)
    #expect(producer.fatalError?.isFatal == true)
    let after = kafkaError { () throws(KafkaError) in try producer.produce(topic: topic, text: "after") }
    #expect(after?.isFatal == true)
    try producer.close()

    let successor = try makeProducer(cluster, "fenced")
    try successor.begin()
    try successor.produce(topic: topic, text: "second")
    try successor.commit(timeoutMilliseconds: 10_000)
    #expect(successor.fatalError == nil)
  }

  @Test("Closing in the middle of a transaction while the brokers are down keeps its deadline")
  func closeWithoutBrokers() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("transactions-close", on: cluster)
    let producer = try makeProducer(cluster, "close")
    try producer.begin()
    try producer.produce(topic: topic, text: "lost")
    try cluster.takeDown()
    let clock = ContinuousClock()
    let start = clock.now
    try producer.close(deadlineMilliseconds: 500)
    #expect(clock.now - start < .seconds(5))
  }

  private func makeProducer(
    _ cluster: EmbeddedCluster,
    _ identity: String
  ) throws -> TransactionalProducer {
    let producer = try TransactionalProducer(cluster.properties.merging(["transactional.id": identity]))
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    return producer
  }
}
