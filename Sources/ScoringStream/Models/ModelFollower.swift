import CreditEvents
import KafkaClient
import Logging
import Metrics
import StrictJSON
import Synchronization
import Telemetry

/// Reads the announcements of models: to the end before anything is scored, and on from there as long as the scorer runs.
///
/// It belongs to no group, so every process sees every announcement. A bundle that is corrupt, missing or unfit is refused and
/// counted; the model before it stays in force.
final class ModelFollower: Sendable {
  /// Loads and checks the bundle of an announcement; the result makes a scorer for each worker.
  typealias Load = @Sendable (ModelAnnouncement) throws -> @Sendable () -> any RecordScorer

  /// What it tells its owner, on its own thread.
  enum News: Sendable {
    case model(AnnouncedModel)
    /// The topic was read up to this offset, whatever came of it.
    case readThrough(Int64)
    /// Everything announced before the start was read; the number of partitions of the applications topic.
    case upToDate(models: Int, partitions: Int)
    case failed(ScoringStreamError)
  }

  private let properties: KafkaProperties
  private let topics: ScorerTopics
  private let load: Load
  private let logger: Logger
  private let isStopping = Atomic(false)

  init(_ properties: KafkaProperties, topics: ScorerTopics, logger: Logger, load: @escaping Load) {
    self.properties = properties
    self.topics = topics
    self.load = load
    self.logger = logger
  }

  /// Makes ``run(_:)`` return soon.
  func stop() { isStopping.store(true, ordering: .relaxed) }

  /// Follows the topic until told to stop; to be called on a thread of its own.
  ///
  /// - Parameter report: Receives the news.
  func run(_ report: @escaping @Sendable (News) -> Void) {
    do throws(KafkaError) {
      let consumer = try KafkaConsumer(properties)
      let partitions = try awaitTopic(topics.applications, consumer)
      let announcements = try awaitTopic(topics.models, consumer)
      guard !isStopping.load(ordering: .relaxed) else { return }
      guard announcements.count == 1, let only = announcements.first else {
        return report(.failed(Self.tooManyPartitions(topics.models, announcements.count)))
      }
      try follow(only, consumer, partitions: partitions.count, report)
      try consumer.close(deadlineMilliseconds: 1_500)
    } catch {
      report(
        .failed(
          ScoringStreamError(
            .topic,
            "announcements of models cannot be read: \(error)",
            exitCode: Self.code(error)
          )
        )
      )
    }
  }

  private func follow(
    _ partition: TopicPartition,
    _ consumer: KafkaConsumer,
    partitions: Int,
    _ report: (News) -> Void
  ) throws(KafkaError) {
    guard let end = try awaitEnd(of: partition, consumer) else { return }
    try consumer.assign([partition: LogicalOffset.beginning])
    let parser = JSONParser(limits: .event)
    var known = 0
    var isUpToDate = false
    while !isStopping.load(ordering: .relaxed) {
      switch consumer.poll(timeoutMilliseconds: 100) {
      case .record(let record):
        guard let model = read(record, parser) else {
          report(.readThrough(record.offset))
          continue
        }
        known += 1
        report(.model(model))
      case .endOfPartition(_, let offset):
        report(.readThrough(offset - 1))
        guard offset >= end, !isUpToDate else { continue }
        isUpToDate = true
        report(.upToDate(models: known, partitions: partitions))
      case .error(let error, _):
        if error.isFatal || CallFailure(error, isPoll: true).kind == .denied { throw error }
        logger.notice("Models topic", metadata: [LogKey.reason: "\(error)"])
      case .nothing: continue
      }
    }
  }

  /// Loads what a record announces; nil when it announces nothing that can be used.
  private func read(_ record: ConsumedRecord, _ parser: JSONParser) -> AnnouncedModel? {
    do {
      // A tombstone takes an announcement out of the topic; what is in force stays so.
      guard let value = record.value else { return nil }
      let announcement = try parser.withRoot(of: value) { root in try ModelAnnouncement(json: root) }
      let makeScorer = try load(announcement)
      let activation = ModelActivation(
        sequence: record.offset,
        activeFrom: announcement.activeFromMilliseconds
      )
      logger.info(
        announcement.isRollback ? "Model announced: back to it" : "Model announced",
        metadata: [
          LogKey.model: "\(announcement.model.name)/\(announcement.model.version)",
          LogKey.sha256: "\(announcement.model.sha256)", LogKey.announcement: "\(record.offset)",
        ]
      )
      return AnnouncedModel(activation: activation, identity: announcement.model, makeScorer: makeScorer)
    } catch {
      Counter(label: MetricName.modelsRefused).increment()
      logger.error(
        "Announced model refused; the one before stays in force",
        metadata: [LogKey.announcement: "\(record.offset)", LogKey.reason: "\(error)"]
      )
      return nil
    }
  }

  /// Waits until a topic exists: nothing can be decided before, and nothing is lost by waiting.
  private func awaitTopic(_ topic: String, _ consumer: KafkaConsumer) throws(KafkaError) -> [TopicPartition] {
    var waitsSince: Int64?
    while !isStopping.load(ordering: .relaxed) {
      do throws(KafkaError) {
        let partitions = try consumer.partitions(of: topic, timeoutMilliseconds: 5_000)
        if !partitions.isEmpty { return partitions }
      } catch {
        if error.isFatal || CallFailure(error).kind == .denied { throw error }
        if waitsSince == nil {
          logger.warning(
            "Waiting for a topic",
            metadata: [LogKey.topic: "\(topic)", LogKey.reason: "\(error)"]
          )
        }
        waitsSince = waitsSince ?? WorkerClock.monotonic()
      }
      WorkerClock.sleep(milliseconds: 200)
    }
    return []
  }

  /// Asks until a leader says where the announcements end; nil when told to stop before.
  private func awaitEnd(of partition: TopicPartition, _ consumer: KafkaConsumer) throws(KafkaError) -> Int64?
  {
    while !isStopping.load(ordering: .relaxed) {
      do throws(KafkaError) {
        return try consumer.watermarks(of: partition, timeoutMilliseconds: 5_000).high
      } catch {
        // The topic was there a moment ago: whatever else is said of it passes.
        if error.isFatal || CallFailure(error).kind == .denied { throw error }
        logger.notice("Models topic", metadata: [LogKey.reason: "\(error)"])
      }
      WorkerClock.sleep(milliseconds: 200)
    }
    return nil
  }

  private static func tooManyPartitions(_ topic: String, _ count: Int) -> ScoringStreamError {
    ScoringStreamError(
      .topic,
      "topic \"\(topic)\" has \(count) partitions: announcements have one order only in one; create it with one"
    )
  }

  private static func code(_ error: KafkaError) -> ExitCode {
    CallFailure(error).kind == .denied ? .denied : .internalFailure
  }
}
