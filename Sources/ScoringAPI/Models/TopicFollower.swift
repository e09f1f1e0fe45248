import CreditEvents
import Foundation
import KafkaClient
import Logging
import StrictJSON
import Synchronization
import Telemetry

/// Follows the announcements of models on their topic, to the end before the first request is answered, and on from there.
final class TopicFollower: Sendable {
  private let properties: KafkaProperties
  private let topic: String
  private let modelSwitch: ModelSwitch
  private let logger: Logger
  private let isStopping = Atomic(false)
  private let upToDate = Atomic(false)
  private let lastLook = Atomic<Int64>(0)

  init(_ properties: KafkaProperties, topic: String, _ modelSwitch: ModelSwitch, logger: Logger) {
    self.properties = properties
    self.topic = topic
    self.modelSwitch = modelSwitch
    self.logger = logger
  }

  /// Whether everything announced before the start was read.
  var isUpToDate: Bool { upToDate.load(ordering: .acquiring) }

  /// When the topic was last looked at, milliseconds since 1970.
  var lookedAt: Int64 { lastLook.load(ordering: .relaxed) }

  /// Ends the thread soon.
  func stop() { isStopping.store(true, ordering: .relaxed) }

  /// Starts the thread that follows; librdkafka's calls block.
  func start() {
    Thread.detachNewThread {
      while !self.isStopping.load(ordering: .relaxed) {
        do throws(KafkaError) {
          try self.follow()
        } catch {
          self.logger.error(
            "Models topic",
            metadata: [LogKey.topic: "\(self.topic)", LogKey.reason: "\(error)"]
          )
          Thread.sleep(forTimeInterval: 1)
        }
      }
    }
  }

  private func follow() throws(KafkaError) {
    let consumer = try KafkaConsumer(properties)
    let partitions = try consumer.partitions(of: topic, timeoutMilliseconds: 5_000)
    guard let only = partitions.first else { return Thread.sleep(forTimeInterval: 0.2) }
    let end = try consumer.watermarks(of: only, timeoutMilliseconds: 10_000).high
    try consumer.assign([only: LogicalOffset.beginning])
    let parser = JSONParser(limits: .event)
    var schedule = ModelSchedule()
    while !isStopping.load(ordering: .relaxed) {
      switch consumer.poll(timeoutMilliseconds: 100) {
      case .record(let record):
        if let announcement = read(record, parser) { schedule.add(announcement) }
        continue
      case .endOfPartition(_, let offset): if offset >= end { finishStart(&schedule) }
      case .error(let error, _):
        if error.isFatal { throw error }
        logger.notice("Models topic", metadata: [LogKey.topic: "\(topic)", LogKey.reason: "\(error)"])
        continue
      case .nothing: break
      }
      lastLook.store(APIClock.wallMilliseconds(), ordering: .relaxed)
      if isUpToDate { modelSwitch.take(schedule.due(at: APIClock.wallMilliseconds())) }
    }
    try consumer.close(deadlineMilliseconds: 1_500)
  }

  private func finishStart(_ schedule: inout ModelSchedule) {
    guard !isUpToDate else { return }
    modelSwitch.take(schedule.due(at: APIClock.wallMilliseconds()))
    upToDate.store(true, ordering: .releasing)
    guard modelSwitch.models.current == nil else { return }
    logger.warning(
      "No usable model was announced yet; requests are refused",
      metadata: [LogKey.topic: "\(topic)"]
    )
  }

  private func read(_ record: ConsumedRecord, _ parser: JSONParser) -> ModelAnnouncement? {
    guard let value = record.value else { return nil }
    do {
      return try parser.withRoot(of: value) { try ModelAnnouncement(json: $0) }
    } catch {
      modelSwitch.metrics.modelsRefused.increment()
      logger.error(
        "Announcement refused",
        metadata: [LogKey.announcement: "\(record.offset)", LogKey.reason: "\(error)"]
      )
      return nil
    }
  }
}
