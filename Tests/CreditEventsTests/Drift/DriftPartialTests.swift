import CreditEvents
import StrictJSON
import Testing

@Suite("DriftPartial")
struct DriftPartialTests {
  static let model = ModelIdentity(name: "cards", version: "3", sha256: String(repeating: "a1", count: 32))
  static let sample = DriftPartial(
    model: model,
    topic: "loan.applications",
    partition: 2,
    offsets: 100..<110,
    blockMilliseconds: 60_000,
    decisions: 7,
    deadLetters: 1,
    blocks: [
      .init(index: -1, events: 2, slots: [0, 5], counts: [2, 1]),
      .init(index: 29_000_000, events: 5, slots: [1], counts: [5]),
    ]
  )

  private static func text(_ partial: DriftPartial = sample) -> String {
    var writer = JSONWriter()
    partial.encode(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("It is written in a fixed order and read back")
  func roundTrip() throws {
    let sha256 = Self.model.sha256
    #expect(
      Self.text()
        == """
        {"schema":1,"model":{"name":"cards","version":"3","sha256":"\(sha256)"},"topic":"loan.applications",\
        "partition":2,"first_offset":100,"next_offset":110,"block_ms":60000,"decisions":7,"dead_letters":1,\
        "blocks":[{"block":-1,"events":2,"slots":[0,5],"counts":[2,1]},\
        {"block":29000000,"events":5,"slots":[1],"counts":[5]}]}
        """
    )
    let back = try JSONParser(limits: .event).withRoot(of: Array(Self.text().utf8)) {
      try DriftPartial(json: $0)
    }
    #expect(back == Self.sample)
  }

  @Test(
    "Numbers that contradict each other are refused",
    arguments: [
      (#""next_offset":110"#, #""next_offset":100"#), (#""next_offset":110"#, #""next_offset":107"#),
      (#""first_offset":100"#, #""first_offset":-1"#), (#""partition":2"#, #""partition":-2"#),
      (#""block_ms":60000"#, #""block_ms":0"#), (#""decisions":7"#, #""decisions":6"#),
      (#""dead_letters":1"#, #""dead_letters":-1"#), (#""slots":[0,5]"#, #""slots":[5,0]"#),
      (#""slots":[0,5]"#, #""slots":[0]"#), (#""counts":[2,1]"#, #""counts":[3,1]"#),
      (#""counts":[2,1]"#, #""counts":[2,0]"#), (#""block":-1"#, #""block":29000000"#),
      (#""events":5"#, #""events":9223372036854775807"#),
    ]
  )
  func contradictions(_ part: String, _ other: String) throws {
    let text = Self.text()
    try #require(text.contains(part))
    #expect(throws: JSONError.self) {
      try JSONParser(limits: .event).withRoot(of: Array(text.replacing(part, with: other).utf8)) {
        try DriftPartial(json: $0)
      }
    }
  }
}
