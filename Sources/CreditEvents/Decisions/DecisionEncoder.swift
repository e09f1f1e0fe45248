public import StrictJSON

/// Writes decisions one after the other; what they share with the one before is copied instead of written anew.
///
/// Half of a decision's bytes name the model, its pipeline and its thresholds, which change once in weeks.
public struct DecisionEncoder: Sendable {
  private var thresholds = RepeatedJSON<Decision.Thresholds>()
  private var base = RepeatedJSON<Double>()
  private var model = RepeatedJSON<ModelIdentity>()
  private var pipeline = RepeatedJSON<PipelineIdentity>()

  /// An encoder that has seen no decision.
  public init() {}

  /// Writes the value of a decision's record; equal decisions give equal bytes, whatever was written before.
  ///
  /// - Parameters:
  ///   - decision: The decision.
  ///   - writer: Receives one JSON object, members in the order of the schema.
  public mutating func encode(_ decision: Decision, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Decision.schemaVersion)
    writer.key("decision_id")
    decision.decisionID.withText { writer.string(utf8: $0) }
    writer.member("application_id", decision.applicationID)
    writer.member("outcome", decision.outcome.rawValue)
    writer.member("probability_of_default", decision.probabilityOfDefault)
    writer.member("margin", decision.margin)
    writer.member("points", decision.points)
    writer.key("thresholds")
    thresholds.encode(decision.thresholds, into: &writer) { $0.encode(into: &$1) }
    writer.member("rules", decision.rules)
    writer.key("reasons")
    writer.beginArray()
    for reason in decision.reasons {
      reason.encode(into: &writer)
    }
    writer.endArray()
    writer.key("base")
    base.encode(decision.base, into: &writer) { $1.number($0) }
    writer.member("other", decision.other)
    encodeProvenance(of: decision, into: &writer)
    writer.endObject()
  }

  private mutating func encodeProvenance(of decision: Decision, into writer: inout JSONWriter) {
    writer.key("model")
    model.encode(decision.model, into: &writer) { $0.encode(into: &$1) }
    writer.key("pipeline")
    pipeline.encode(decision.pipeline, into: &writer) { $0.encode(into: &$1) }
    writer.key("policy")
    writer.beginObject()
    writer.member("version", decision.policyVersion)
    writer.endObject()
    writer.key("source")
    decision.source.encode(into: &writer)
    writer.key("data_quality")
    decision.dataQuality.encode(into: &writer)
    writer.member("program", decision.program)
  }
}

/// The JSON of a value that is mostly the one before.
private struct RepeatedJSON<Value: Equatable & Sendable>: Sendable {
  private var value: Value?
  private var text: [UInt8] = []

  mutating func encode(
    _ value: Value,
    into writer: inout JSONWriter,
    by write: (Value, inout JSONWriter) -> Void
  ) {
    // A copied text has no line breaks.
    guard !writer.isPretty else { return write(value, &writer) }
    if self.value != value {
      var fresh = JSONWriter()
      write(value, &fresh)
      text = fresh.bytes
      self.value = value
    }
    writer.json(text)
  }
}
