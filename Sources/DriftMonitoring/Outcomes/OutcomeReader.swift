import CreditEvents
import KafkaClient
import StrictJSON

/// Reads decisions and outcomes from their begins, all partitions, without a group.
final class OutcomeReader {
  private let consumer: KafkaConsumer
  private let topics: MonitorSettings.Topics
  private let parser = JSONParser(limits: .event)
  private var open: Set<TopicPartition>
  /// Whether anything was read since the end was reached last.
  private var hasNews = false

  /// Connects.
  ///
  /// - Throws: `KafkaError`, or ``MonitorError`` when a topic does not exist.
  init(_ topics: MonitorSettings.Topics, _ properties: KafkaProperties) throws {
    self.topics = topics
    consumer = try KafkaConsumer(properties)
    var partitions: [TopicPartition] = []
    for topic in [topics.decisions, topics.outcomes] {
      let found = try consumer.partitions(of: topic, timeoutMilliseconds: 10_000)
      guard !found.isEmpty else { throw MonitorError(.topic, "topic \"\(topic)\" does not exist: create it") }
      partitions += found
    }
    open = Set(partitions)
    try consumer.assign(Dictionary(uniqueKeysWithValues: partitions.map { ($0, LogicalOffset.beginning) }))
  }

  /// Whether the end of every partition was reached at least once.
  var hasReachedEnd: Bool { open.isEmpty }

  /// Reads what is at hand.
  ///
  /// - Parameters:
  ///   - fold: Receives it.
  ///   - most: How many records at most.
  /// - Returns: Whether everything is read, and there was something since the last time.
  /// - Throws: `KafkaError` when the client is broken.
  func read(into fold: inout OutcomeFold, most: Int = 5_000) throws -> Bool {
    for _ in 0..<most {
      switch consumer.poll(timeoutMilliseconds: 0) {
      case .record(let record):
        hasNews = true
        take(record, into: &fold)
      case .endOfPartition(let partition, _): open.remove(partition)
      case .error(let error, _): if error.isFatal { throw error }
      case .nothing:
        guard hasNews, open.isEmpty else { return false }
        hasNews = false
        return true
      }
    }
    return false
  }

  /// Disconnects.
  func close() throws(KafkaError) { try consumer.close(deadlineMilliseconds: 5_000) }

  /// What is neither a decision nor an outcome has no part in figures; doctors of topics look for it elsewhere.
  private func take(_ record: ConsumedRecord, into fold: inout OutcomeFold) {
    guard let value = record.value else { return }
    if record.topic == topics.outcomes {
      if let outcome = try? parser.withRoot(of: value, { try LoanOutcome(json: $0) }) { fold.note(outcome) }
    } else if let decision = try? parser.withRoot(of: value, { try Decision(json: $0) }),
      let time = publishedAt(record)
    {
      fold.note(decision, at: time)
    }
  }

  /// When the application was published: the decision's own record was written later.
  private func publishedAt(_ record: ConsumedRecord) -> Int64? {
    var time: Int64?
    record.forEachHeader { name, value in
      guard let value, name.elementsEqual(DecisionHeader.appendedAt.utf8) else { return }
      time = Int64(String(decoding: value, as: UTF8.self))
    }
    return time ?? record.timestampMilliseconds
  }
}
