import CreditEvents
import KafkaClient
import StrictJSON

/// Counting the records of a batch for drift, and reporting the counts in the batch's own transaction.
extension ScoringWorker {
  /// Counts a record whose answer is produced; a call that is made again begins after it.
  func count(_ record: ConsumedRecord, wasDecided: Bool, _ plan: BatchPlan) {
    guard let sequence = plan.models[record.partition], let watch = scorer(for: sequence)?.watch else {
      return
    }
    let position = RecordPosition(
      partition: record.partition,
      offset: record.offset,
      timestamp: record.timestampMilliseconds ?? -1
    )
    if wasDecided {
      window.countDecision(position, watch, of: plan)
    } else {
      window.countDeadLetter(position, watch, of: plan)
    }
  }

  /// Produces the partials of the batch; a call that is made again goes on with the one that was not produced.
  func reportWindow(_ plan: BatchPlan, with producer: AnswerProducer) throws(KafkaError) {
    window.close(plan)
    while let counted = window.next {
      if let model = models[counted.model]?.identity { try report(counted, of: model, with: producer) }
      window.tookNext()
    }
  }

  private func report(
    _ counted: SideWindow.Counted,
    of model: ModelIdentity,
    with producer: AnswerProducer
  ) throws(KafkaError) {
    let partial = DriftPartial(
      model: model,
      topic: configuration.topics.applications,
      partition: counted.partition,
      offsets: counted.offsets,
      blockMilliseconds: counted.blockMilliseconds,
      decisions: counted.decisions,
      deadLetters: counted.deadLetters,
      blocks: counted.blocks
    )
    writer.removeAll(keepingCapacity: true)
    partial.encode(into: &writer)
    var headers = RecordHeaders()
    headers.append(DecisionHeader.contentType, "application/json")
    var key = configuration.identity
    let outcome = key.withUTF8 { key in
      writer.bytes.withUnsafeBytes { value in
        Result { () throws(KafkaError) in
          try producer.produce(
            topic: configuration.topics.partials,
            key: UnsafeRawBufferPointer(key),
            value: value,
            headers: headers,
            timeoutMilliseconds: configuration.callTimeout
          )
        }
      }
    }
    try outcome.get()
  }
}
