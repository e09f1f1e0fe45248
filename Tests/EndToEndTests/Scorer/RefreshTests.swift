import CreditEvents
import Foundation
import KafkaClient
import StrictJSON
import TestSupport
import Testing

/// The refresh job on the embedded cluster: it shows the way of the records, and is no evidence for exactly-once.
@Suite("Refresh", .serialized, .timeLimit(.minutes(10)))
struct RefreshTests {
  private static let partitions = 2
  private static let experiment = """
    experiment: loan-book
    pipeline: pipeline.yaml
    validation: {folds: 3, holdout: 0.25}
    models:
      boosting: {fixed: {maximum_rounds: 60, early_stopping_rounds: 10, max_depth: 3, learning_rate: 0.2}}
    report: {bootstrap_draws: 50, explained_rows: 50}
    refresh: {maturity_days: 0, minimum_rows: 500, minimum_defaults: 20}
    """

  @Test(
    "Applications and outcomes in, drift alert, refit, activation: decisions carry the new version, none lost"
  )
  func refresh() throws {
    let folder = try TrainedLoanBook.folder()
    try Data(Self.experiment.utf8).write(to: URL(filePath: folder + "/experiment.yaml"))
    let cluster = try EmbeddedCluster(brokerCount: 1)
    let brokers = cluster.bootstrapServers
    let run = "refresh"
    for topic in ["\(run).in", "\(run).out", "\(run).dlq"] {
      try cluster.createTopic(topic, partitionCount: Self.partitions)
    }
    for topic in ["\(run).models", "\(run).outcomes", "\(run).alerts", "\(run).partials"] {
      try cluster.createTopic(topic, partitionCount: 1)
    }
    try TrainedLoanBook.activate(run, brokers: brokers)
    let flags = TrainedLoanBook.flags(run, brokers: brokers) + ["--set", "kafka.fetch.wait.max.ms=10"]
    let scorer = try ScorerProcess(flags, in: folder)
    try #require(scorer.waitForWords("Partitions assigned"), "\(scorer.words)")
    let producer = try KafkaProducer(cluster.properties)
    let book = LoanBook.table(rows: 900, seed: 3, withTarget: true).split(separator: "\n").dropFirst()
    for (number, line) in book.enumerated() {
      try Self.publish(line, number, run, producer, withOutcome: true)
    }
    try producer.flush(timeoutMilliseconds: 30_000)
    let trainer = try ScorerProcess(
      flags + [
        "--experiment", "experiment.yaml", "--watch", "--activate", "--refreshes", "1", "--outcomes-topic",
        "\(run).outcomes", "--alerts-topic", "\(run).alerts",
      ],
      in: folder,
      command: "train"
    )
    try #require(trainer.waitForWords("watching \(run).alerts"), "\(trainer.words)")
    try Self.send(Self.alert, key: "alert-1", to: "\(run).alerts", 0, producer)
    try producer.flush(timeoutMilliseconds: 30_000)
    try #require(trainer.waitForEnd(withinSeconds: 180) != nil && trainer.status == 0, "\(trainer.words)")
    #expect(trainer.words.contains("refit asked for by alert alert-1: the population moved"))
    #expect(trainer.words.contains("registered and put in force; not worse than the champion loan-book 1"))
    // An announcement holds from the batch after it was read.
    try #require(scorer.waitForWords("loan-book/2"), "\(scorer.words.suffix(800))")
    let later = LoanBook.table(rows: 1_100, seed: 4, withTarget: true).split(separator: "\n").dropFirst(901)
    for (number, line) in later.enumerated() {
      try Self.publish(line, number, run, producer, withOutcome: false)
    }
    try producer.flush(timeoutMilliseconds: 30_000)
    let versions = try Self.versions(of: "\(run).out", expecting: 1_100, cluster)
    scorer.send(SIGTERM)
    #expect(scorer.waitForEnd(withinSeconds: 15) != nil)
    #expect(versions.count == 1_100)
    // The embedded cluster does not hide what an aborted transaction wrote, so an id may come twice.
    #expect(Self.counted(versions, 0..<900) == ["1": 900])
    #expect(Self.counted(versions, 900..<1_100) == ["2": 200])
  }

  /// How many of some applications were decided by each version, or by several.
  private static func counted(_ versions: [String: [String]], _ ids: Range<Int>) -> [String: Int] {
    ids.reduce(into: [:]) { counts, id in
      let all = Set(versions["A\(id)"] ?? []).sorted()
      counts[all.joined(separator: " and "), default: 0] += 1
    }
  }

  /// One line of the loan book as an event, and what became of it.
  private static func publish(
    _ line: Substring,
    _ number: Int,
    _ run: String,
    _ producer: KafkaProducer,
    withOutcome: Bool
  ) throws {
    let cells = line.replacing("\"other, or none\"", with: "other").split(
      separator: ",",
      omittingEmptySubsequences: false
    )
    let id = String(cells[0])
    let income = cells[1].isEmpty ? "null" : String(cells[1])
    let event =
      "{\"ID\":\"\(id)\",\"INCOME\":\(income),\"AMOUNT\":\(cells[2]),\"PURPOSE\":\"\(cells[3])\","
      + "\"OWNER\":\"\(cells[4])\"}"
    try send(Array(event.utf8), key: id, to: "\(run).in", Int32(number % partitions), producer)
    guard withOutcome else { return }
    var writer = JSONWriter()
    LoanOutcome(applicationID: id, outcome: cells[6] == "1" ? .defaulted : .repaid, knownAtMilliseconds: 1)
      .encode(into: &writer)
    try send(writer.bytes, key: id, to: "\(run).outcomes", 0, producer)
  }

  private static func send(
    _ value: [UInt8],
    key: String,
    to topic: String,
    _ partition: Int32,
    _ producer: KafkaProducer
  ) throws {
    try Array(key.utf8).withUnsafeBytes { key in
      try value.withUnsafeBytes { value in
        try producer.produce(topic: topic, partition: partition, key: key, value: value)
      }
    }
  }

  private static var alert: [UInt8] {
    var writer = JSONWriter()
    DriftAlert(
      alertID: "alert-1",
      incidentID: "alert-1",
      change: .opened,
      kind: .score,
      severity: .major,
      model: nil,
      window: .init(fromMilliseconds: 0, toMilliseconds: 1, events: 900),
      message: "the population moved",
      action: "refit",
      requestsRefit: true,
      position: 0
    ).encode(into: &writer)
    return writer.bytes
  }

  /// The versions of the models that decided each application.
  private static func versions(
    of topic: String,
    expecting count: Int,
    _ cluster: EmbeddedCluster
  ) throws -> [String: [String]] {
    let consumer = try KafkaConsumer(cluster.consumerProperties)
    try consumer.assign(
      Dictionary(
        uniqueKeysWithValues: (0..<partitions).map {
          (TopicPartition(topic, Int32($0)), LogicalOffset.beginning)
        }
      )
    )
    let parser = JSONParser(limits: .event)
    var versions: [String: [String]] = [:]
    let end = ContinuousClock.now + .seconds(60)
    while versions.count < count, ContinuousClock.now < end {
      guard case .record(let record) = consumer.poll(timeoutMilliseconds: 100) else { continue }
      let (id, version) = try parser.withRoot(of: record.value ?? []) { root in
        (root["application_id"]?.string ?? "", root["model"]?["version"]?.string ?? "")
      }
      versions[id, default: []].append(version)
    }
    try consumer.close(deadlineMilliseconds: 2_000)
    return versions
  }
}
