import CreditEvents
import Foundation
import KafkaClient
import StrictJSON
import Synchronization

/// Reads decisions and dead letters as they appear, on a thread of its own, and keeps the ledger.
///
/// Reads partitions directly, without a group, from their beginning.
final class AnswerFollower: Sendable {
  private struct State {
    var ledger = AnswerLedger()
    var samples: [Decision.Outcome: Decision] = [:]
    var margins: [String: Float] = [:]
    var failure: String?
    var isStopping = false
    var isDone = false
  }

  private let state = Mutex(State())
  /// Called with the bytes of each decision, on the follower's thread.
  private let onDecision: (@Sendable (UnsafeRawBufferPointer) -> Void)?

  init(onDecision: (@Sendable (UnsafeRawBufferPointer) -> Void)? = nil) {
    self.onDecision = onDecision
  }

  /// Everything read so far.
  var ledger: AnswerLedger { state.withLock { $0.ledger } }

  /// How many answers were read so far.
  var answerCount: Int { state.withLock { $0.ledger.answers } }

  /// The margin of each application's decision, for comparison with the path of files.
  var margins: [String: Float] { state.withLock { $0.margins } }

  /// One decision of each outcome, the first with a reason where there is one.
  var samples: [Decision.Outcome: Decision] { state.withLock { $0.samples } }

  /// Why reading stopped before it was asked to.
  var failure: String? { state.withLock { $0.failure } }

  /// Starts reading.
  func start(properties: KafkaProperties, decisions: String, deadLetters: String, partitions: Int) {
    let from = [decisions, deadLetters].flatMap { topic in
      (0..<Int32(partitions)).map { (TopicPartition(topic, $0), LogicalOffset.beginning) }
    }
    Thread.detachNewThread { [self] in
      do {
        let consumer = try KafkaConsumer(properties)
        try consumer.assign(Dictionary(uniqueKeysWithValues: from))
        let parser = JSONParser(limits: .event)
        while !state.withLock({ $0.isStopping }) {
          if case .record(let record) = consumer.poll(timeoutMilliseconds: 50) {
            try read(record, isDecision: record.topic == decisions, parser)
          }
        }
        try consumer.close(deadlineMilliseconds: 2_000)
      } catch {
        state.withLock { $0.failure = "\(error)" }
      }
      state.withLock { $0.isDone = true }
    }
  }

  /// Stops reading and waits for the thread to let go of its consumer.
  func stop() {
    state.withLock { $0.isStopping = true }
    while !state.withLock({ $0.isDone }) { Thread.sleep(forTimeInterval: 0.01) }
  }

  private func read(_ record: ConsumedRecord, isDecision: Bool, _ parser: JSONParser) throws {
    guard isDecision else {
      var headers: [(name: String, value: String)] = []
      record.forEachHeader { name, value in
        headers.append(
          (String(decoding: name, as: UTF8.self), value.map { String(decoding: $0, as: UTF8.self) } ?? "")
        )
      }
      guard let deadLetter = DeadLetterHeaders(headers: headers) else {
        throw CommandFailure("the dead letter at \(record.topicPartition) \(record.offset) has no provenance")
      }
      return state.withLock { $0.ledger.record(deadLetter) }
    }
    try record.withValue { value in
      guard let value else { throw CommandFailure("a decision without a value at \(record.topicPartition)") }
      let decision = try parser.withRoot(of: value) { try Decision(json: $0) }
      onDecision?(value)
      state.withLock { state in
        state.ledger.record(decision)
        state.margins[decision.applicationID] = decision.margin
        let known = state.samples[decision.outcome]
        if known == nil || (known?.reasons.isEmpty == true && !decision.reasons.isEmpty) {
          state.samples[decision.outcome] = decision
        }
      }
    }
  }
}
