import CreditEvents
import KafkaClient

/// The headers of decisions and dead letters; the values on the topics never hold a time.
struct AnswerHeaders {
  private let source: String
  private(set) var headers = RecordHeaders()
  private var time = ""

  /// Headers of one scorer's answers.
  ///
  /// - Parameter application: The name of the scorer's application, for `ce_source`.
  init(application: String) {
    source = "/creditstream/\(application)"
  }

  /// Sets the time of the decisions to come.
  ///
  /// - Parameter milliseconds: Milliseconds since 1970.
  mutating func setTime(_ milliseconds: Int64) {
    time = Timestamp.text(milliseconds)
  }

  /// Makes the headers of a decision (CloudEvents, binary mode), with the application's trace context.
  ///
  /// - Parameters:
  ///   - id: The decision's id.
  ///   - applicationID: The application's id.
  ///   - record: The application's record.
  mutating func describeDecision(_ id: DecisionID, applicationID: String, on record: ConsumedRecord) {
    headers.removeAll()
    headers.append(DecisionHeader.contentType, "application/json")
    headers.append(DecisionHeader.specificationVersion, "1.0")
    id.withText { text in headers.append(DecisionHeader.id, UnsafeRawBufferPointer(text)) }
    headers.append(DecisionHeader.type, DecisionHeader.eventType)
    headers.append(DecisionHeader.source, source)
    headers.append(DecisionHeader.subject, applicationID)
    headers.append(DecisionHeader.time, time)
    if let appended = record.timestampMilliseconds {
      headers.append(DecisionHeader.appendedAt, String(appended))
    }
    record.forEachHeader { name, value in
      guard let value, Self.isTrace(name) else { return }
      headers.append(name, value)
    }
  }

  /// Makes the headers of a dead letter: the record's own, untouched, and why it is one.
  ///
  /// - Parameters:
  ///   - reasons: Why the record can have no decision, and where it stands.
  ///   - record: The record; nil when its own headers are left out.
  mutating func describeDeadLetter(_ reasons: DeadLetterHeaders, on record: ConsumedRecord?) {
    headers.removeAll()
    record?.forEachHeader { name, value in headers.append(name, value) }
    for header in reasons.headers { headers.append(header.name, header.value) }
  }

  /// W3C trace context.
  private static func isTrace(_ name: UnsafeRawBufferPointer) -> Bool {
    name.elementsEqual(DecisionHeader.traceParent.utf8)
      || name.elementsEqual(DecisionHeader.traceState.utf8)
  }
}
