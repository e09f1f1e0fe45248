import CreditEvents
public import KafkaClient
import StrictJSON

/// Publishes applications, and later their outcomes, the way a lender's intake systems would.
///
/// Records are keyed by application id and bear the time of the application, not of the publishing. Outcomes
/// follow in the order in which they become known, each once the applications have reached that moment.
///
/// **Thread:** blocks; one thread at a time.
public final class ApplicationPublisher {
  /// Where and how fast.
  public struct Options: Sendable {
    /// The topic of the applications.
    public var applicationsTopic: String
    /// The topic of the outcomes; nil publishes none.
    public var outcomesTopic: String?
    /// Whether outcomes that become known only after the last application are published at the end.
    public var publishesLateOutcomes = false
    /// At most so many applications per second; nil is as fast as it goes.
    public var recordsPerSecond: Double?
    /// How often progress is reported.
    public var progressMilliseconds = 100
    /// How long the brokers may take to acknowledge the last records.
    public var flushTimeoutMilliseconds = 60_000

    /// Creates options.
    ///
    /// - Parameters:
    ///   - applicationsTopic: The topic of the applications.
    ///   - outcomesTopic: The topic of the outcomes; nil publishes none.
    public init(applicationsTopic: String, outcomesTopic: String? = nil) {
      self.applicationsTopic = applicationsTopic
      self.outcomesTopic = outcomesTopic
    }
  }

  private let options: Options
  private let sink: any RecordSink
  private let gate: any PublishGate
  private let clock: any PublishClock
  private let onProgress: (PublishProgress) -> Void
  private var outcomes = OutcomeQueue()
  private var writer = JSONWriter()
  private var progress = PublishProgress()

  /// Prepares to publish.
  ///
  /// - Parameters:
  ///   - producer: Stays the caller's, who closes it.
  ///   - options: Where and how fast.
  ///   - gate: Asked before each application; it may hold the publishing back or end it.
  ///   - onProgress: Called every ``Options/progressMilliseconds`` and at the end.
  public convenience init(
    producer: KafkaProducer,
    options: Options,
    gate: any PublishGate = OpenGate(),
    onProgress: @escaping (PublishProgress) -> Void = { _ in }
  ) {
    self.init(
      sink: ProducerSink(producer: producer, flushTimeoutMilliseconds: options.flushTimeoutMilliseconds),
      options: options,
      gate: gate,
      clock: SystemClock(),
      onProgress: onProgress
    )
  }

  init(
    sink: any RecordSink,
    options: Options,
    gate: any PublishGate,
    clock: any PublishClock,
    onProgress: @escaping (PublishProgress) -> Void
  ) {
    self.sink = sink
    self.options = options
    self.gate = gate
    self.clock = clock
    self.onProgress = onProgress
  }

  /// Publishes everything a source has, and waits until all of it has arrived.
  ///
  /// - Parameter source: The applications.
  /// - Returns: What was published.
  /// - Throws: ``SimulationError`` of code `undelivered` when the brokers did not take a record, and what the
  ///   source throws; what was sent before stays.
  public func publish(_ source: some ApplicationSource) throws -> PublishProgress {
    var source = source
    let start = clock.nanoseconds
    var nextReport = start
    var pace = Pace(recordsPerSecond: options.recordsPerSecond)
    progress = PublishProgress()
    progress.expected = source.expectedCount
    outcomes = OutcomeQueue()
    while let record = try source.next() {
      guard try admitted() else {
        progress.wasStopped = true
        break
      }
      let delay = pace.delay(at: clock.nanoseconds - start)
      if delay > 0 { clock.sleep(nanoseconds: delay) }
      try send(record)
      let now = clock.nanoseconds
      progress.seconds = Double(now - start) / 1e9
      if now >= nextReport {
        nextReport = now + Int64(options.progressMilliseconds) * 1_000_000
        try delivering { try sink.poll() }
        onProgress(progress)
      }
    }
    if options.publishesLateOutcomes && !progress.wasStopped { try sendOutcomes(knownBy: nil) }
    try delivering { try sink.flush() }
    progress.seconds = Double(clock.nanoseconds - start) / 1e9
    onProgress(progress)
    return progress
  }

  /// Waits until the gate opens; false if it closed for good.
  private func admitted() throws -> Bool {
    while true {
      switch gate.admit(progress) {
      case .proceed: return true
      case .stop: return false
      case .wait(let milliseconds):
        clock.sleep(nanoseconds: Int64(max(1, milliseconds)) * 1_000_000)
        try delivering { try sink.poll() }
      }
    }
  }

  private func send(_ record: OutgoingApplication) throws {
    try sendOutcomes(knownBy: record.eventTimeMilliseconds)
    let key = Array(record.id.utf8)
    try delivering {
      try sink.send(
        topic: options.applicationsTopic,
        key: key,
        value: record.value,
        timestampMilliseconds: record.eventTimeMilliseconds
      )
    }
    progress.applications += 1
    progress.bytes += key.count + (record.value?.count ?? 0)
    if let flaw = record.flaw { progress.flaws[flaw, default: 0] += 1 }
    if options.outcomesTopic != nil, let outcome = record.outcome {
      outcomes.add(outcome)
      progress.pendingOutcomes = outcomes.count
    }
  }

  private func sendOutcomes(knownBy moment: Int64?) throws {
    guard let topic = options.outcomesTopic else { return }
    while let outcome = outcomes.take(knownBy: moment) {
      writer.removeAll(keepingCapacity: true)
      outcome.encode(into: &writer)
      try delivering {
        try sink.send(
          topic: topic,
          key: Array(outcome.applicationID.utf8),
          value: writer.bytes,
          timestampMilliseconds: outcome.knownAtMilliseconds
        )
      }
      progress.outcomes += 1
      progress.pendingOutcomes = outcomes.count
    }
  }

  /// Says what an undelivered record means for the whole publishing.
  private func delivering(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw SimulationError(
        .undelivered,
        "after \(progress.applications) applications a record could not be delivered (\(error)); "
          + "make sure that the topics exist and the brokers answer, then publish again"
      )
    }
  }
}
