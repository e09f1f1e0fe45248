import CreditEvents
import KafkaClient
import Logging
import ScoringStream
import StrictJSON

/// A scorer of whole numbers: the value `{"id":7}` is application 7, anything else is no application.
final class NumberScorer: RecordScorer {
  let model: String
  let watch: EventWatch?

  init(model: String, watch: EventWatch? = nil) {
    self.model = model
    self.watch = watch
  }

  func score(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<ScoredRecord, Rejection> {
    guard let value, !value.isEmpty else {
      return .failure(Rejection(.emptyValue, message: "nothing there"))
    }
    let text = String(decoding: value, as: UTF8.self)
    guard text.hasPrefix("{\"id\":"), text.hasSuffix("}"), let id = Int(text.dropFirst(6).dropLast()) else {
      return .failure(Rejection(.notJSON, message: "no application"))
    }
    writer.beginObject()
    writer.member("application_id", String(id))
    writer.member("model", model)
    writer.member("offset", source.offset)
    writer.endObject()
    watch?.take { $0[0] = Double(id % 10) }
    return .success(ScoredRecord(applicationID: String(id), outcome: id % 2 == 0 ? .approve : .decline))
  }
}

/// An embedded cluster with the scorer's topics and a scorer on it.
///
/// The mock cluster forgets offsets sent in a transaction and shows aborted records: what runs here is the client and the
/// wiring, never evidence for exactly-once.
struct EmbeddedStream {
  struct Read: Equatable {
    var partition: Int32
    var offset: Int64
    var key: String?
    var value: String?
    var headers: [String: String]
    var timestamp: Int64?
  }

  let cluster: EmbeddedCluster
  let topics = ScorerTopics()
  var settings = ScorerSettings()

  init(partitions: Int = 4, workers: Int = 2, brokers: Int = 1) throws {
    cluster = try EmbeddedCluster(brokerCount: brokers)
    for topic in [topics.applications, topics.decisions, topics.deadLetters] {
      try cluster.createTopic(topic, partitionCount: partitions)
    }
    for topic in [topics.partials, topics.models] {
      try cluster.createTopic(topic, partitionCount: 1)
    }
    settings.brokers = cluster.bootstrapServers
    settings.workers = workers
    settings.kafka = ["fetch.wait.max.ms": "10"]
  }

  func service(
    _ adjust: (inout ScoringService.Options) -> Void = { _ in },
    load: ScoringService.LoadModel? = nil
  ) -> ScoringService {
    var options = ScoringService.Options()
    options.refusesRebalance = true
    options.isStaticMember = false
    adjust(&options)
    return ScoringService(
      settings,
      options: options,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      load: load ?? { announcement in
        guard announcement.path != "corrupt" else { throw Rejection(.notJSON, message: "corrupt bundle") }
        return { NumberScorer(model: announcement.model.version) }
      }
    )
  }

  func announce(_ version: String, path: String = "m/1", activeFrom: Int64 = 0) throws {
    let model = ModelIdentity(name: "m", version: version, sha256: String(repeating: "a", count: 64))
    let announcement = ModelAnnouncement(model: model, path: path, activeFromMilliseconds: activeFrom)
    var writer = JSONWriter()
    announcement.encode(into: &writer)
    try publish(topics.models, [(announcement.recordKey, String(decoding: writer.bytes, as: UTF8.self))])
  }

  func publish(
    _ topic: String,
    _ records: [(key: String?, value: String?)],
    headers: RecordHeaders = RecordHeaders(),
    timestamp: Int64? = nil
  ) throws {
    let producer = try KafkaProducer(cluster.properties)
    for record in records {
      try Array((record.key ?? "").utf8).withUnsafeBytes { key in
        try Array((record.value ?? "").utf8).withUnsafeBytes { value in
          try producer.produce(
            topic: topic,
            key: record.key == nil ? nil : key,
            value: record.value == nil ? nil : value,
            headers: headers,
            timestampMilliseconds: timestamp
          )
        }
      }
    }
    try producer.close()
  }

  /// Reads a topic to the end it has now.
  func read(_ topic: String) throws -> [Read] {
    let consumer = try KafkaConsumer(cluster.properties.merging(["fetch.wait.max.ms": "10"]))
    let partitions = try consumer.partitions(of: topic, timeoutMilliseconds: 5_000)
    try consumer.assign(Dictionary(uniqueKeysWithValues: partitions.map { ($0, LogicalOffset.beginning) }))
    var open = Set(partitions)
    var records: [Read] = []
    while !open.isEmpty {
      switch consumer.poll(timeoutMilliseconds: 5_000) {
      case .record(let record):
        var headers: [String: String] = [:]
        record.forEachHeader { name, value in
          headers[String(decoding: name, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) }
        }
        records.append(
          Read(
            partition: record.partition,
            offset: record.offset,
            key: record.key.map { String(decoding: $0, as: UTF8.self) },
            value: record.value.map { String(decoding: $0, as: UTF8.self) },
            headers: headers,
            timestamp: record.timestampMilliseconds
          )
        )
      case .endOfPartition(let partition, _): open.remove(partition)
      case .error(let error, _): throw error
      case .nothing: throw ScoringStreamError(.client, "no answer from the embedded cluster")
      }
    }
    try consumer.close()
    return records
  }
}
