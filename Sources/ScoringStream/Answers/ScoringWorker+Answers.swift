import CreditEvents
import KafkaClient
import StrictJSON

/// What a batch was answered with, counted when its transaction commits.
struct BatchTally {
  var outcomes: [Decision.Outcome: Int] = [:]
  var deadLetters: [RejectionClass: Int] = [:]
}

/// Scoring the batch and producing its answers.
extension ScoringWorker {
  /// Answers the records held, from the first that has no answer yet.
  func answerBatch(_ plan: BatchPlan, with producer: AnswerProducer) throws(KafkaError) {
    headers.setTime(WorkerClock.wall())
    while answered < held.count {
      try answer(held[answered], plan, with: producer)
      answered += 1
    }
  }

  private func answer(
    _ record: ConsumedRecord,
    _ plan: BatchPlan,
    with producer: AnswerProducer
  ) throws(KafkaError) {
    let source = RecordCoordinates(
      topic: configuration.topics.applications,
      partition: record.partition,
      offset: record.offset
    )
    if let condemned = plan.condemned, condemned.partition == source.partition,
      condemned.offset == source.offset
    {
      let message =
        "the transaction of this record failed \(condemned.attempts) times although it held nothing else"
      let rejection = Rejection(.processingFailed, message: message)
      return try bury(record, from: source, rejection, attempts: condemned.attempts, with: producer)
    }
    guard let sequence = plan.models[source.partition], let scorer = scorer(for: sequence) else {
      let rejection = Rejection(.scoringFailed, message: "the model that decides this record is not loaded")
      return try bury(record, from: source, rejection, attempts: nil, with: producer)
    }
    writer.removeAll(keepingCapacity: true)
    let result = record.withValue { value in scorer.score(value, from: source, into: &writer) }
    switch result {
    case .success(let scored): try answer(record, from: source, scored, with: producer)
    case .failure(let rejection):
      try bury(record, from: source, rejection, attempts: nil, with: producer)
    }
  }

  /// Produces a decision; its key is the application's id, so that one applicant's decisions stay in order.
  private func answer(
    _ record: ConsumedRecord,
    from source: RecordCoordinates,
    _ scored: ScoredRecord,
    with producer: AnswerProducer
  ) throws(KafkaError) {
    let id = DecisionID(source: source, applicationID: scored.applicationID)
    headers.describeDecision(id, applicationID: scored.applicationID, on: record)
    var key = scored.applicationID
    let outcome = key.withUTF8 { key in
      writer.bytes.withUnsafeBytes { value in
        Result { () throws(KafkaError) in
          try producer.produce(
            topic: configuration.topics.decisions,
            key: UnsafeRawBufferPointer(key),
            value: value,
            headers: headers.headers,
            timeoutMilliseconds: configuration.callTimeout
          )
        }
      }
    }
    try outcome.get()
    tally.outcomes[scored.outcome, default: 0] += 1
  }

  /// Produces a dead letter: key, value, headers and timestamp untouched, and why.
  private func bury(
    _ record: ConsumedRecord,
    from source: RecordCoordinates,
    _ rejection: Rejection,
    attempts: Int?,
    with producer: AnswerProducer
  ) throws(KafkaError) {
    headers.describeDeadLetter(rejection, from: source, on: record, attempts: attempts)
    try record.withKey { key throws(KafkaError) in
      try record.withValue { value throws(KafkaError) in
        try producer.produce(
          topic: configuration.topics.deadLetters,
          key: key,
          value: value,
          headers: headers.headers,
          timestampMilliseconds: record.timestampMilliseconds,
          timeoutMilliseconds: configuration.callTimeout
        )
      }
    }
    tally.deadLetters[rejection.class, default: 0] += 1
  }

  /// The scorer of a model, made when a batch first asks for it.
  private func scorer(for sequence: Int64) -> (any RecordScorer)? {
    if let scorer = scorers[sequence] { return scorer }
    guard let model = models[sequence] else { return nil }
    let scorer = model.makeScorer()
    scorers[sequence] = scorer
    return scorer
  }

  /// Counts an event of the loop.
  func record(_ event: LoopEvent) {
    switch event {
    case .committed(let records, _):
      let now = WorkerClock.wall()
      statistics.update { figures in
        figures.events += records
        figures.transactions += 1
        figures.outcomes.merge(tally.outcomes, uniquingKeysWith: +)
        figures.deadLetters.merge(tally.deadLetters, uniquingKeysWith: +)
        for record in held {
          guard let appended = record.timestampMilliseconds else { continue }
          figures.latency.record(milliseconds: now - appended)
        }
      }
    case .aborted: statistics.update { $0.aborts += 1 }
    case .producerAbandoned, .producerRenewed: statistics.update { $0.producersAbandoned += 1 }
    case .retrying: statistics.update { $0.retries += 1 }
    case .assigned: statistics.update { $0.rebalances += 1 }
    case .repeatedRecordDropped: statistics.update { $0.repeatedRecords += 1 }
    case .modelSwitched(_, _, let late):
      statistics.update {
        $0.modelSwitches += 1
        if late { $0.lateModelSwitches += 1 }
      }
    case .isolating, .condemned, .positioned, .awaitingModel, .released, .caughtUp: break
    }
  }
}
