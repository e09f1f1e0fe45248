import CreditEvents
import Foundation
import StrictJSON
import TestSupport
import Testing

@Suite("Decision")
struct DecisionTests {
  @Test("The bytes of a decision never change")
  func goldenBytes() throws {
    let golden = try Data(
      contentsOf: URL(filePath: Checkout.path("Tests/CreditEventsTests/Fixtures/decision.json"))
    )
    var writer = JSONWriter()
    SampleDecision.full.encode(into: &writer)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
  }

  @Test("A decision is read back from its bytes")
  func roundTrip() throws {
    #expect(try Self.read(Self.text(SampleDecision.full)) == SampleDecision.full)
  }

  @Test("Numbers survive to the bit", arguments: [1, 2] as [UInt64])
  func numbersSurvive(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      var decision = SampleDecision.full
      decision.base = Self.finite(using: &random)
      decision.other = Self.finite(using: &random)
      decision.probabilityOfDefault = Double.random(in: 0...1, using: &random)
      let margin = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      decision.margin = margin.isFinite ? margin : 0
      #expect(try Self.read(Self.text(decision)) == decision, "seed \(seed)")
    }
  }

  @Test(
    "A value of another shape is refused with its path",
    arguments: [
      (#""schema":1"#, #""schema":2"#, "$.schema"),
      (#""outcome":"decline""#, #""outcome":"maybe""#, "$.outcome"),
      (#""points":574"#, #""points":574.5"#, "$.points"),
      (#""points":574,"#, "", "$"),
      (#""points":574"#, #""points":574,"extra":1"#, "$.extra"),
      (#""partition":3"#, #""partition":99999999999"#, "$.source.partition"),
      (#""missing":12"#, #""missing":"12""#, "$.data_quality.missing"),
      (#""rules":["UNDER_AGE"]"#, #""rules":[7]"#, "$.rules[0]"),
      ("-8", "-4", "$.decision_id"),
    ]
  )
  func refusals(_ old: String, _ new: String, _ path: String) throws {
    let text = Self.text(SampleDecision.full)
    let range = try #require(text.range(of: old))
    let error = #expect(throws: JSONError.self) {
      try Self.read(text.replacingCharacters(in: range, with: new))
    }
    #expect(error?.path == path)
  }

  static func text(_ decision: Decision) -> String {
    var writer = JSONWriter()
    decision.encode(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func read(_ text: String) throws -> Decision {
    try JSONParser(limits: .event).withRoot(of: Array(text.utf8)) { try Decision(json: $0) }
  }

  private static func finite(using random: inout SplitMix64) -> Double {
    let number = Double(bitPattern: random.next())
    return number.isFinite ? number : 0
  }
}
