import KafkaClient
import Logging
import StrictJSON

/// Carries out what a ``ScoringLoop`` decides, with a consumer and a producer of its own.
///
/// **Thread:** made, run and ended on one thread, because librdkafka's calls block and its callbacks run inside them. Other
/// threads reach it through its mailbox, and read its statistics.
final class ScoringWorker {
  let configuration: WorkerConfiguration
  let mailbox: WorkerMailbox
  let statistics: WorkerStatistics
  let onEvent: (LoopEvent) -> Void
  var log: WorkerLog

  var loop: ScoringLoop
  private var consumer: KafkaConsumer?
  private var producer: AnswerProducer?
  /// Whether the producer at hand still waits for its transactional id.
  private var isInitialising = false
  private var exit = ExitCode.internalFailure

  /// The records of the batch, in the order in which they came.
  var held: [ConsumedRecord] = []
  /// How many of them have been answered; a call that is made again goes on from here.
  var answered = 0
  var tally = BatchTally()
  var window = SideWindow()
  var writer = JSONWriter()
  var headers: AnswerHeaders
  var models: [Int64: AnnouncedModel] = [:]
  var scorers: [Int64: any RecordScorer] = [:]
  /// A crash that a test has ordered and that has not happened yet.
  var plannedCrash: PlannedCrash?
  private var lagReadAt: Int64 = 0

  init(
    _ configuration: WorkerConfiguration,
    mailbox: WorkerMailbox,
    statistics: WorkerStatistics,
    logger: Logger,
    onEvent: @escaping (LoopEvent) -> Void
  ) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.statistics = statistics
    self.onEvent = onEvent
    log = WorkerLog(logger, worker: configuration.identity)
    loop = ScoringLoop(configuration.limits)
    headers = AnswerHeaders(application: configuration.identity)
    plannedCrash = configuration.plannedCrash
  }

  /// Works until the loop leaves.
  ///
  /// - Returns: Why it left.
  func run() -> ExitCode {
    statistics.setRunning(true)
    defer { statistics.setRunning(false) }
    do throws(KafkaError) {
      try join()
    } catch {
      log.failure("the consumer cannot be made", error)
      return .misconfigured
    }
    var input = LoopInput.start
    repeat {
      readMail()
      guard let answer = perform(step(input)) else { break }
      input = answer
    } while true
    return exit
  }

  private func join() throws(KafkaError) {
    let consumer = try KafkaConsumer(
      configuration.consumer,
      onRebalance: { [unowned self] _, event in rebalance(event) },
      onEvent: { [unowned self] event in log.client(event, "consumer") }
    )
    self.consumer = consumer
    try consumer.subscribe(to: [configuration.topics.applications])
  }

  private func step(_ input: LoopInput) -> [LoopEffect] {
    statistics.noteStep()
    return loop.step(input, at: WorkerClock.monotonic())
  }

  private func readMail() {
    for letter in mailbox.take() {
      switch letter {
      case .input(let input): _ = step(input)
      case .model(let model):
        models[model.activation.sequence] = model
        _ = step(.announced(model.activation))
      }
    }
  }

  /// Runs inside a poll, on this thread; the group waits until the loop has answered.
  private func rebalance(_ event: RebalanceEvent) {
    var input =
      switch event {
      case .assigned(let partitions): LoopInput.assigned(partitions.map(\.partition))
      case .revoked(let partitions): LoopInput.revoked(partitions.map(\.partition))
      case .lost(let partitions): LoopInput.lost(partitions.map(\.partition))
      }
    while let answer = perform(step(input)) { input = answer }
  }

  /// Does what the effects say.
  ///
  /// - Returns: The answer to the call among them; nil when there is none, or it was the last.
  private func perform(_ effects: [LoopEffect]) -> LoopInput? {
    for effect in effects {
      switch effect {
      case .dropRecord: held.removeLast()
      case .forgetBatch: forgetBatch()
      case .wait(let milliseconds): WorkerClock.sleep(milliseconds: milliseconds)
      case .pause(let partitions): setPaused(true, partitions)
      case .resume(let partitions): setPaused(false, partitions)
      case .report(let event): report(event)
      case .poll(let milliseconds): return poll(milliseconds)
      case .leave(let code):
        exit = leave(code)
        return nil
      default:
        do throws(KafkaError) {
          return try answer(to: effect)
        } catch {
          return .failed(CallFailure(error))
        }
      }
    }
    return nil
  }

  private func poll(_ milliseconds: Int64) -> LoopInput {
    guard let consumer else { return .failed(CallFailure(.fatal, reason: "there is no consumer")) }
    if held.isEmpty { pass(.beforePoll) }
    switch consumer.poll(timeoutMilliseconds: Int(milliseconds)) {
    case .record(let record):
      held.append(record)
      pass(.afterPoll)
      return .polled(
        RecordPosition(
          partition: record.partition,
          offset: record.offset,
          timestamp: record.timestampMilliseconds ?? -1,
          bytes: record.byteCount
        )
      )
    case .endOfPartition(let partition, let offset):
      return .reachedEnd(partition: partition.partition, offset: offset)
    case .error(let error, _): return .failed(CallFailure(error, isPoll: true))
    case .nothing:
      readLag()
      return .polled(nil)
    }
  }

  /// Makes one of the calls that may throw.
  private func answer(to call: LoopEffect) throws(KafkaError) -> LoopInput {
    let timeout = configuration.callTimeout
    switch call {
    case .initialiseProducer:
      try initialiseProducer()
      pass(.afterInitTransactions)
    case .readCommitted(let partitions): return .committed(try readCommitted(partitions))
    case .assign(let offsets):
      try assign(offsets)
      pass(.afterAssign)
    case .begin: try liveProducer.transactions.begin()
    case .answer(let plan):
      pass(.beforeProduce)
      try answerBatch(plan, with: liveProducer)
      pass(.afterProduce)
      return .answered(deadLetters: tally.deadLetterCount)
    case .sendOffsets(let offsets):
      try flushBeforeCrash(with: liveProducer)
      pass(.beforeSendOffsets)
      let positions = offsets.positions(in: configuration.topics.applications)
      try liveProducer.transactions.sendOffsets(positions, of: liveConsumer, timeoutMilliseconds: timeout)
      pass(.afterSendOffsets)
    case .commit:
      try flushBeforeCrash(with: liveProducer)
      pass(.beforeCommit)
      passDuringCommit()
      try liveProducer.transactions.commit(timeoutMilliseconds: timeout)
      pass(.afterCommit)
    case .abort: try liveProducer.transactions.abort(timeoutMilliseconds: timeout)
    case .flush: try liveProducer.flush(timeoutMilliseconds: timeout)
    case .commitOffsets(let offsets):
      try liveConsumer.commit(offsets.positions(in: configuration.topics.applications))
    default: break  // accept and release: the consumer itself has answered the group, or will
    }
    return .succeeded
  }

  private var liveConsumer: KafkaConsumer {
    get throws(KafkaError) {
      guard let consumer else {
        throw KafkaError(code: .state, message: "there is no consumer", isFatal: true)
      }
      return consumer
    }
  }

  private var liveProducer: AnswerProducer {
    get throws(KafkaError) {
      guard let producer else {
        throw KafkaError(code: .state, message: "there is no producer", isFatal: true)
      }
      return producer
    }
  }

  /// Makes a new producer, unless the one at hand has not got through to its coordinator yet.
  private func initialiseProducer() throws(KafkaError) {
    if !isInitialising {
      closeProducer()
      producer =
        switch configuration.limits.delivery {
        case .exactlyOnce:
          .transactional(
            try TransactionalProducer(configuration.producer) { [unowned self] event in
              log.client(event, "producer")
            }
          )
        case .atLeastOnce:
          .idempotent(
            try KafkaProducer(configuration.producer) { [unowned self] event in
              log.client(event, "producer")
            }
          )
        }
      isInitialising = true
    }
    do throws(KafkaError) {
      try liveProducer.initialise(
        topics: [
          configuration.topics.decisions, configuration.topics.deadLetters, configuration.topics.partials,
        ],
        timeoutMilliseconds: configuration.callTimeout
      )
    } catch {
      isInitialising = error.isRetriable && !error.isFatal
      throw error
    }
    isInitialising = false
  }

  private func readCommitted(_ partitions: [Int32]) throws(KafkaError) -> [Int32: CommittedPosition] {
    let topic = configuration.topics.applications
    let names = partitions.map { TopicPartition(topic, $0) }
    let committed = try liveConsumer.committed(names, timeoutMilliseconds: configuration.callTimeout)
    var positions: [Int32: CommittedPosition] = [:]
    for name in names {
      let offset = committed[name]
      let marks = try liveConsumer.watermarks(of: name, timeoutMilliseconds: configuration.callTimeout)
      positions[name.partition] = CommittedPosition(
        offset: offset?.offset,
        metadata: offset?.metadata ?? "",
        start: marks.low,
        end: configuration.limits.watchesForEnd ? marks.high : nil
      )
    }
    return positions
  }

  private func assign(_ offsets: [Int32: Int64?]) throws(KafkaError) {
    var positions: [TopicPartition: Int64] = [:]
    for (partition, offset) in offsets {
      positions[TopicPartition(configuration.topics.applications, partition)] =
        offset ?? LogicalOffset.committed
    }
    try liveConsumer.assign(positions)
  }

  /// Pausing saves work, nothing depends on it: what arrives in spite of it is dropped.
  private func setPaused(_ isPaused: Bool, _ partitions: [Int32]) {
    let names = Set(partitions.map { TopicPartition(configuration.topics.applications, $0) })
    do throws(KafkaError) {
      if isPaused { try consumer?.pause(names) } else { try consumer?.resume(names) }
    } catch {
      log.failure(isPaused ? "partitions cannot be paused" : "partitions cannot be resumed", error)
    }
  }

  private func forgetBatch() {
    held.removeAll(keepingCapacity: true)
    answered = 0
    tally = BatchTally()
    window.removeAll()
  }

  private func report(_ event: LoopEvent) {
    if case .committed = event { readLag() }
    record(event)
    log.event(event)
    onEvent(event)
  }

  private func readLag() {
    let now = WorkerClock.monotonic()
    guard now - lagReadAt >= 500, let consumer else { return }
    lagReadAt = now
    let lag = consumer.lag.values.reduce(0, +)
    statistics.update { $0.lag = lag }
  }

  private func closeProducer() {
    guard let old = producer else { return }
    producer = nil
    do throws(KafkaError) {
      try old.close(deadlineMilliseconds: configuration.closeTimeout)
    } catch {
      log.failure("the former producer was not closed in order", error)
    }
  }

  /// Closes both clients: records first, because they keep the consumer alive.
  private func leave(_ code: ExitCode) -> ExitCode {
    forgetBatch()
    var code = code
    do throws(KafkaError) {
      try consumer?.close(deadlineMilliseconds: configuration.closeTimeout)
    } catch {
      log.failure("the consumer was not closed in order", error)
      if code == .finished { code = .forced }
    }
    consumer = nil
    closeProducer()
    return code
  }
}

extension [Int32: OffsetToCommit] {
  /// The offsets as the client library wants them.
  fileprivate func positions(in topic: String) -> [TopicPartition: OffsetAndMetadata] {
    var positions: [TopicPartition: OffsetAndMetadata] = [:]
    for (partition, offset) in self {
      positions[TopicPartition(topic, partition)] =
        OffsetAndMetadata(offset: offset.offset, metadata: offset.metadata)
    }
    return positions
  }
}
