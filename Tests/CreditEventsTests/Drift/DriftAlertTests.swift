import CreditEvents
import StrictJSON
import Testing

@Suite("DriftAlert")
struct DriftAlertTests {
  static let full = DriftAlert(
    alertID: "cards/3/distribution/income/1763800000000",
    incidentID: "cards/3/distribution/income/1763800000000",
    change: .opened,
    kind: .distribution,
    feature: "income",
    severity: .major,
    model: DriftPartialTests.model,
    window: .init(fromMilliseconds: 1_763_800_000_000, toMilliseconds: 1_763_800_060_000, events: 400),
    evidence: .init(
      logEvidence: 12.5,
      logAlarm: 10.25,
      stability: 0.31,
      noise: 0.04,
      bins: [.init(label: "to 1000", reference: 500, current: 10)]
    ),
    leading: [.init(feature: "income", shift: 0.125, stability: 0.31)],
    message: "income has moved",
    action: "look",
    requestsRefit: true,
    position: 17
  )
  static let plain = DriftAlert(
    alertID: "partition/0",
    incidentID: "partition/0",
    change: .closed,
    kind: .offsets,
    severity: .minor,
    model: nil,
    window: .init(fromMilliseconds: 0, toMilliseconds: 0, events: 0),
    message: "offsets 3 to 5 were counted twice in part",
    action: "look",
    position: 0
  )
  static let samples =
    [full, plain]
    + DriftAlert.Kind.allCases.map { kind in
      var alert = plain
      alert.kind = kind
      return alert
    }

  private static func bytes(_ alert: DriftAlert) -> [UInt8] {
    var writer = JSONWriter()
    alert.encode(into: &writer)
    return writer.bytes
  }

  @Test("Whatever it is about, it is read back as it was written", arguments: samples)
  func roundTrip(_ alert: DriftAlert) throws {
    let back = try JSONParser(limits: .event).withRoot(of: Self.bytes(alert)) { try DriftAlert(json: $0) }
    #expect(back == alert)
  }

  @Test("The trainer finds its request in a field of its own")
  func refit() {
    #expect(String(decoding: Self.bytes(Self.full), as: UTF8.self).contains(#""refit_requested":true"#))
    #expect(String(decoding: Self.bytes(Self.plain), as: UTF8.self).contains(#""refit_requested":false"#))
  }

  @Test(
    "What is no alert is refused",
    arguments: [
      (#""opened""#, #""reopened""#), (#""major""#, #""huge""#), (#""kind":"distribution""#, #""kind":"x""#),
      (#""position":17"#, #""position":1.5"#), (#""noise":0.04,"#, ""),
      (#""events":400"#, #""events":"many""#),
    ]
  )
  func refusals(_ part: String, _ other: String) throws {
    let text = String(decoding: Self.bytes(Self.full), as: UTF8.self)
    try #require(text.contains(part))
    #expect(throws: JSONError.self) {
      try JSONParser(limits: .event).withRoot(of: Array(text.replacing(part, with: other).utf8)) {
        try DriftAlert(json: $0)
      }
    }
  }
}
