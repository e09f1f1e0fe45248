import KafkaClient
import Testing

@Suite(
  "Transactions on a real broker",
  .enabled(if: RealBroker.bootstrapServers != nil, RealBroker.skipReason),
  .timeLimit(.minutes(2))
)
struct RealBrokerTests {
  @Test("Readers of committed records never see aborted ones, and see committed ones in order")
  func isolation() throws {
    let broker = try RealBroker("isolation")
    let topic = try broker.makeTopic("out")
    let producer = try broker.makeProducer("writer")
    try transact(producer, topic, "a") { try producer.commit(timeoutMilliseconds: 30_000) }
    try transact(producer, topic, "b") { try producer.abort(timeoutMilliseconds: 30_000) }
    try transact(producer, topic, "c") { try producer.commit(timeoutMilliseconds: 30_000) }
    #expect(try broker.read(topic) == ["a0", "a1", "a2", "c0", "c1", "c2"])
    let everything = try broker.read(topic, isolation: "read_uncommitted")
    #expect(everything == ["a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2"])
    try producer.close()
  }

  @Test("Records of an open transaction are invisible until it commits")
  func openTransaction() throws {
    let broker = try RealBroker("open")
    let topic = try broker.makeTopic("out")
    let producer = try broker.makeProducer("writer")
    try producer.begin()
    try producer.produce(topic: topic, text: "pending")
    try producer.flush(timeoutMilliseconds: 30_000)
    #expect(try broker.read(topic) == [])
    #expect(try broker.read(topic, isolation: "read_uncommitted") == ["pending"])
    try producer.commit(timeoutMilliseconds: 30_000)
    #expect(try broker.read(topic) == ["pending"])
    try producer.close()
  }

  @Test("Offsets move with a commit, metadata included, and stay after an abort")
  func offsets() throws {
    let broker = try RealBroker("offsets")
    let input = try broker.makeTopic("in")
    let output = try broker.makeTopic("out")
    try broker.fill(input, 10)
    let partition = TopicPartition(input, 0)
    let consumer = try broker.makeMember(of: "group", reading: input)
    #expect(consumer.read(10, withinMilliseconds: 30_000).count == 10)
    let producer = try broker.makeProducer("worker")
    let committed = OffsetAndMetadata(offset: 4, metadata: "attempts=1")

    try process(producer, consumer, output, [partition: committed])
    try producer.commit(timeoutMilliseconds: 30_000)
    #expect(try consumer.committed([partition], timeoutMilliseconds: 30_000) == [partition: committed])

    try process(producer, consumer, output, [partition: OffsetAndMetadata(offset: 9)])
    try producer.abort(timeoutMilliseconds: 30_000)
    #expect(try consumer.committed([partition], timeoutMilliseconds: 30_000) == [partition: committed])
    #expect(try broker.read(output) == ["processed"])

    // The way back after an abort: to the committed offset, and on from there.
    try consumer.seek(to: [partition: 4])
    #expect(
      consumer.read(6, withinMilliseconds: 30_000).compactMap(\.text) == ["4", "5", "6", "7", "8", "9"]
    )
    try producer.close()
    try consumer.close()
  }

  @Test("A second producer with the same id fences the first and discards its transaction")
  func fencing() throws {
    let broker = try RealBroker("fencing")
    let topic = try broker.makeTopic("out")
    let first = try broker.makeProducer("same")
    try first.begin()
    try first.produce(topic: topic, text: "zombie")
    try first.flush(timeoutMilliseconds: 30_000)
    let second = try broker.makeProducer("same")
    let error = kafkaError { () throws(KafkaError) in try first.commit(timeoutMilliseconds: 30_000) }
    #expect(error?.isFatal == true)
    #expect(error?.isFenced == true)
    #expect(error?.code == .fenced)
    #expect(first.fatalError?.isFenced == true)
    try second.begin()
    try second.produce(topic: topic, text: "successor")
    try second.commit(timeoutMilliseconds: 30_000)
    let visible = try broker.read(topic)
    #expect(visible == ["successor"])
    try first.close()
    try second.close()
  }

  @Test("A member that the group has replaced cannot commit: its transaction must be aborted")
  func replacedMember() throws {
    let broker = try RealBroker("replaced")
    let input = try broker.makeTopic("in")
    let output = try broker.makeTopic("out")
    try broker.fill(input, 4)
    let partition = TopicPartition(input, 0)
    let impatient: KafkaProperties = ["session.timeout.ms": "6000", "max.poll.interval.ms": "6000"]
    var events: [RebalanceEvent] = []
    let zombie = try broker.makeMember(of: "group", reading: input, impatient) { _, event in
      events.append(event)
    }
    #expect(zombie.read(4, withinMilliseconds: 30_000).count == 4)
    let producer = try broker.makeProducer("zombie")
    try producer.begin()
    try producer.produce(topic: output, partition: 0, text: "from the zombie")

    // It stops polling, and the group gives its partition to somebody else, who gets on with it.
    let heir = try broker.makeMember(of: "group", reading: input, impatient)
    #expect(heir.read(4, withinMilliseconds: 40_000).count == 4)
    let successor = try broker.makeProducer("heir")
    try process(successor, heir, output, [partition: OffsetAndMetadata(offset: 4)])
    try successor.commit(timeoutMilliseconds: 30_000)
    // Long enough for the zombie to miss max.poll.interval.ms too, in the middle of the rebalance.
    _ = heir.poll(untilMilliseconds: 2_000) { _ in false }

    let error = kafkaError { () throws(KafkaError) in
      try producer.sendOffsets(
        [partition: OffsetAndMetadata(offset: 2)],
        of: zombie,
        timeoutMilliseconds: 30_000
      )
    }
    #expect(error?.requiresAbort == true, "\(error.debugDescription)")
    try producer.abort(timeoutMilliseconds: 30_000)
    #expect(zombie.poll(untilMilliseconds: 10_000) { _ in events.count > 1 })
    #expect(events.prefix(2) == [.assigned([partition]), .lost([partition])])
    #expect(try heir.committed([partition], timeoutMilliseconds: 30_000)[partition]?.offset == 4)
    #expect(try broker.read(output) == ["processed"])
    try producer.close()
    try successor.close()
    try zombie.close()
    try heir.close()
  }

  @Test("A restarted static member fences its former self, which is fatal for that one")
  func staticMembership() throws {
    let broker = try RealBroker("static")
    let input = try broker.makeTopic("in")
    let identity: KafkaProperties = ["group.instance.id": "worker-1"]
    let former = try broker.makeMember(of: "group", reading: input, identity)
    #expect(former.poll(untilMilliseconds: 30_000) { _ in former.assignment.count == 1 })
    let present = try broker.makeMember(of: "group", reading: input, identity)
    #expect(present.poll(untilMilliseconds: 30_000) { _ in present.assignment.count == 1 })
    var seen: KafkaError?
    let fenced = former.poll(untilMilliseconds: 30_000) { outcome in
      if case .error(let error, _) = outcome { seen = error }
      return seen?.isFatal == true
    }
    #expect(fenced)
    #expect(seen?.code == .fencedInstanceID)
    #expect(seen?.isFenced == true)
    try former.close()
    try present.close()
  }

  private func transact(
    _ producer: TransactionalProducer,
    _ topic: String,
    _ name: String,
    _ end: () throws -> Void
  ) throws {
    try producer.begin()
    for index in 0..<3 { try producer.produce(topic: topic, partition: 0, text: "\(name)\(index)") }
    // An abort drops what is not sent yet; here it must have arrived to be hidden.
    try producer.flush(timeoutMilliseconds: 30_000)
    try end()
  }

  private func process(
    _ producer: TransactionalProducer,
    _ consumer: KafkaConsumer,
    _ output: String,
    _ offsets: [TopicPartition: OffsetAndMetadata]
  ) throws {
    try producer.begin()
    try producer.produce(topic: output, partition: 0, text: "processed")
    try producer.sendOffsets(offsets, of: consumer, timeoutMilliseconds: 30_000)
  }
}
