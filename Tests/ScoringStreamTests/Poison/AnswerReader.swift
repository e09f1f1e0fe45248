import CreditEvents
import KafkaClient
import ScoringStream

/// Reads decisions and dead letters as they come, before the embedded cluster forgets them.
final class AnswerReader {
  struct Letter {
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [(name: String, value: String)]
    var timestamp: Int64?
    var reasons: DeadLetterHeaders
  }

  struct Place: Hashable {
    var partition: Int32
    var offset: Int64
  }

  private let consumer: KafkaConsumer
  private let topics: ScorerTopics
  private(set) var decisions: [String: Int] = [:]
  private(set) var letters: [Place: Letter] = [:]
  private(set) var repeatedLetters = 0
  private(set) var unreadableLetters = 0

  init(_ properties: KafkaProperties, topics: ScorerTopics, partitions: Int) throws {
    consumer = try KafkaConsumer(properties)
    self.topics = topics
    var offsets: [TopicPartition: Int64] = [:]
    for topic in [topics.decisions, topics.deadLetters] {
      for partition in 0..<Int32(partitions) {
        offsets[TopicPartition(topic, partition)] = LogicalOffset.beginning
      }
    }
    try consumer.assign(offsets)
  }

  var count: Int { decisions.values.reduce(0, +) + letters.count + repeatedLetters }

  /// Polls until so many answers have come, or none has for so long.
  func read(until expected: Int, withinMilliseconds limit: Int = 20_000) {
    let clock = ContinuousClock()
    var deadline = clock.now + .milliseconds(limit)
    while count < expected, clock.now < deadline {
      guard case .record(let record) = consumer.poll(timeoutMilliseconds: 50) else { continue }
      deadline = clock.now + .milliseconds(limit)
      if record.topic == topics.decisions {
        decisions[String(decoding: record.key ?? [], as: UTF8.self), default: 0] += 1
      } else {
        take(record)
      }
    }
  }

  private func take(_ record: ConsumedRecord) {
    var headers: [(name: String, value: String)] = []
    record.forEachHeader { name, value in
      let text = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
      headers.append((String(decoding: name, as: UTF8.self), text))
    }
    guard let reasons = DeadLetterHeaders(headers: headers) else {
      unreadableLetters += 1
      return
    }
    let place = Place(partition: reasons.source.partition, offset: reasons.source.offset)
    let letter = Letter(
      key: record.key,
      value: record.value,
      headers: headers,
      timestamp: record.timestampMilliseconds,
      reasons: reasons
    )
    if letters.updateValue(letter, forKey: place) != nil { repeatedLetters += 1 }
  }
}
