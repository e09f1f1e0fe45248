import Foundation
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Problems", .serialized, .timeLimit(.minutes(2)))
  struct ProblemTests {
    @Test("Each bad request meets its own problem document, and the connection's next request is answered")
    func badRequests() async throws {
      try await TestServer.run { server in
        for bad in ProblemCase.all {
          let response = try server.send(bad.method, bad.path, headers: bad.headers, body: bad.body)
          let problem = JSONText(response.body)
          #expect(response.status == bad.status, "\(bad): \(response.status) \(response.body)")
          #expect(
            problem["type"].string == "urn:creditstream:problem:\(bad.code)",
            "\(bad): \(response.body)"
          )
          #expect(response["content-type"] == Problem.contentType, "\(bad)")
          #expect(problem["status"].number == Double(bad.status))
          #expect(problem["remedy"].string?.isEmpty == false, "\(bad)")
          #expect(problem["request_id"].string == response["x-request-id"], "\(bad)")
        }
        #expect(try server.decide(ProblemCase.good).status == 200)
      }
    }

    @Test("The problem of a field names it")
    func fieldsAreNamed() async throws {
      try await TestServer.run { server in
        let wrong = JSONText(try server.decide(#"{"id":"a","income":"1000"}"#).body)
        #expect(wrong["field"].string == "income")
        #expect(wrong["remedy"].string?.contains("send a number") == true)
        let unknown = try server.decide(#"{"id":"a","jobb":"A"}"#, headers: ["Prefer": "handling=strict"])
        #expect(JSONText(unknown.body)["field"].string == "jobb")
        #expect(try server.decide(#"{"id":"a","jobb":"A"}"#).status == 200)
        let allowed = try server.send("DELETE", "/v1/models")
        #expect(allowed["allow"] == "GET, HEAD")
      }
    }

    @Test("After a refusal with a short body the connection is used again")
    func connectionsSurvive() async throws {
      try await TestServer.run { server in
        let connection = try HTTPConnection(port: server.port)
        for _ in 0..<3 {
          connection.send(
            TestServer.request("POST", "/v1/decisions", headers: ["Content-Type": "text/plain"], body: "x")
          )
          #expect(try connection.response().status == 415)
          connection.send(TestServer.request("POST", "/v1/decisions", body: ProblemCase.good))
          #expect(try connection.response().status == 200)
        }
      }
    }

    @Test("Pipelined requests are answered in order")
    func pipelining() async throws {
      try await TestServer.run { server in
        let connection = try HTTPConnection(port: server.port)
        let ids = (0..<20).map { "id-\($0)" }
        connection.send(
          ids.map { TestServer.request("POST", "/v1/decisions", body: "{\"id\":\"\($0)\",\"income\":1}") }
            .joined()
        )
        for id in ids {
          #expect(JSONText(try connection.response().body)["decision"]["application_id"].string == id)
        }
      }
    }
  }
}
