import CreditEvents
import KafkaClient
import StrictJSON

/// What a batch was answered with, counted when its transaction commits.
struct BatchTally {
  var outcomes: [Decision.Outcome: Int] = [:]
  var deadLetters: [RejectionClass: Int] = [:]

  var deadLetterCount: Int { deadLetters.values.reduce(0, +) }
}

/// Scoring the batch and producing its answers.
extension ScoringWorker {
  /// Answers the records held, from the first that has no answer yet.
  func answerBatch(_ plan: BatchPlan, with producer: AnswerProducer) throws(KafkaError) {
    headers.setTime(WorkerClock.wall())
    while answered < held.count {
      if answered == held.count / 2 { pass(.midProduce) }
      try answer(held[answered], plan, with: producer)
      answered += 1
    }
    try reportWindow(plan, with: producer)
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
    switch decide(record, from: source, plan) {
    case .success(let scored) where !plan.condemns(source):
      try answer(record, from: source, scored, with: producer)
      count(record, wasDecided: true, plan)
      return
    case .success: try bury(record, from: source, Self.undecidable, plan, with: producer)
    case .failure(let rejection): try bury(record, from: source, rejection, plan, with: producer)
    }
    count(record, wasDecided: false, plan)
  }

  /// Decides a record; the decision is in the writer.
  private func decide(
    _ record: ConsumedRecord,
    from source: RecordCoordinates,
    _ plan: BatchPlan
  ) -> Result<ScoredRecord, Rejection> {
    guard let sequence = plan.models[source.partition], let scorer = scorer(for: sequence) else {
      return .failure(Self.unloaded)
    }
    if let rejection = RecordEnvelope.rejection(of: record) { return .failure(rejection) }
    writer.removeAll(keepingCapacity: true)
    return record.withValue { value in scorer.score(value, from: source, into: &writer) }
  }

  private static let undecidable = Rejection(
    .processingFailed,
    message:
      "the transaction of this record's decision failed whenever it held nothing else: see the scorer's log"
  )

  private static let unloaded = Rejection(
    .scoringFailed,
    message: "the model that decides this record is not loaded: see the scorer's log"
  )

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

  /// Produces a dead letter: key, value, headers and timestamp untouched as far as the topic takes them, and why.
  private func bury(
    _ record: ConsumedRecord,
    from source: RecordCoordinates,
    _ rejection: Rejection,
    _ plan: BatchPlan,
    with producer: AnswerProducer
  ) throws(KafkaError) {
    var reasons = DeadLetterHeaders(rejection: rejection, source: source)
    if plan.condemns(source) { reasons.attempts = plan.condemned?.attempts ?? 1 }
    reasons.model = plan.models[source.partition].flatMap { models[$0]?.identity }.map { identity in
      DeadLetterHeaders.Model(name: identity.name, version: identity.version)
    }
    var ownHeaders = 0
    record.forEachHeader { name, value in ownHeaders += name.count + (value?.count ?? 0) + 8 }
    let keyBytes = record.withKey { $0?.count ?? 0 }
    let copy = DeadLetterCopy(
      value: record.byteCount - keyBytes,
      headers: ownHeaders,
      key: keyBytes,
      limit: configuration.deadLetterBytes,
      // The third attempt alone condemned it; every one beyond is a dead letter that was refused.
      refusals: max(0, reasons.attempts - configuration.limits.attempts)
    )
    reasons.cut = copy.cut(of: record)
    headers.describeDeadLetter(reasons, on: copy.keepsHeaders ? record : nil)
    try record.withKey { key throws(KafkaError) in
      try record.withValue { value throws(KafkaError) in
        try producer.produce(
          topic: configuration.topics.deadLetters,
          key: copy.keepsKey ? key : nil,
          value: value.map { UnsafeRawBufferPointer(rebasing: $0.prefix(copy.valueBytes)) },
          headers: headers.headers,
          timestampMilliseconds: copy.keepsTimestamp ? record.timestampMilliseconds ?? -1 : nil,
          timeoutMilliseconds: configuration.callTimeout
        )
      }
    }
    tally.deadLetters[reasons.rejection.class, default: 0] += 1
  }

  /// The scorer of a model, made when a batch first asks for it.
  func scorer(for sequence: Int64) -> (any RecordScorer)? {
    if let scorer = scorers[sequence] { return scorer }
    guard let model = models[sequence] else { return nil }
    let scorer = model.makeScorer()
    scorers[sequence] = scorer
    return scorer
  }

  /// Counts an event of the loop.
  func record(_ event: LoopEvent) {
    switch event {
    case .suspended, .awaitingModel: statistics.setWaiting(true)
    case .unsuspended, .positioned, .released: statistics.setWaiting(false)
    default: break
    }
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
    case .suspended: statistics.update { $0.suspensions += 1 }
    case .isolating, .condemned, .positioned, .awaitingModel, .unsuspended, .released, .caughtUp: break
    }
  }
}

extension BatchPlan {
  /// Whether a record is the one that is dead-lettered because it aborted its transaction too often.
  fileprivate func condemns(_ record: RecordCoordinates) -> Bool {
    condemned?.partition == record.partition && condemned?.offset == record.offset
  }
}
