import CreditEvents
import CreditScoring
import Foundation
import ModelRegistry
import StrictJSON
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Decisions over HTTP", .serialized, .timeLimit(.minutes(2)))
  struct DecisionTests {
    static let applications = [
      #"{"id":"a","income":1000,"job":"A"}"#, #"{"id":"b","income":2500.5}"#,
      #"{"id":7,"job":"never seen","extra":1}"#,
      #"{"id":"d","income":null,"job":"B","note":"é"}"#, #"{"id":"e","income":5,"job":"A"}"#,
    ]

    /// What the stream's scorer writes for the same bytes at the same coordinates.
    private static func expected(_ body: String, _ answered: JSONText, _ server: TestServer) throws -> String
    {
      let source = answered["source"]
      let coordinates = RecordCoordinates(
        topic: source["topic"].string ?? "",
        partition: Int32(source["partition"].number ?? -1),
        offset: Int64(source["offset"].number ?? -1)
      )
      let bundle = try server.registry.bundle("sample", version: "2")
      var writer = JSONWriter()
      let scorer = ApplicationScorer(model: bundle.model)
      _ = try Array(body.utf8).withUnsafeBytes {
        try scorer.decide($0, from: coordinates, into: &writer).get()
      }
      return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("A decision is the stream's to the byte, for the coordinates it names")
    func sameAsTheStream() async throws {
      try await TestServer.run { server in
        for body in Self.applications {
          let response = try server.decide(body)
          #expect(response.status == 200)
          let expected = try Self.expected(body, JSONText(response.body)["decision"], server)
          #expect(response.body.hasPrefix("{\"decision\":" + expected + ",\"texts\":"))
        }
        let batch = #"{"applications":["# + Self.applications.joined(separator: ",") + "]}"
        let response = try server.send("POST", "/v1/decisions/batch", body: batch)
        for (index, body) in Self.applications.enumerated() {
          let expected = try Self.expected(
            body,
            JSONText(response.body)["results"][index]["decision"],
            server
          )
          #expect(response.body.contains(expected))
        }
      }
    }

    @Test("Sources are never given twice, and name the instance")
    func sources() async throws {
      try await TestServer.run({ settings, _ in settings.instance = "eu-1" }) { server in
        let decisions = try (0..<10).map { _ in JSONText(try server.decide(ProblemCase.good).body)["decision"]
        }
        #expect(Set(decisions.compactMap { $0["decision_id"].string }).count == 10)
        #expect(decisions.allSatisfy { $0["source"]["topic"].string == "http.eu-1" })
      }
    }

    @Test("What the applicant is told comes in the caller's language")
    func languages() async throws {
      try await TestServer.run { server in
        let body = #"{"id":"e","income":5,"job":"A"}"#
        for (header, language, text) in [
          ("fr-CH, en;q=0.1", "fr", "Revenu trop bas"), ("de, *", "en", "Income too low"),
        ] {
          let response = try server.decide(body, headers: ["Accept-Language": header])
          let texts = JSONText(response.body)["texts"]
          #expect(response["content-language"] == language && texts["language"].string == language)
          #expect(texts["rules"][0]["text"].string == text && texts["rules"][0]["code"].string == "TOO_POOR")
          #expect(texts["reasons"].count > 0)
        }
      }
    }

    @Test("A batch answers each application in its place, with its decision or its problem")
    func batches() async throws {
      try await TestServer.run { server in
        let batch =
          #"{"applications":[{"id":"a","income":1},{"income":1},5,{"id":"c","income":"x"},{"id":"d","zz":1}]}"#
        let response = try server.send(
          "POST",
          "/v1/decisions/batch",
          headers: ["Prefer": "handling=strict"],
          body: batch
        )
        let results = JSONText(response.body)["results"]
        #expect(response.status == 200 && results.count == 5)
        #expect(results[0]["decision"]["application_id"].string == "a")
        for (index, code) in [
          (1, "missing-id"), (2, "not-an-object"), (3, "wrong-type"), (4, "unknown-field"),
        ] {
          #expect(results[index]["problem"]["type"].string == "urn:creditstream:problem:\(code)")
        }
      }
    }

    @Test("Contributions and base add up to the margin, by features and by factors")
    func explanations() async throws {
      try await TestServer.run { server in
        let response = try server.send("POST", "/v1/explanations", body: ProblemCase.good)
        let explanation = JSONText(response.body)
        let margin = try #require(explanation["margin"].number)
        let base = try #require(explanation["base"].number)
        for part in ["features", "factors"] {
          let list = explanation[part]
          let sum = (0..<list.count).reduce(base) { $0 + (list[$1]["contribution"].number ?? .nan) }
          #expect(abs(sum - margin) < 1e-5, "\(part): \(sum) \(margin)")
        }
        #expect(explanation["features"].count == 3)
        let decision = JSONText(try server.decide(ProblemCase.good).body)["decision"]
        #expect(decision["margin"].number == margin)
      }
    }

    @Test("An idempotency key gets its first answer again, and names one request")
    func idempotency() async throws {
      try await TestServer.run { server in
        let header = ["Idempotency-Key": "0b6fa2de-7b36"]
        let first = try server.decide(ProblemCase.good, headers: header)
        let again = try server.decide(ProblemCase.good, headers: header)
        #expect(first.status == 200 && first.body == again.body && again["idempotent-replayed"] == "true")
        #expect(first["x-request-id"] != again["x-request-id"])
        let other = try server.decide(#"{"id":"z"}"#, headers: header)
        #expect(other.status == 409 && other.body.contains("idempotency-key-reused"))
        // What was refused may be sent again, corrected.
        let second = ["Idempotency-Key": "second"]
        #expect(try server.decide("{}", headers: second).status == 422)
        #expect(try server.decide(ProblemCase.good, headers: second).status == 200)
        #expect(try server.send("GET", "/metrics").body.contains("creditstream_http_replays_total 1\n"))
      }
    }

    @Test("Request ids and traces are taken over, and stand in the log")
    func tracing() async throws {
      try await TestServer.run { server in
        let id = "0b6fa2de-7b36-4b62-9d5e-3a4f0d7d1c11"
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let response = try server.decide(
          ProblemCase.good,
          headers: ["X-Request-ID": id, "traceparent": trace]
        )
        #expect(response["x-request-id"] == id && response["traceparent"] == trace)
        // The line is written after the answer.
        try await Task.sleep(for: .milliseconds(200))
        #expect(server.log.contains("\"request_id\":\"\(id)\""))
        #expect(server.log.contains("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""))
        #expect(try server.decide(ProblemCase.good)["x-request-id"]?.utf8.count == 32)
      }
    }

    @Test("The schema's example is decided, and its JSON Schema names every field")
    func schema() async throws {
      try await TestServer.run { server in
        let schema = JSONText(try server.send("GET", "/v1/schema").body)
        #expect(schema["id_field"].string == "id" && schema["fields"].count == 2)
        let example = try JSONSerialization.data(withJSONObject: try #require(schema["example"].value))
        let response = try server.decide(
          String(decoding: example, as: UTF8.self),
          headers: ["Prefer": "handling=strict"]
        )
        #expect(response.status == 200)
        #expect(schema["json_schema"]["properties"]["income"].value != nil)
      }
    }
  }
}
