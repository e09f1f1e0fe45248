import KafkaClient
import Testing

@Suite("A record through the embedded cluster", .timeLimit(.minutes(1)))
struct RecordRoundTripTests {
  private struct Sample {
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: RecordHeaders
    var timestamp: Int64
  }

  @Test("Keeps key, value, headers and timestamp, null and empty apart")
  func contents() throws {
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("round-trip")
    var headers: RecordHeaders = ["trace": "abc", "trace": "def", "empty": ""]
    headers.append("null", nil)
    headers.append("binary", [0, 255, 10])
    let samples = [
      Sample(key: Array("k".utf8), value: Array("v".utf8), headers: headers, timestamp: 1_700_000_000_123),
      Sample(key: nil, value: nil, headers: [:], timestamp: 1),
      Sample(key: [], value: [], headers: ["h": "1"], timestamp: 4_102_444_800_000),
      Sample(key: [0], value: [UInt8](repeating: 0xAB, count: 100_000), headers: [:], timestamp: 2),
    ]
    let producer = try KafkaProducer(cluster.properties)
    for sample in samples {
      try producer.produce(
        topic: topic,
        partition: 0,
        key: sample.key,
        value: sample.value,
        headers: sample.headers,
        timestampMilliseconds: sample.timestamp
      )
    }
    try producer.close()

    let consumer = try KafkaConsumer(cluster.consumerProperties)
    try consumer.assign([TopicPartition(topic, 0): LogicalOffset.beginning])
    let records = consumer.readToEnd()
    #expect(records.count == samples.count)
    for (index, (record, sample)) in zip(records, samples).enumerated() {
      #expect(record.topic == topic)
      #expect(record.partition == 0)
      #expect(record.offset == Int64(index))
      #expect(record.key == sample.key)
      #expect(record.value == sample.value)
      #expect(record.headers == sample.headers)
      #expect(record.timestampMilliseconds == sample.timestamp)
      #expect(record.byteCount == (sample.key?.count ?? 0) + (sample.value?.count ?? 0))
    }
  }

  /// The partitions Kafka's Java client chooses: `(murmur2(key) & 0x7fffffff) % 7`, with the hashes of its
  /// `UtilsTest.testMurmur2`.
  @Test("Goes to the partition Java clients choose for its key")
  func partitioning() throws {
    let hashes: [(key: String, murmur2: Int32)] = [
      ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
      ("a-little-bit-longer-string", -1_486_304_829),
      ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ]
    let cluster = try EmbeddedKafka.cluster()
    let topic = try EmbeddedKafka.makeTopic("partitioning", partitionCount: 7)
    let producer = try KafkaProducer(cluster.properties)
    for (key, _) in hashes { try producer.produce(topic: topic, key: key, text: "") }
    try producer.close()
    let consumer = try KafkaConsumer(cluster.consumerProperties)
    let all = (0..<7).map { (TopicPartition(topic, $0), LogicalOffset.beginning) }
    try consumer.assign(Dictionary(uniqueKeysWithValues: all))
    var partitions: [String: Int32] = [:]
    for record in consumer.readToEnd() {
      partitions[String(decoding: record.key ?? [], as: UTF8.self)] = record.partition
    }
    for (key, murmur2) in hashes { #expect(partitions[key] == (murmur2 & 0x7fff_ffff) % 7) }
  }
}
