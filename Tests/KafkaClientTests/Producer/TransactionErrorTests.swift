import KafkaClient
import Testing

/// Which flags an error of which request ends in; the table every caller's handling rests on.
@Suite("Flags of errors in a transaction", .timeLimit(.minutes(1)))
struct TransactionErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var request: EmbeddedCluster.Request
    var code: KafkaError.Code
    var expected: Expected
    var testDescription: String { "\(request) answers \(code.name): \(expected)" }
  }

  enum Expected: Sendable {
    case hidden, abort, fatal
  }

  static let cases: [Case] = [
    // What librdkafka retries by itself, its caller never sees.
    Case(request: .endTransaction, code: .coordinatorLoadInProgress, expected: .hidden),
    Case(request: .endTransaction, code: .notCoordinator, expected: .hidden),
    Case(request: .addPartitionsToTransaction, code: .concurrentTransactions, expected: .hidden),
    Case(request: .addOffsetsToTransaction, code: .coordinatorNotAvailable, expected: .hidden),
    Case(request: .transactionalOffsetCommit, code: .coordinatorLoadInProgress, expected: .hidden),
    Case(request: .produce, code: .notLeaderForPartition, expected: .hidden),
    Case(request: .endTransaction, code: .transport, expected: .hidden),
    // What only an abort can mend.
    Case(request: .transactionalOffsetCommit, code: .illegalGeneration, expected: .abort),
    Case(request: .transactionalOffsetCommit, code: .unknownMemberID, expected: .abort),
    Case(request: .transactionalOffsetCommit, code: .groupAuthorizationFailed, expected: .abort),
    Case(request: .addOffsetsToTransaction, code: .groupAuthorizationFailed, expected: .abort),
    Case(request: .addPartitionsToTransaction, code: .topicAuthorizationFailed, expected: .abort),
    // What ends the producer.
    Case(request: .endTransaction, code: .invalidProducerEpoch, expected: .fatal),
    Case(request: .endTransaction, code: .producerFenced, expected: .fatal),
    Case(request: .addPartitionsToTransaction, code: .invalidProducerEpoch, expected: .fatal),
    Case(request: .addOffsetsToTransaction, code: .transactionalIDAuthorizationFailed, expected: .fatal),
    Case(request: .endTransaction, code: .invalidTransactionState, expected: .fatal),
  ]

  @Test("Each error is classified", arguments: cases)
  func flags(_ example: Case) throws {
    let cluster = try EmbeddedCluster()
    let topic = try EmbeddedKafka.makeTopic("flags", on: cluster)
    let consumer = try KafkaConsumer(cluster.consumerProperties.merging(["group.id": "flags"]))
    let producer = try TransactionalProducer(cluster.properties.merging(["transactional.id": "flags"]))
    try producer.initTransactions(timeoutMilliseconds: 10_000)
    cluster.failNext(example.request, with: [example.code])
    let error = kafkaError { () throws(KafkaError) in try transact(producer, consumer, topic) }
    switch example.expected {
    case .hidden:
      #expect(error == nil)
    case .abort:
      #expect(error?.requiresAbort == true, "\(error.debugDescription)")
      #expect(error?.isFatal == false)
      try producer.abort(timeoutMilliseconds: 10_000)
      try transact(producer, consumer, topic)
    case .fatal:
      #expect(error?.isFatal == true, "\(error.debugDescription)")
      let again = kafkaError { () throws(KafkaError) in try producer.begin() }
      #expect(again?.isFatal == true)
    }
    try producer.close()
  }

  /// One whole transaction, repeating what is retriable as a caller must.
  private func transact(
    _ producer: TransactionalProducer,
    _ consumer: KafkaConsumer,
    _ topic: String
  ) throws(KafkaError) {
    try producer.begin()
    try producer.produce(topic: topic, text: "output")
    try repeating { () throws(KafkaError) in
      try producer.sendOffsets(
        [TopicPartition("input", 0): OffsetAndMetadata(offset: 1)],
        of: consumer,
        timeoutMilliseconds: 5_000
      )
    }
    try repeating { () throws(KafkaError) in try producer.commit(timeoutMilliseconds: 5_000) }
  }

  private func repeating(_ body: () throws(KafkaError) -> Void) throws(KafkaError) {
    for _ in 0..<5 {
      guard let error = kafkaError(body) else { return }
      guard error.isRetriable else { throw error }
    }
    throw KafkaError(code: .timedOut, message: "still retriable after five times")
  }
}
