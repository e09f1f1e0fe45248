import Foundation
import Telemetry
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Operation", .serialized, .timeLimit(.minutes(1)))
  struct OperationTests {
    private static func value(_ series: String, _ page: String) -> Double? {
      page.split(separator: "\n").first { $0.hasPrefix(series + " ") }.flatMap {
        Double($0.dropFirst(series.count + 1))
      }
    }

    @Test("Each metric counts what its name says")
    func metrics() async throws {
      try await TestServer.run { server in
        for body in [#"{"id":"a","income":1000,"job":"A"}"#, #"{"id":"e","income":5}"#] {
          #expect(try server.decide(body).status == 200)
        }
        #expect(try server.decide("{}").status == 422)
        let page = try server.send("GET", "/metrics").body
        let expected: [(String, Double)] = [
          ("creditstream_http_requests_total{route=\"/v1/decisions\",status=\"200\"}", 2),
          ("creditstream_http_requests_total{route=\"/v1/decisions\",status=\"422\"}", 1),
          ("creditstream_http_problems_total{problem=\"missing-id\"}", 1),
          ("creditstream_http_request_duration_seconds_count{route=\"/v1/decisions\"}", 3),
          ("creditstream_http_request_bytes_total", 57), ("creditstream_http_connections_total", 4),
          ("creditstream_http_replays_total", 0), ("creditstream_model_switches_total", 0),
          ("creditstream_models_refused_total", 0), ("creditstream_journal_records_total", 0),
          ("creditstream_journal_failures_total", 0), ("creditstream_ready", 1),
        ]
        for (series, count) in expected { #expect(Self.value(series, page) == count, "\(series): \(page)") }
        let outcomes = ["approve", "refer", "decline"].compactMap {
          Self.value("creditstream_decisions_total{outcome=\"\($0)\"}", page)
        }
        #expect(outcomes.count == 3 && outcomes.reduce(0, +) == 2)
        #expect(Self.value("creditstream_http_open_connections", page) ?? 0 >= 1)
        #expect(Self.value("creditstream_http_response_bytes_total", page) ?? 0 > 1_000)
        #expect(page.contains("creditstream_model_info{name=\"sample\",version=\"2\",sha256=\""))
      }
    }

    @Test("Every metric of the API is on the page of metrics")
    func documented() throws {
      let document = try String(
        contentsOfFile: Checkout.path("Sources/ScoringAPI/ScoringAPI.docc/Metrics.md"),
        encoding: .utf8
      )
      let page = APIMetrics(routes: ["/a"]).page(model: nil, isReady: true)
      let names = page.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map {
        $0.split(separator: " ")[2]
      }
      #expect(names.count > 15)
      for name in names { #expect(document.contains("`\(name)`"), "\(name)") }
    }

    @Test("Health says whether requests can be decided, and probes need no key")
    func health() async throws {
      try await TestServer.run({ settings, _ in settings.drainMilliseconds = 800 }) { server in
        #expect(try server.send("GET", "/health/live").status == 200)
        #expect(try server.send("GET", "/health/ready").status == 200)
        let connection = try HTTPConnection(port: server.port)
        server.stop()
        try await Task.sleep(for: .milliseconds(200))
        connection.send(TestServer.request("GET", "/health/ready"))
        let response = try connection.response()
        #expect(
          response.status == 503 && response.body.contains("not-ready") && response["connection"] == "close"
        )
      }
    }

    @Test("Every response carries the headers that protect its reader")
    func securityHeaders() async throws {
      try await TestServer.run { server in
        for response in [
          try server.decide(ProblemCase.good), try server.decide("{"), try server.send("GET", "/docs"),
          try server.send("GET", "/nothing"), try server.send("GET", "/metrics"),
        ] {
          #expect(response["x-content-type-options"] == "nosniff")
          #expect(response["content-security-policy"]?.contains("default-src 'none'") == true)
          #expect(response["content-security-policy"]?.contains("unsafe") == false)
          #expect(response["referrer-policy"] == "no-referrer" && response["x-frame-options"] == "DENY")
          #expect(response["cache-control"] != nil && response["date"]?.hasSuffix("GMT") == true)
          #expect(response["server"] == nil && response["strict-transport-security"] == nil)
        }
      }
      try await TestServer.run({ settings, _ in settings.trustedProxies = ["127.0.0.1"] }) { server in
        let response = try server.send("GET", "/docs", headers: ["X-Forwarded-Proto": "https"])
        #expect(response["strict-transport-security"] != nil)
      }
    }

    @Test("A port that is taken ends the start with what to do")
    func takenPort() async throws {
      try await TestServer.run { server in
        await #expect(throws: ScoringAPIError.self) {
          try await TestServer.run({ settings, _ in settings.port = server.port }) { _ in }
        }
      }
    }
  }
}
