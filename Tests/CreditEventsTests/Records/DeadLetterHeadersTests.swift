import CreditEvents
import Testing

@Suite("DeadLetterHeaders")
struct DeadLetterHeadersTests {
  static let sample = DeadLetterHeaders(
    rejection: Rejection(.wrongType, field: "income", message: "field \"income\" is not a number: send one"),
    source: RecordCoordinates(topic: "loan.applications", partition: 2, offset: 99)
  )

  @Test("Provenance has Kafka Streams' names, the rest ours")
  func names() {
    #expect(
      Self.sample.headers.map { "\($0.name)=\($0.value)" } == [
        "__streams.errors.exception=creditstream.wrong_type",
        "__streams.errors.message=field \"income\" is not a number: send one",
        "__streams.errors.topic=loan.applications",
        "__streams.errors.partition=2",
        "__streams.errors.offset=99",
        "creditstream.error.class=wrong_type",
        "creditstream.error.stage=decode",
        "creditstream.error.field=income",
        "creditstream.attempts=1",
        "creditstream.program.version=0.1.0",
      ]
    )
  }

  @Test("They are read back, for every class", arguments: RejectionClass.allCases)
  func roundTrip(_ rejectionClass: RejectionClass) {
    var sample = Self.sample
    sample.rejection = Rejection(rejectionClass, message: "what: remedy")
    #expect(DeadLetterHeaders(headers: sample.headers) == sample)
  }

  @Test("Model, attempts and what was cut off are read back")
  func allOfIt() {
    var whole = Self.sample
    whole.attempts = 4
    whole.model = .init(name: "home-credit", version: "7")
    let cut = DeadLetterCut(
      parts: [.value, .headers],
      valueBytes: 2_000_000,
      sha256: String(repeating: "0f", count: 32),
      timestamp: -1
    )
    whole.cut = cut
    #expect(DeadLetterHeaders(headers: whole.headers) == whole)
    let texts = whole.headers.suffix(6).map { "\($0.name)=\($0.value)" }
    #expect(
      texts == [
        "creditstream.model.name=home-credit", "creditstream.model.version=7",
        "creditstream.original.cut=value,headers", "creditstream.original.bytes=2000000",
        "creditstream.original.sha256=" + cut.sha256, "creditstream.original.timestamp=-1",
      ]
    )
  }

  @Test("Of a record that was a dead letter twice, the last set counts")
  func twice() {
    var second = Self.sample
    second.rejection = Rejection(.scoringFailed, message: "what: remedy")
    let headers = [(name: "trace", value: "1")] + Self.sample.headers + second.headers
    #expect(DeadLetterHeaders(headers: headers) == second)
    #expect(second.stage == .score)
  }

  @Test("Foreign headers are none of ours")
  func foreign() {
    #expect(DeadLetterHeaders(headers: [(name: "__streams.errors.topic", value: "t")]) == nil)
  }
}
