import KafkaClient

/// The producer of a worker, with transactions or, in at-least-once mode, without.
enum AnswerProducer {
  case transactional(TransactionalProducer)
  case idempotent(KafkaProducer)

  func produce(
    topic: String,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?,
    headers: RecordHeaders,
    timestampMilliseconds: Int64? = nil,
    timeoutMilliseconds: Int
  ) throws(KafkaError) {
    switch self {
    case .transactional(let producer):
      try producer.produce(
        topic: topic,
        key: key,
        value: value,
        headers: headers,
        timestampMilliseconds: timestampMilliseconds,
        queueFullTimeoutMilliseconds: timeoutMilliseconds
      )
    case .idempotent(let producer):
      try producer.produce(
        topic: topic,
        key: key,
        value: value,
        headers: headers,
        timestampMilliseconds: timestampMilliseconds,
        queueFullTimeoutMilliseconds: timeoutMilliseconds
      )
    }
  }

  /// Takes over the transactional id where there is one, and learns where the topics live.
  func initialise(topics: [String], timeoutMilliseconds: Int) throws(KafkaError) {
    switch self {
    case .transactional(let producer):
      try producer.initTransactions(timeoutMilliseconds: timeoutMilliseconds)
      try producer.prepare(topics: topics, timeoutMilliseconds: timeoutMilliseconds)
    case .idempotent(let producer):
      try producer.prepare(topics: topics, timeoutMilliseconds: timeoutMilliseconds)
    }
  }

  /// The transactional producer; using it in at-least-once mode is an error of the loop.
  var transactions: TransactionalProducer {
    get throws(KafkaError) {
      guard case .transactional(let producer) = self else {
        throw KafkaError(
          code: .state,
          message: "there are no transactions in at-least-once mode",
          isFatal: true
        )
      }
      return producer
    }
  }

  func flush(timeoutMilliseconds: Int) throws(KafkaError) {
    switch self {
    case .transactional(let producer): try producer.flush(timeoutMilliseconds: timeoutMilliseconds)
    case .idempotent(let producer): try producer.flush(timeoutMilliseconds: timeoutMilliseconds)
    }
  }

  func close(deadlineMilliseconds: Int) throws(KafkaError) {
    switch self {
    case .transactional(let producer): try producer.close(deadlineMilliseconds: deadlineMilliseconds)
    case .idempotent(let producer): try producer.close(deadlineMilliseconds: deadlineMilliseconds)
    }
  }
}
