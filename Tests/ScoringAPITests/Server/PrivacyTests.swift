import Foundation
import Logging
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Privacy", .serialized, .timeLimit(.minutes(1)))
  struct PrivacyTests {
    @Test("No planted value of an application, key, header or path is in any log line, whatever is sent")
    func canaries() async throws {
      let canary = Canary.text
      let (key, sha256) = KeyFile.generate()
      try await TestServer.run(
        level: .trace,
        { settings, folder in
          let text = "keys:\n  - {name: intake, sha256: \(sha256), scopes: [score, read]}"
          try Data(text.utf8).write(to: URL(filePath: folder + "keys.yaml"))
          settings.keyFile = folder + "keys.yaml"
        }
      ) { server in
        let bodies = [
          "{\"id\":\"\(canary)\",\"income\":1}", "{\"id\":\"a\",\"job\":\"\(canary)\"}",
          "{\"id\":\"a\",\"\(canary)\":1}",
          "{\"id\":\"a\",\"\(canary)\":1,\"\(canary)\":2}", "{\"id\":\"a\",\"income\":\"\(canary)\"}", canary,
          "{\"id\":[\"\(canary)\"]}", "{\"id\":\"a\",\"income\":\(canary)",
        ]
        for body in bodies {
          for path in ["/v1/decisions", "/v1/explanations", "/v1/decisions/batch"] {
            for prefer in ["handling=strict", canary] {
              let headers = [
                "Authorization": "Bearer \(key)", "Prefer": prefer, "X-Request-ID": canary,
                "traceparent": canary,
                "tracestate": "a=\(canary)", "Idempotency-Key": canary + path + body.filter(\.isLetter),
                "Accept-Language": prefer == canary ? canary : "en", "User-Agent": canary, "Cookie": canary,
              ]
              let sent = path.hasSuffix("batch") ? "{\"applications\":[\(body)]}" : body
              _ = try server.send("POST", path, headers: headers, body: sent)
            }
          }
        }
        for path in ["/\(canary)", "/v1/models/\(canary)", "/v1/models/../\(canary)?\(canary)=1"] {
          _ = try server.send("GET", path, headers: ["Authorization": "Bearer \(key)"])
        }
        _ = try server.decide(ProblemCase.good, headers: ["Authorization": "Bearer cs_\(canary)"])
        _ = try server.send(canary, "/v1/models")
        _ = try server.send("GET", "/docs", headers: ["X-Forwarded-For": canary, "Host": canary])
        #expect(server.log.contains("\"status\":\"200\"") && server.log.contains("\"status\":\"422\""))
        #expect(!server.log.contains(canary))
        #expect(!server.log.contains(key) && !server.log.contains(sha256))
      }
    }
  }
}
