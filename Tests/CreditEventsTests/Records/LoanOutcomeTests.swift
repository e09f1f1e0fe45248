import CreditEvents
import StrictJSON
import Testing

@Suite("LoanOutcome")
struct LoanOutcomeTests {
  static let sample = LoanOutcome(
    applicationID: "100002",
    outcome: .defaulted,
    knownAtMilliseconds: 1_763_800_000_000
  )

  @Test("It is written in a fixed order and read back")
  func roundTrip() throws {
    var writer = JSONWriter()
    Self.sample.encode(into: &writer)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"schema":1,"application_id":"100002","outcome":"defaulted","known_at":1763800000000}"#
    )
    let back = try JSONParser(limits: .event).withRoot(of: writer.bytes) { try LoanOutcome(json: $0) }
    #expect(back == Self.sample)
  }

  @Test(
    "What is no outcome is refused",
    arguments: [
      "[]", "{}", #"{"schema":1,"application_id":"1","outcome":"late","known_at":1}"#,
      #"{"schema":1,"application_id":1,"outcome":"repaid","known_at":1}"#,
      #"{"schema":1,"application_id":"1","outcome":"repaid","known_at":1.5}"#,
      #"{"schema":1,"application_id":"1","outcome":"repaid","known_at":1,"x":1}"#,
    ]
  )
  func refusals(_ text: String) {
    #expect(throws: JSONError.self) {
      try JSONParser(limits: .event).withRoot(of: Array(text.utf8)) { try LoanOutcome(json: $0) }
    }
  }
}
