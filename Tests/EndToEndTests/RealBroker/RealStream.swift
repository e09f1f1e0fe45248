import CreditEvents
import Foundation
import KafkaClient
import StrictJSON
import Testing

/// A run on the cluster named in `KAFKA_BOOTSTRAP_SERVERS`, with topics, group and identities of its own.
struct RealStream {
  static let brokers = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP_SERVERS"]
  static let isFull = ProcessInfo.processInfo.environment["FAULTS"] == "full"
  static let skipReason: Comment =
    "skipped: KAFKA_BOOTSTRAP_SERVERS is not set; name a Kafka 2.5 to 3.9 to run the contract on it"

  let run: String
  let partitions: Int
  let folder: String
  private let brokers: String
  private let producer: KafkaProducer

  init(_ name: String, partitions: Int = 2) throws {
    brokers = try #require(Self.brokers)
    run = "cs-\(name)-\(UInt32.random(in: 0 ... .max))"
    self.partitions = partitions
    folder = try TrainedLoanBook.folder()
    let admin = try KafkaAdmin(["bootstrap.servers": brokers])
    let names = ["\(run).in", "\(run).out", "\(run).dlq"]
    let topics = names.map {
      NewTopic($0, partitionCount: partitions, replicationFactor: 1)
    }
    let ordered = ["\(run).models", "\(run).partials"].map {
      NewTopic($0, partitionCount: 1, replicationFactor: 1)
    }
    for result in try admin.createTopics(topics + ordered, timeoutMilliseconds: 30_000) {
      try #require(result.error == nil, "\(result)")
    }
    producer = try KafkaProducer(["bootstrap.servers": brokers])
    try TrainedLoanBook.activate(run, brokers: brokers)
  }

  /// Flags of a scorer; short time-outs, so that a member that died is missed soon.
  func flags(instance: String, batch: Int = 32, workers: Int = 1) -> [String] {
    let settings = [
      "instance=\(instance)", "workers=\(workers)", "batch.minimum_records=\(min(16, batch))",
      "batch.maximum_records=\(batch)", "kafka.session.timeout.ms=6000", "kafka.heartbeat.interval.ms=500",
      "kafka.transaction.timeout.ms=5000", "kafka.fetch.wait.max.ms=50",
    ]
    return TrainedLoanBook.flags(run, brokers: brokers) + settings.flatMap { ["--set", $0] }
  }

  func start(
    _ instance: String,
    batch: Int = 32,
    workers: Int = 1,
    failPoint: String? = nil,
    _ more: [String] = []
  )
    throws -> ScorerProcess
  {
    try ScorerProcess(
      flags(instance: instance, batch: batch, workers: workers) + more,
      in: folder,
      failPoint: failPoint
    )
  }

  func publish(_ ids: Range<Int>) throws {
    try TrainedLoanBook.publish(ids, to: "\(run).in", partitions: partitions, with: producer)
  }

  /// What readers of committed records see.
  func audit() throws -> Audit {
    var audit = Audit(partitions: partitions)
    let admin = try KafkaAdmin(["bootstrap.servers": brokers])
    for partition in 0..<Int32(partitions) {
      audit.ends[partition] = try admin.watermarks(
        of: TopicPartition("\(run).in", partition),
        timeoutMilliseconds: 10_000
      ).high
    }
    try readToEnd("\(run).out", isolation: "read_committed") { record in audit.takeDecision(record) }
    try readToEnd("\(run).dlq", isolation: "read_committed") { record in audit.takeLetter(record) }
    let consumer = try KafkaConsumer(["bootstrap.servers": brokers, "group.id": run])
    let inputs = (0..<Int32(partitions)).map { TopicPartition("\(run).in", $0) }
    for (partition, offset) in try consumer.committed(inputs, timeoutMilliseconds: 10_000) {
      audit.committed[partition.partition] = offset.offset
    }
    try consumer.close()
    return audit
  }

  /// How many answers stand in the topics, whatever became of their transactions.
  func uncommittedCount() throws -> Int {
    var count = 0
    for topic in ["out", "dlq"] {
      try readToEnd("\(run).\(topic)", isolation: "read_uncommitted") { _ in count += 1 }
    }
    return count
  }

  /// Waits until so many answers are committed.
  func waitForAnswers(_ count: Int, withinSeconds limit: Double) throws -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    while try audit().answers < count {
      guard clock.now - start < .seconds(limit) else { return false }
      usleep(200_000)
    }
    return true
  }

  private func readToEnd(_ topic: String, isolation: String, _ body: (ConsumedRecord) -> Void) throws {
    let consumer = try KafkaConsumer([
      "bootstrap.servers": brokers, "isolation.level": isolation, "fetch.wait.max.ms": "20",
    ])
    let all = try consumer.partitions(of: topic, timeoutMilliseconds: 10_000)
    try consumer.assign(Dictionary(uniqueKeysWithValues: all.map { ($0, LogicalOffset.beginning) }))
    var open = Set(all)
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while !open.isEmpty, clock.now < deadline {
      switch consumer.poll(timeoutMilliseconds: 100) {
      case .record(let record): body(record)
      case .endOfPartition(let partition, _): open.remove(partition)
      case .error, .nothing: continue
      }
    }
    try #require(open.isEmpty, "\(topic) could not be read to its end")
    try consumer.close()
  }
}
