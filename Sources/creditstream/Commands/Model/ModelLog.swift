import CreditEvents
import KafkaClient
import ScoringStream
import StrictJSON

/// The models topic as the command line sees it: read to its end, and written one announcement at a time.
enum ModelLog {
  private static let timeoutMilliseconds = 10_000

  /// All announcements, in log order; empty when the topic does not exist yet.
  static func read(_ settings: ScorerSettings) throws -> [ModelAnnouncement] {
    let topic = settings.topics.models
    let consumer = try KafkaConsumer(settings.clientProperties)
    defer { try? consumer.close(deadlineMilliseconds: 2_000) }
    let partitions = try partitions(of: topic, consumer)
    var ends: [TopicPartition: Int64] = [:]
    for partition in partitions {
      let marks = try consumer.watermarks(of: partition, timeoutMilliseconds: timeoutMilliseconds)
      if marks.high > marks.low { ends[partition] = marks.high }
    }
    guard !ends.isEmpty else { return [] }
    try consumer.assign(ends.mapValues { _ in LogicalOffset.beginning })
    let parser = JSONParser(limits: .event)
    var announcements: [ModelAnnouncement] = []
    var idle = 0
    while !ends.isEmpty, idle < timeoutMilliseconds / 100 {
      switch consumer.poll(timeoutMilliseconds: 100) {
      case .record(let record):
        idle = 0
        let announcement: ModelAnnouncement? = try record.withValue { value in
          try value.map { bytes in try parser.withRoot(of: bytes) { try ModelAnnouncement(json: $0) } }
        }
        if let announcement { announcements.append(announcement) }
        if record.offset + 1 >= ends[record.topicPartition] ?? 0 { ends[record.topicPartition] = nil }
      case .endOfPartition(let partition, _): ends[partition] = nil
      case .error(let error, _) where error.isFatal: throw error
      case .error, .nothing: idle += 1
      }
    }
    guard ends.isEmpty else {
      throw CommandFailure("\(topic) could not be read to its end: check the brokers", .unavailable)
    }
    return announcements
  }

  /// Writes one announcement and waits until the brokers have it.
  static func announce(_ announcement: ModelAnnouncement, _ settings: ScorerSettings) throws {
    let producer = try KafkaProducer(settings.clientProperties)
    var writer = JSONWriter()
    announcement.encode(into: &writer)
    let key = Array(announcement.recordKey.utf8)
    try key.withUnsafeBytes { key in
      try writer.bytes.withUnsafeBytes { value in
        try producer.produce(topic: settings.topics.models, partition: 0, key: key, value: value)
      }
    }
    try producer.close(deadlineMilliseconds: timeoutMilliseconds)
  }

  private static func partitions(of topic: String, _ consumer: KafkaConsumer) throws -> [TopicPartition] {
    do throws(KafkaError) {
      return try consumer.partitions(of: topic, timeoutMilliseconds: timeoutMilliseconds)
    } catch {
      guard error.code == .unknownTopic || error.code == .unknownTopicOrPartition else { throw error }
      return []
    }
  }
}
