public import CreditEvents
import KafkaClient
public import Logging
public import ServiceLifecycle
import Synchronization
import Telemetry

/// The stream scorer of one process: follows the models, runs the workers, stops them in time.
///
/// It ends by itself only when a worker fails, or when told to run until the end. A graceful shutdown lets every worker finish
/// and commit its batch.
public final class ScoringService: Service {
  /// Loads and checks the bundle of an announcement; the result makes a scorer for each worker.
  public typealias LoadModel = @Sendable (ModelAnnouncement) throws -> @Sendable () -> any RecordScorer

  /// What differs from one run to the next, beside the settings.
  public struct Options: Sendable {
    /// Stop when every partition was read to the end it had at the start.
    public var untilEnd = false
    /// End loudly on a rebalance after ``ScoringService/waitUntilAssigned()``: the embedded cluster loses offsets then.
    public var refusesRebalance = false
    /// Join the group as static members; the embedded cluster does not know them.
    public var isStaticMember = true
    /// A crash that a test has ordered.
    public var plannedCrash: PlannedCrash?

    /// An ordinary run on a real cluster.
    public init() {}
  }

  private let settings: ScorerSettings
  private let options: Options
  private let load: LoadModel
  private let logger: Logger
  private let state: Mutex<ServiceState>
  private let mailboxes: [WorkerMailbox]
  private let figures: [WorkerStatistics]
  private let signals: AsyncStream<Signal>
  private let signal: AsyncStream<Signal>.Continuation

  /// What threads tell the service.
  private enum Signal: Sendable {
    case models(ModelFollower.News)
    case event(LoopEvent, worker: Int)
    case ended(ExitCode, worker: Int)
    case shutdown
    case tooLate
    case givenUp(ScoringStreamError)
  }

  /// A scorer that has not started.
  ///
  /// - Parameters:
  ///   - settings: What the settings file says; see ``ScorerSettings/problems()``.
  ///   - options: What differs from one run to the next.
  ///   - logger: Receives what operators should know.
  ///   - load: Loads and checks the bundle of an announcement; called on a thread that may block.
  public init(
    _ settings: ScorerSettings,
    options: Options = Options(),
    logger: Logger,
    load: @escaping LoadModel
  ) {
    self.settings = settings
    self.options = options
    self.load = load
    self.logger = logger
    state = Mutex(ServiceState(workers: settings.workers))
    mailboxes = (0..<settings.workers).map { _ in WorkerMailbox() }
    figures = (0..<settings.workers).map { _ in WorkerStatistics() }
    (signals, signal) = AsyncStream.makeStream()
  }

  /// What the workers have done so far.
  public var statistics: ScorerStatistics {
    var sum = ScorerStatistics()
    for worker in figures { sum.merge(worker.snapshot) }
    return sum
  }

  /// Asks the workers to finish their batches and leave; ``run()`` returns when they have.
  public func stop() { signal.yield(.shutdown) }

  /// Waits until every worker has joined the group and every partition has an owner.
  ///
  /// With ``Options/refusesRebalance`` nothing is read before, and any later rebalance ends the run.
  ///
  /// - Throws: ``ScoringStreamError`` when the service ended before; `CancellationError`.
  public func waitUntilAssigned() async throws {
    while true {
      let (isAssigned, failure) = state.withLock { ($0.isAssigned, $0.failure) }
      if let failure { throw failure }
      if isAssigned { return }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Scores until shut down.
  ///
  /// - Throws: ``ScoringStreamError`` with the code to end the process with, when a worker ended otherwise than by shutdown.
  public func run() async throws {
    if let problem = settings.problems().first {
      throw fail(.settings, "\(problem.path.joined(separator: ".")): \(problem.message)")
    }
    if settings.delivery == .atLeastOnce {
      logger.warning(
        "At-least-once: a crash may answer applications twice; readers must drop equal decision ids"
      )
    }
    let follower = ModelFollower(
      clientProperties,
      topics: settings.topics,
      logger: logger,
      load: load
    )
    defer { follower.stop() }
    try WorkerThread.start { [signal] in follower.run { signal.yield(.models($0)) } }
    let watchdog = Watchdog(
      figures.enumerated().map { (settings.identity(ofWorker: $0), $1) },
      limit: Int64(settings.watchdogMilliseconds),
      logger: logger
    )
    defer { watchdog.stop() }
    try WorkerThread.start { [signal] in watchdog.run { signal.yield(.givenUp($0)) } }
    try await withTaskCancellationHandler {
      try await withGracefulShutdownHandler {
        try await supervise()
      } onGracefulShutdown: {
        self.stop()
      }
    } onCancel: {
      self.stop()
    }
  }

  /// Waits for signals until every worker that was started has ended.
  private func supervise() async throws {
    for await signal in signals {
      switch signal {
      case .models(let news): try take(news)
      case .event(let event, let worker): note(event, worker)
      case .ended(let code, let worker): end(code, worker)
      case .shutdown: try beginShutdown()
      case .givenUp(let error):
        state.withLock { $0.failure = $0.failure ?? error }
        throw error
      case .tooLate:
        let late = ScoringStreamError(
          .workerEnded,
          "shutdown took longer than \(settings.shutdownMilliseconds) ms: what is not committed will be read again",
          exitCode: .forced
        )
        state.withLock { $0.failure = $0.failure ?? late }
        throw late
      }
      let (isOver, failure) = state.withLock { ($0.isOver, $0.failure) }
      guard isOver else { continue }
      if let failure { throw failure }
      return
    }
  }

  private func take(_ news: ModelFollower.News) throws {
    switch news {
    case .model(let model):
      for mailbox in mailboxes { mailbox.post(.model(model)) }
    case .readThrough(let offset):
      for mailbox in mailboxes { mailbox.post(.input(.announcementsRead(through: offset))) }
    case .upToDate(let models, let partitions):
      if models == 0 {
        guard !options.untilEnd else {
          throw fail(.noModel, "no model was announced on \"\(settings.topics.models)\": activate one first")
        }
        logger.warning(
          "No model was announced yet; applications wait",
          metadata: [LogKey.topic: "\(settings.topics.models)"]
        )
      }
      try startWorkers(partitions: partitions)
    case .failed(let error):
      state.withLock { $0.failure = $0.failure ?? error }
      if state.withLock({ $0.running }) == 0 { throw error }
      signal.yield(.shutdown)
    }
  }

  private func fail(_ code: ScoringStreamError.Code, _ message: String) -> ScoringStreamError {
    let error = ScoringStreamError(code, message)
    state.withLock { $0.failure = $0.failure ?? error }
    return error
  }

  private func startWorkers(partitions: Int) throws {
    guard state.withLock({ $0.start(partitions: partitions) }) else { return }
    for index in 0..<settings.workers {
      let configuration = configuration(ofWorker: index)
      let (mailbox, figures, logger, signal) = (mailboxes[index], figures[index], logger, signal)
      try WorkerThread.start {
        let worker = ScoringWorker(
          configuration,
          mailbox: mailbox,
          statistics: figures,
          logger: logger,
          onEvent: { event in
            // Batches are counted by the worker itself; only what changes the service's mind is sent.
            switch event {
            case .assigned, .released, .caughtUp: signal.yield(.event(event, worker: index))
            default: break
            }
          }
        )
        signal.yield(.ended(worker.run(), worker: index))
      }
    }
  }

  private func note(_ event: LoopEvent, _ worker: Int) {
    let (hasSettled, isCaughtUp) = state.withLock { state in
      state.note(event, worker: worker)
      return (state.settle(), state.isCaughtUp)
    }
    if hasSettled {
      for mailbox in mailboxes { mailbox.post(.input(.membershipSettled)) }
    }
    if options.untilEnd, isCaughtUp { stop() }
  }

  private func end(_ code: ExitCode, _ worker: Int) {
    let identity = settings.identity(ofWorker: worker)
    logger.log(
      level: code == .finished ? .info : .error,
      "Worker ended",
      metadata: [LogKey.worker: "\(identity)", LogKey.exitCode: "\(code.rawValue)"]
    )
    state.withLock { state in
      state.end(worker)
      guard code != .finished, state.failure == nil else { return }
      state.failure = ScoringStreamError(.workerEnded, code.explanation(of: identity), exitCode: code)
    }
    // One worker that cannot go on means that its partitions stand still: better to end whole, and be restarted.
    signal.yield(.shutdown)
  }

  private func beginShutdown() throws {
    guard state.withLock({ $0.beginShutdown() }) else { return }
    for mailbox in mailboxes { mailbox.post(.input(.shutdown)) }
    let (signal, time) = (signal, Int64(settings.shutdownMilliseconds))
    try WorkerThread.start {
      WorkerClock.sleep(milliseconds: time)
      signal.yield(.tooLate)
    }
  }
}

extension ScoringService {
  /// What every client is told.
  private var clientProperties: KafkaProperties {
    var properties = KafkaProperties(settings.kafka.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    properties["bootstrap.servers"] = settings.brokers
    return properties
  }

  private func configuration(ofWorker index: Int) -> WorkerConfiguration {
    let identity = settings.identity(ofWorker: index)
    var consumer = clientProperties
    consumer["group.id"] = settings.group ?? settings.application
    if options.isStaticMember { consumer["group.instance.id"] = identity }
    var producer = clientProperties
    if settings.delivery == .exactlyOnce { producer["transactional.id"] = identity }
    var limits = LoopLimits()
    limits.delivery = settings.delivery
    limits.minimumBatch = settings.batch.minimumRecords
    limits.maximumBatch = settings.batch.maximumRecords
    limits.maximumBatchBytes = settings.batch.maximumMebibytes << 20
    limits.deadLetterShare = settings.deadLetterLimit.share
    limits.deadLetterWindow = settings.deadLetterLimit.windowRecords
    limits.commitInterval = Int64(settings.batch.intervalMilliseconds)
    limits.linger = Int64(settings.batch.lingerMilliseconds)
    // A transaction that the broker gave up fences its producer: repeating must end before, the last try included.
    if let timeout = settings.kafka["transaction.timeout.ms"].flatMap({ Int64($0) }) {
      limits.transactionBudget = max(500, timeout - 3_000)
    }
    limits.drainBudget = Int64(settings.shutdownMilliseconds) * 6 / 10
    limits.watchesForEnd = options.untilEnd
    limits.refusesRebalance = options.refusesRebalance
    return WorkerConfiguration(
      identity: identity,
      topics: settings.topics,
      limits: limits,
      consumer: consumer,
      producer: producer,
      // 5 % less than what the producer takes, for its own framing.
      deadLetterBytes: settings.kafka["message.max.bytes"].flatMap { Int($0) }.map { $0 / 20 * 19 }
        ?? 950_000,
      plannedCrash: options.plannedCrash,
      closeTimeout: settings.shutdownMilliseconds * 15 / 100
    )
  }
}
