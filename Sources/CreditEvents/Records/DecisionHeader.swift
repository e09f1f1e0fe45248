/// The headers of a record on the decisions topic, whoever decided; the value never holds a time.
///
/// CloudEvents in binary mode, the trace context of W3C, and our own.
public enum DecisionHeader {
  /// The media type of the value.
  public static let contentType = "content-type"
  /// The version of CloudEvents.
  public static let specificationVersion = "ce_specversion"
  /// The decision's id.
  public static let id = "ce_id"
  /// What kind of event it is: ``eventType``.
  public static let type = "ce_type"
  /// Which service decided.
  public static let source = "ce_source"
  /// The application's id.
  public static let subject = "ce_subject"
  /// When it was decided, RFC 3339.
  public static let time = "ce_time"
  /// When the application was appended to its topic, milliseconds since 1970.
  public static let appendedAt = "creditstream.appended_at"
  /// W3C trace context: the caller's trace and span.
  public static let traceParent = "traceparent"
  /// W3C trace context: what vendors add.
  public static let traceState = "tracestate"

  /// The value of ``type``.
  public static let eventType = "creditstream.decision.v\(Decision.schemaVersion)"
}
