public import CreditEvents
import Dispatch
import KafkaClient
public import Logging
public import ModelRegistry
public import ServiceLifecycle
import StrictJSON
import Synchronization
import Telemetry

/// The drift monitor of a cluster: reads the partials from their begin, folds them, publishes the alerts that are new.
///
/// Its state is the log: it keeps none of its own, and a start reads the partials again. What it has said already it finds
/// on the alerts topic. Two monitors say the same.
public final class MonitorService: Service {
  /// What differs from one run to the next, beside the settings.
  public struct Options: Sendable {
    /// Stop at the end that the partials had at the start.
    public var untilEnd = false
    /// Also join decisions with outcomes, and judge what the model was worth.
    public var joinsOutcomes = false
    /// Where to keep a page of gauges for Prometheus' textfile collector; nil: nowhere.
    public var metricsFile: String?

    /// An ordinary run.
    public init() {}
  }

  /// Finds the reference of a model.
  public typealias FindReference = @Sendable (ModelIdentity) throws -> DriftReference

  private let settings: MonitorSettings
  private let options: Options
  private let logger: Logger
  private let find: FindReference
  private let state: Mutex<DriftFold>
  private let outcomeState: Mutex<OutcomeFold>
  private let unreadable = Atomic(0)
  private let isStopping = Atomic(false)

  /// A monitor that has not started.
  ///
  /// - Parameters:
  ///   - settings: What the settings file says.
  ///   - options: What differs from one run to the next.
  ///   - logger: Receives what operators should know.
  ///   - find: Finds the reference of a model; called on a thread that may block.
  /// - Throws: ``MonitorError`` when a setting is out of its range.
  public init(
    _ settings: MonitorSettings,
    options: Options = Options(),
    logger: Logger,
    find: @escaping FindReference
  ) throws(MonitorError) {
    self.settings = settings
    self.options = options
    self.logger = logger
    self.find = find
    let rules = try settings.rules()
    state = Mutex(DriftFold(rules))
    outcomeState = Mutex(OutcomeFold(rules))
  }

  /// What was folded so far.
  public var fold: DriftFold { state.withLock { $0 } }
  /// What became of the decisions so far.
  public var outcomes: OutcomeFold { outcomeState.withLock { $0 } }
  /// Records of the partials topic that are no partials.
  public var unreadableCount: Int { unreadable.load(ordering: .relaxed) }

  /// Asks the monitor to end; ``run()`` returns soon.
  public func stop() { isStopping.store(true, ordering: .relaxed) }

  /// Monitors until shut down.
  ///
  /// - Throws: `KafkaError`, or ``MonitorError`` with what to do.
  public func run() async throws {
    try await withTaskCancellationHandler {
      try await withGracefulShutdownHandler {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
          // librdkafka's calls block; Swift's own threads must not.
          DispatchQueue(label: "creditstream.monitor").async {
            done.resume(with: Result { try self.work() })
          }
        }
      } onGracefulShutdown: {
        self.stop()
      }
    } onCancel: {
      self.stop()
    }
  }

  private func work() throws {
    let publisher = try AlertPublisher(settings.topics.alerts, settings.clientProperties)
    let consumer = try KafkaConsumer(settings.clientProperties)
    let partitions = try consumer.partitions(of: settings.topics.partials, timeoutMilliseconds: 10_000)
    guard partitions.count == 1, let only = partitions.first else {
      throw MonitorError(
        .topic,
        """
        topic "\(settings.topics.partials)" has \(partitions.count) partitions: counts are folded in one order, which only \
        one partition has; create it with one
        """
      )
    }
    let outcomes =
      options.joinsOutcomes ? try OutcomeReader(settings.topics, settings.clientProperties) : nil
    let end = try consumer.watermarks(of: only, timeoutMilliseconds: 10_000).high
    try consumer.assign([only: LogicalOffset.beginning])
    let parser = JSONParser(limits: .event)
    let clock = ContinuousClock()
    var written = clock.now
    var hasReachedEnd = false
    while !isStopping.load(ordering: .relaxed) {
      switch consumer.poll(timeoutMilliseconds: 200) {
      case .record(let record): try take(record, parser, publisher)
      case .endOfPartition(_, let offset):
        if offset >= end { hasReachedEnd = true }
      case .error(let error, _):
        if error.isFatal { throw error }
        logger.notice("Partials topic", metadata: [LogKey.reason: "\(error)"])
      case .nothing: break
      }
      if let outcomes { try read(outcomes, publisher) }
      if options.untilEnd, hasReachedEnd, outcomes?.hasReachedEnd ?? true { stop() }
      if clock.now - written > .seconds(10) {
        writeMetrics()
        written = clock.now
      }
    }
    if let outcomes {
      try read(outcomes, publisher)
      try outcomes.close()
    }
    writeMetrics()
    try consumer.close(deadlineMilliseconds: 5_000)
    try publisher.close()
  }

  private func take(_ record: ConsumedRecord, _ parser: JSONParser, _ publisher: AlertPublisher) throws {
    guard let value = record.value else { return }
    let partial: DriftPartial
    do {
      partial = try parser.withRoot(of: value) { try DriftPartial(json: $0) }
    } catch {
      // Its offsets will be missing: the next partial of its partition raises the alert.
      unreadable.add(1, ordering: .relaxed)
      logger.error(
        "A record is no partial",
        metadata: [LogKey.offset: "\(record.offset)", LogKey.reason: "\(error)"]
      )
      return
    }
    let alerts = state.withLock { fold in
      fold.fold(partial, at: record.offset, reportedAt: record.timestampMilliseconds) { model in
        try find(model)
      }
    }
    for alert in try publisher.publish(alerts) { say(alert) }
  }

  private func read(_ reader: OutcomeReader, _ publisher: AlertPublisher) throws {
    let alerts = try outcomeState.withLock { fold in
      try reader.read(into: &fold) ? fold.judge(find: find) : []
    }
    for alert in try publisher.publish(alerts) { say(alert) }
  }

  private func say(_ alert: DriftAlert) {
    logger.log(
      level: alert.change == .closed ? .notice : .warning,
      "\(alert.message)",
      metadata: [
        LogKey.alert: "\(alert.alertID)", LogKey.change: "\(alert.change.rawValue)",
        LogKey.severity: "\(alert.severity.rawValue)",
      ]
    )
  }

  /// Gauges are for looking at: when they cannot be written nothing else stops.
  private func writeMetrics() {
    guard let path = options.metricsFile else { return }
    do {
      try MonitorMetrics(fold, unreadable: unreadableCount).write(to: path)
    } catch {
      logger.error("Gauges cannot be written", metadata: [LogKey.reason: "\(error)"])
    }
  }
}
