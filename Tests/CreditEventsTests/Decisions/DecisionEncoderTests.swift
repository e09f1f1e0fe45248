import CreditEvents
import StrictJSON
import Testing

@Suite("DecisionEncoder")
struct DecisionEncoderTests {
  /// The decision with one after the other of its repeated parts changed, and back to the first.
  private static let sequence: [Decision] = {
    let first = SampleDecision.full
    var model = first
    model.model.sha256 = String(repeating: "0", count: 64)
    var pipeline = model
    pipeline.pipeline.version += 1
    var thresholds = pipeline
    thresholds.thresholds.declineFrom += 0.125
    var base = thresholds
    base.base -= 0.5
    return [first, first, model, pipeline, thresholds, base, base, first]
  }()

  private static func text(_ decision: Decision, with encoder: inout DecisionEncoder, pretty: Bool) -> String
  {
    var writer = JSONWriter(pretty: pretty)
    encoder.encode(decision, into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("What was written before changes no byte, whichever part changes", arguments: [false, true])
  func reuse(pretty: Bool) {
    var used = DecisionEncoder()
    var texts: Set<String> = []
    for (index, decision) in Self.sequence.enumerated() {
      var fresh = DecisionEncoder()
      let expected = Self.text(decision, with: &fresh, pretty: pretty)
      #expect(Self.text(decision, with: &used, pretty: pretty) == expected, "decision \(index)")
      texts.insert(expected)
    }
    // Each change shows in the bytes, or nothing above could fail.
    #expect(texts.count == 5)
  }
}
