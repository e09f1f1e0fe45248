import KafkaClient
import Testing

@Suite("KafkaConsumer in a group", .timeLimit(.minutes(1)))
struct ConsumerGroupTests {
  @Test("Partitions move between members, and each learns it while it polls")
  func rebalance() throws {
    let topic = try EmbeddedKafka.makeTopic("group-moves", partitionCount: 4)
    let all = (0..<4).map { TopicPartition(topic, $0) }
    let firstLog = EventLog()
    let first = try makeMember("moves", topic, firstLog)
    #expect(first.poll(untilMilliseconds: 15_000) { _ in first.assignment == all })
    #expect(firstLog.events == [.assigned(all)])
    try first.pause(Set(all))

    let secondLog = EventLog()
    let second = try makeMember("moves", topic, secondLog)
    let shared = first.poll(untilMilliseconds: 40_000) { _ in
      _ = second.poll(timeoutMilliseconds: 20)
      return second.assignment.count == 2 && first.assignment.count == 2
    }
    #expect(shared)
    #expect(firstLog.events.prefix(2) == [.assigned(all), .revoked(all)])
    #expect(firstLog.events.last == .assigned(first.assignment))
    #expect(Set(first.assignment + second.assignment) == Set(all))
    // What range assigns is contiguous.
    #expect([first.assignment, second.assignment].contains(Array(all.prefix(2))))

    // A pause ends with the ownership, also for librdkafka, which would keep it.
    #expect(first.pausedPartitions.isEmpty && second.pausedPartitions.isEmpty)
    let producer = try KafkaProducer(EmbeddedKafka.cluster().properties)
    for partition in first.assignment {
      try producer.produce(topic: topic, partition: partition.partition, text: "\(partition)")
    }
    try producer.close()
    #expect(Set(first.read(2).compactMap(\.text)) == Set(first.assignment.map(\.description)))

    let given = second.assignment
    try second.close()
    #expect(secondLog.events.last == .revoked(given))
    #expect(first.poll(untilMilliseconds: 15_000) { _ in first.assignment == all })
    try first.close()
    #expect(firstLog.events.last == .revoked(all))
  }

  @Test("A committed offset with its metadata is where the next member starts")
  func committed() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("group-commits", partitionCount: 2)
    let producer = try KafkaProducer(cluster.properties)
    for index in 0..<5 { try producer.produce(topic: topic, partition: 0, text: "\(index)") }
    try producer.close()
    let partition = TopicPartition(topic, 0)
    let position = OffsetAndMetadata(offset: 3, metadata: "attempts=2 é")

    let first = try makeMember("commits", topic)
    #expect(first.read(5).count == 5)
    #expect(try first.committed(first.assignment, timeoutMilliseconds: 5_000) == [:])
    try first.commit([partition: position])
    try first.commit([:])
    #expect(try first.committed(first.assignment, timeoutMilliseconds: 5_000) == [partition: position])
    try first.close()

    var atAssignment: [TopicPartition: OffsetAndMetadata] = [:]
    let second = try makeMember("commits", topic) { consumer, event in
      if case .assigned(let partitions) = event {
        atAssignment = (try? consumer.committed(partitions, timeoutMilliseconds: 5_000)) ?? [:]
      }
    }
    #expect(second.read(2).map(\.text) == ["3", "4"])
    #expect(atAssignment == [partition: position])
    try second.close()
  }

  @Test("The handler of an assignment may choose where to start")
  func seekWhenAssigned() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("group-seeks")
    let producer = try KafkaProducer(cluster.properties)
    for index in 0..<5 { try producer.produce(topic: topic, partition: 0, text: "\(index)") }
    try producer.close()
    let member = try makeMember("seeks", topic) { consumer, event in
      guard case .assigned(let partitions) = event else { return }
      let error = kafkaError { () throws(KafkaError) in
        try consumer.seek(to: [partitions.first ?? TopicPartition("", 0): 4])
      }
      #expect(error == nil)
    }
    #expect(member.readUntilQuiet().map(\.text) == ["4"])
    // Steady members may rewind too.
    try member.seek(to: [TopicPartition(topic, 0): 3])
    #expect(member.readUntilQuiet().map(\.text) == ["3", "4"])
    try member.close()
  }

  @Test("A member thrown out of the group learns that its partitions are lost")
  func lost() throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("group-lost", on: cluster)
    let log = EventLog()
    let member = try makeMember("lost", topic, log, on: cluster)
    let partitions = [TopicPartition(topic, 0)]
    #expect(member.poll(untilMilliseconds: 15_000) { _ in member.assignment == partitions })
    let producer = try TransactionalProducer(cluster.properties.merging(["transactional.id": "lost"]))
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    try producer.begin()
    let position = [TopicPartition(topic, 0): OffsetAndMetadata(offset: 1)]
    try producer.sendOffsets(position, of: member, timeoutMilliseconds: 5_000)

    cluster.failNext(.heartbeat, with: [.unknownMemberID])
    // Even before the member polls and learns it, its offsets are refused.
    #expect(eventually { refusal(of: producer, position, member)?.code == .assignmentLost })
    #expect(refusal(of: producer, position, member)?.requiresAbort == true)
    #expect(member.assignment == partitions)
    try producer.abort(timeoutMilliseconds: 5_000)
    #expect(member.poll(untilMilliseconds: 15_000) { _ in log.events.count > 1 })
    #expect(log.events.prefix(2) == [.assigned(partitions), .lost(partitions)])
    #expect(member.assignment.isEmpty || log.events.count > 2)
    try member.close()
  }

  @Test("Offsets of partitions that the member does not own are refused")
  func foreignPartition() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("group-foreign")
    let member = try makeMember("foreign", topic)
    let producer = try TransactionalProducer(cluster.properties.merging(["transactional.id": "foreign"]))
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    try producer.begin()
    let own = [TopicPartition(topic, 0): OffsetAndMetadata(offset: 1)]
    #expect(refusal(of: producer, own, member)?.code == .assignmentLost)
    #expect(member.poll(untilMilliseconds: 15_000) { _ in !member.assignment.isEmpty })
    #expect(refusal(of: producer, own, member) == nil)
    let foreign = [TopicPartition(topic, 7): OffsetAndMetadata(offset: 1)]
    #expect(refusal(of: producer, foreign, member)?.code == .assignmentLost)
    try producer.close()
    try member.close()
  }

  private func refusal(
    of producer: TransactionalProducer,
    _ offsets: [TopicPartition: OffsetAndMetadata],
    _ member: KafkaConsumer
  ) -> KafkaError? {
    kafkaError { () throws(KafkaError) in
      try producer.sendOffsets(offsets, of: member, timeoutMilliseconds: 5_000)
    }
  }

  private func makeMember(
    _ group: String,
    _ topic: String,
    _ log: EventLog = EventLog(),
    on cluster: EmbeddedCluster? = nil,
    _ handler: KafkaConsumer.RebalanceHandler? = nil
  ) throws -> KafkaConsumer {
    let cluster = try cluster ?? EmbeddedKafka.cluster()
    let properties = cluster.consumerProperties.merging([
      "group.id": group, "session.timeout.ms": "10000", "heartbeat.interval.ms": "200",
    ])
    let consumer = try KafkaConsumer(properties) { consumer, event in
      log.events.append(event)
      handler?(consumer, event)
    }
    try consumer.subscribe(to: [topic])
    return consumer
  }
}

/// The rebalance events of one member.
private final class EventLog {
  var events: [RebalanceEvent] = []
}

extension KafkaConsumer {
  /// Joins if need be, then polls until the end of a partition after which nothing comes.
  fileprivate func readUntilQuiet() -> [ConsumedRecord] {
    var records: [ConsumedRecord] = []
    _ = poll(untilMilliseconds: 15_000) { outcome in
      switch outcome {
      case .record(let record): records.append(record)
      case .endOfPartition: return true
      case .error, .nothing: break
      }
      return false
    }
    return records
  }
}
