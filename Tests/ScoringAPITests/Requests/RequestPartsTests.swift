import NIOHTTP1
import Testing

@testable import ScoringAPI

@Suite("Parts of requests")
struct RequestPartsTests {
  @Test(
    "The best acceptable language is chosen",
    arguments: [
      (nil, 0), ("fr", 1), ("FR-ca", 1), ("de, fr;q=0.5", 1), ("en;q=0.2, fr;q=0.3", 1), ("*", 0),
      ("de, *;q=0.1", 0),
      ("de", nil), ("fr;q=0", nil), ("", nil), (";;;,,=", nil), ("fr;q=2", nil), ("fr;q=x", nil),
    ] as [(String?, Int?)]
  )
  func languages(_ header: String?, _ index: Int?) {
    #expect(LanguageChoice.index(header, among: ["en", "fr"]) == index)
  }

  @Test("A valid trace is continued")
  func tracesAreContinued() {
    let trace = TraceContext(
      parent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      state: "vendor=1",
      fresh: "f"
    )
    #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && trace.state == "vendor=1")
    #expect(
      trace.parent(span: "0123456789abcdef") == "00-4bf92f3577b34da6a3ce929d0e0e4736-0123456789abcdef-01"
    )
  }

  @Test(
    "A malformed trace is not continued, and its state is dropped",
    arguments: [
      "", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", "Max Mustermann",
    ]
  )
  func badTraces(_ parent: String) {
    let trace = TraceContext(parent: parent, state: "a=b", fresh: "fresh")
    #expect(trace.traceID == "fresh" && trace.state == nil)
  }

  @Test("Only ids that cannot be a person's are taken into logs")
  func requestIDs() {
    #expect(RequestIdentity.accepted("0b6fa2de-7b36-4b62-9d5e-3a4f0d7d1c11") != nil)
    for text in [
      "Max Mustermann", "short", "", "max.mustermann@example.org", String(repeating: "a", count: 65),
    ] {
      #expect(RequestIdentity.accepted(text) == nil, "\(text)")
    }
    var identity = RequestIdentity()
    #expect(Set((0..<1_000).map { _ in identity.requestID() }).count == 1_000)
  }

  @Test("Headers are found whatever their case, and those that may stand once are")
  func headers() {
    let headers = RequestHeaders(["CONTENT-type": "application/json", "prefer": "wait=1, Handling=Strict"])
    #expect(
      headers.contentType == "application/json" && headers.prefersStrictHandling && headers.repeated == nil
    )
    #expect(RequestHeaders(["Host": "a", "host": "b"]).repeated == "host")
  }

  static let climbs = [
    "/..", "/../etc/passwd", "/v1/../..", "/v1/models/../../x", "/v1/models/..", "/v1/models/%2e%2e",
    "/v1/models/%2E%2E/card", "/v1/models/.%2e/", "/v1/models/%252e%252e", "/v1/models/%25252e%25252e/x",
    "/v1/models/..%2f..%2fetc%2fpasswd", "/v1/models/..%5c..%5cboot.ini", "/v1/models/..\\..\\x",
    "/v1/models/%5c",
    "/docs/../openapi.yaml", "/docs/..;/x", "/docs/%2e%2e;/x", "/docs/..%00", "/docs/%00",
    "/v1/models/1%00.html",
    "/v1/models/1%0d%0aSet-Cookie:x", "/v1/models/%7f", "//../x", "/./../x", "/v1/..%2Fmodels",
    "/%2e%2e/%2e%2e/",
    "/..%2f", "/v1/models/1/..", "/v1/models/1/../../../../etc/shadow", "/v1/models/..%252f..%252fx",
    "/v1/models/%2e./card", "/v1/models/%2e%2e%2f%2e%2e%2f", "/..%5c", "/%5c..%5c", "/v1/models/%01",
    "/v1/models/..;x=1/card", "/v1/models/%2e%2e%5cx", "/a/b/c/../../../../d", "/docs/%2e%2e/docs",
    "/../../../../",
  ]

  @Test("Forty ways to climb out of a path are seen", arguments: climbs)
  func climbing(_ path: String) { #expect(PathCheck.climbs(path[...])) }

  @Test(
    "Ordinary paths do not climb",
    arguments: ["/v1/models/1", "/docs", "/v1/models/1.2..3", "/a..b/c", "/%C3%A9"]
  )
  func ordinary(_ path: String) { #expect(!PathCheck.climbs(path[...])) }
}
