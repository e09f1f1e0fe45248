import CreditEvents
import Dispatch
import KafkaClient
import Logging
import NIOCore
import Synchronization
import Telemetry

/// Writes decisions to their topic; a request is answered only when the brokers have acknowledged its decisions.
///
/// Requests that arrive while the brokers are waited for are written together next: the group commit of databases. When the
/// brokers do not acknowledge in time all requests of the group are refused, though some of their decisions may have been
/// written; readers drop repeats by `decision_id`, and a caller that repeats with its idempotency key gets a new decision.
final class DecisionJournal: Sendable {
  /// A decision on its way to the topic.
  struct Entry: Sendable {
    var applicationID: String
    var value: [UInt8]
    var headers: RecordHeaders
  }

  /// The most entries that wait; more requests are refused.
  private static let maximumWaiting = 20_000

  private struct Waiting: Sendable {
    var entries: [Entry]
    var promise: EventLoopPromise<Void>
  }

  private struct Backlog: Sendable {
    var waiting: [Waiting] = []
    var entryCount = 0
    var isWriting = false
    var isClosed = false
    var failedAt: Int64?
  }

  private let topic: String
  private let source: String
  private let timeoutMilliseconds: Int
  private let metrics: APIMetrics
  private let logger: Logger
  private let queue = DispatchQueue(label: "creditstream.journal")
  private let producer: Mutex<KafkaProducer>
  private let backlog = Mutex(Backlog())

  /// Connects to the brokers.
  ///
  /// - Throws: `KafkaError` when a property is unknown or contradictory.
  init(_ settings: APISettings, properties: KafkaProperties, metrics: APIMetrics, logger: Logger) throws {
    topic = settings.kafka.decisions
    source = "/creditstream/http." + settings.instance
    timeoutMilliseconds = settings.kafka.acknowledgeMilliseconds
    self.metrics = metrics
    self.logger = logger
    var properties = properties
    // A request waits for each flush: whatever is queued goes out at once.
    if properties["linger.ms"] == nil { properties["linger.ms"] = "0" }
    producer = Mutex(try KafkaProducer(properties))
  }

  /// Whether the brokers acknowledged lately, as far as anything was written.
  var isHealthy: Bool { backlog.withLock { $0.failedAt == nil } }

  /// The record of a decision: the headers are those of the stream's.
  func entry(_ decision: Decision, value: [UInt8], time: Int64, trace: TraceContext, span: String) -> Entry {
    var headers = RecordHeaders()
    headers.append(DecisionHeader.contentType, "application/json")
    headers.append(DecisionHeader.specificationVersion, "1.0")
    decision.decisionID.withText { headers.append(DecisionHeader.id, UnsafeRawBufferPointer($0)) }
    headers.append(DecisionHeader.type, DecisionHeader.eventType)
    headers.append(DecisionHeader.source, source)
    headers.append(DecisionHeader.subject, decision.applicationID)
    headers.append(DecisionHeader.time, Timestamp.text(time))
    headers.append(DecisionHeader.traceParent, trace.parent(span: span))
    if let state = trace.state { headers.append(DecisionHeader.traceState, state) }
    return Entry(applicationID: decision.applicationID, value: value, headers: headers)
  }

  /// Writes decisions.
  ///
  /// - Parameters:
  ///   - entries: The decisions of one request.
  ///   - eventLoop: Where the result is wanted.
  /// - Returns: Succeeds when the brokers have acknowledged all; fails with ``Problem``.
  func write(_ entries: [Entry], on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
    let promise = eventLoop.makePromise(of: Void.self)
    let (isTaken, starts) = backlog.withLock { backlog in
      guard !backlog.isClosed, backlog.entryCount + entries.count <= Self.maximumWaiting else {
        return (false, false)
      }
      backlog.waiting.append(Waiting(entries: entries, promise: promise))
      backlog.entryCount += entries.count
      defer { backlog.isWriting = true }
      return (true, !backlog.isWriting)
    }
    if !isTaken { promise.fail(Self.problem.retry(afterSeconds: 1)) }
    if starts { queue.async { self.drain() } }
    return promise.futureResult
  }

  private func drain() {
    while true {
      let group = backlog.withLock { backlog in
        let group = backlog.waiting
        backlog.waiting = []
        backlog.entryCount = 0
        backlog.isWriting = !group.isEmpty
        return group
      }
      if group.isEmpty { return }
      let failure = write(group)
      let count = group.reduce(0) { $0 + $1.entries.count }
      if let failure {
        metrics.journalFailures.increment(by: count)
        logger.error(
          "Decisions were not acknowledged; their requests were refused",
          metadata: [LogKey.records: "\(count)", LogKey.topic: "\(topic)", LogKey.reason: "\(failure)"]
        )
      } else {
        metrics.journalRecords.increment(by: count)
      }
      backlog.withLock { $0.failedAt = failure == nil ? nil : APIClock.wallMilliseconds() }
      for waiting in group {
        if failure == nil {
          waiting.promise.succeed()
        } else {
          waiting.promise.fail(Self.problem.retry(afterSeconds: 1))
        }
      }
    }
  }

  private func write(_ group: [Waiting]) -> KafkaError? {
    producer.withLock { producer in
      do throws(KafkaError) {
        for entry in group.lazy.flatMap(\.entries) {
          try produce(entry, producer)
        }
        try producer.flush(timeoutMilliseconds: timeoutMilliseconds)
        return nil
      } catch {
        return error
      }
    }
  }

  private func produce(_ entry: Entry, _ producer: KafkaProducer) throws(KafkaError) {
    var key = entry.applicationID
    let result = key.withUTF8 { key in
      entry.value.withUnsafeBytes { value in
        Result { () throws(KafkaError) in
          try producer.produce(
            topic: topic,
            key: UnsafeRawBufferPointer(key),
            value: value,
            headers: entry.headers,
            queueFullTimeoutMilliseconds: timeoutMilliseconds
          )
        }
      }
    }
    try result.get()
  }

  /// Announces a model and waits for the brokers, on the calling thread.
  ///
  /// - Throws: `KafkaError` when they do not acknowledge it in time.
  func announce(_ announcement: Entry, topic: String) throws(KafkaError) {
    let key = Array(announcement.applicationID.utf8)
    let failure: KafkaError? = producer.withLock { producer in
      let result = key.withUnsafeBytes { key in
        announcement.value.withUnsafeBytes { value in
          Result { () throws(KafkaError) in
            try producer.produce(topic: topic, partition: 0, key: key, value: value)
            try producer.flush(timeoutMilliseconds: timeoutMilliseconds)
          }
        }
      }
      if case .failure(let error) = result { return error }
      return nil
    }
    if let failure { throw failure }
  }

  /// Writes what is left and closes the producer.
  func close() {
    backlog.withLock { $0.isClosed = true }
    queue.sync {}
    producer.withLock { producer in
      do throws(KafkaError) {
        try producer.close(deadlineMilliseconds: timeoutMilliseconds)
      } catch {
        logger.error("Closing the journal", metadata: [LogKey.reason: "\(error)"])
      }
    }
  }

  private static let problem = Problem(
    .notRecorded,
    "the decision could not be recorded",
    remedy: "send the request again later, with the same Idempotency-Key"
  )
}
