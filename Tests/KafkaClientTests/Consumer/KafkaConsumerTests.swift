import KafkaClient
import Testing

@Suite("KafkaConsumer without a group", .timeLimit(.minutes(1)))
struct KafkaConsumerTests {
  @Test("Tells the end of every partition, watermarks and lag")
  func ends() throws {
    let (consumer, topic) = try makeConsumer("ends", records: [3, 0])
    #expect(consumer.readToEnd().map(\.text) == ["0/0", "0/1", "0/2"])
    #expect(consumer.nextOffsets == [TopicPartition(topic, 0): 3, TopicPartition(topic, 1): 0])
    #expect(consumer.lag == [TopicPartition(topic, 0): 0, TopicPartition(topic, 1): 0])
    let watermarks = try consumer.watermarks(of: TopicPartition(topic, 0), timeoutMilliseconds: 5_000)
    #expect(watermarks == Watermarks(low: 0, high: 3))
    #expect(try consumer.partitions(of: topic, timeoutMilliseconds: 5_000) == consumer.assignment)
  }

  @Test("Lag counts what is left to read")
  func lag() throws {
    let (consumer, topic) = try makeConsumer("lag", records: [5])
    let records = consumer.read(2)
    #expect(records.count == 2)
    #expect(consumer.lag == [TopicPartition(topic, 0): 3])
  }

  @Test("After a seek reads the same records again, and other partitions go on")
  func seek() throws {
    let (consumer, topic) = try makeConsumer("seek", records: [4, 3])
    #expect(consumer.readToEnd().count == 7)
    try consumer.seek(to: [TopicPartition(topic, 0): 2, TopicPartition("elsewhere", 0): 0])
    #expect(consumer.readToEnd().map(\.text) == ["0/2", "0/3"])
    try consumer.seek(to: [TopicPartition(topic, 1): 0])
    #expect(consumer.readToEnd().map(\.text) == ["1/0", "1/1", "1/2"])
    #expect(consumer.droppedRecordCount == 0)
  }

  @Test("A seek in the middle neither skips nor repeats anything of the other partition")
  func seekInTheMiddle() throws {
    let (consumer, topic) = try makeConsumer("seek-middle", records: [200, 200])
    var records = consumer.read(150)
    try consumer.seek(to: [TopicPartition(topic, 0): 0])
    records += consumer.readToEnd()
    let second = records.filter { $0.partition == 1 }.map(\.offset)
    #expect(second == Array(0..<200))
    let first = records.filter { $0.partition == 0 }.map(\.offset)
    #expect(Array(first.suffix(200)) == Array(0..<200))
  }

  @Test("A paused partition is silent until resumed, also over a seek")
  func pause() throws {
    let (consumer, topic) = try makeConsumer("pause", records: [2, 2])
    let stopped = TopicPartition(topic, 0)
    try consumer.pause([stopped])
    #expect(consumer.pausedPartitions == [stopped])
    #expect(consumer.read(3, withinMilliseconds: 1_000).map(\.text) == ["1/0", "1/1"])
    try consumer.seek(to: [TopicPartition(topic, 1): 1])
    #expect(consumer.read(2, withinMilliseconds: 1_000).map(\.text) == ["1/1"])
    try consumer.resume([stopped, TopicPartition(topic, 1)])
    #expect(consumer.pausedPartitions.isEmpty)
    #expect(consumer.read(3, withinMilliseconds: 3_000).map(\.text) == ["0/0", "0/1"])
  }

  @Test("Without an offset to start from, `auto.offset.reset=error` says so for the partition")
  func offsetOutOfRange() throws {
    let (consumer, topic) = try makeConsumer(
      "out-of-range",
      records: [2],
      startingAt: 1_000,
      ["auto.offset.reset": "error"]
    )
    var found: (KafkaError, TopicPartition?)?
    let told = consumer.poll(untilMilliseconds: 10_000) { outcome in
      guard case .error(let error, let partition) = outcome else { return false }
      found = (error, partition)
      return true
    }
    #expect(told)
    #expect(found?.0.code == .automaticOffsetReset)
    #expect(found?.1 == TopicPartition(topic, 0))
  }

  @Test("A topic that does not exist is named in the error")
  func unknownTopic() throws {
    let cluster = try EmbeddedCluster()
    cluster.setTopicError("absent", .unknownTopicOrPartition)
    let consumer = try KafkaConsumer(cluster.consumerProperties)
    let error = kafkaError { () throws(KafkaError) in
      try consumer.partitions(of: "absent", timeoutMilliseconds: 5_000)
    }
    #expect(error?.code == .unknownTopicOrPartition)
    #expect(error?.message.contains("absent") == true)
  }

  @Test("A closed consumer answers every call with an error, and may be closed again")
  func closed() throws {
    let (consumer, topic) = try makeConsumer("closed", records: [1])
    try consumer.close()
    try consumer.close()
    guard case .error(let error, nil) = consumer.poll(timeoutMilliseconds: 0) else {
      Issue.record("a closed consumer must not deliver anything")
      return
    }
    #expect(error.code == .state)
    let second = kafkaError { () throws(KafkaError) in try consumer.subscribe(to: [topic]) }
    #expect(second?.code == .state)
    #expect(consumer.assignment.isEmpty)
    #expect(consumer.lag.isEmpty)
  }

  @Test("Records outlive the consumer that read them")
  func recordsOutlive() throws {
    let (consumer, _) = try makeConsumer("outlive", records: [2])
    let records = consumer.read(2)
    try consumer.close()
    #expect(records.map(\.text) == ["0/0", "0/1"])
  }

  /// A consumer at the start of a new topic whose partitions hold so many records, "partition/offset".
  private func makeConsumer(
    _ name: String,
    records: [Int],
    startingAt start: Int64 = LogicalOffset.beginning,
    _ properties: KafkaProperties = [:]
  ) throws -> (KafkaConsumer, String) {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("consumer-" + name, partitionCount: records.count)
    let producer = try KafkaProducer(cluster.properties)
    var start = [TopicPartition(topic, 0): start]
    for (partition, count) in records.enumerated() {
      for offset in 0..<count {
        try producer.produce(topic: topic, partition: Int32(partition), text: "\(partition)/\(offset)")
      }
      let key = TopicPartition(topic, Int32(partition))
      start[key] = start[key] ?? LogicalOffset.beginning
    }
    try producer.close()
    let consumer = try KafkaConsumer(cluster.consumerProperties.merging(properties))
    try consumer.assign(start)
    return (consumer, topic)
  }
}
