import CreditEvents
import Foundation
import ModelRegistry
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Access", .serialized, .timeLimit(.minutes(2)))
  struct AccessTests {
    private struct Keys {
      let score = KeyFile.generate()
      let read = KeyFile.generate()
      let admin = KeyFile.generate()
      let expired = KeyFile.generate()

      func text(rate: Int = 0) -> String {
        """
        keys:
          - {name: intake, sha256: \(score.sha256), scopes: [score], requests_per_second: \(rate)}
          - {name: audit, sha256: \(read.sha256), scopes: [read]}
          - {name: root, sha256: \(admin.sha256), scopes: [score, read, admin]}
          - {name: old, sha256: \(expired.sha256), scopes: [score], expires: 2020-01-01T00:00:00Z}
        """
      }

      static func header(_ key: String) -> [String: String] { ["Authorization": "Bearer \(key)"] }
    }

    private func run(
      _ keys: Keys,
      rate: Int = 0,
      _ change: (inout APISettings) -> Void = { _ in },
      _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
      try await TestServer.run(
        { settings, folder in
          try Data(keys.text(rate: rate).utf8).write(to: URL(filePath: folder + "keys.yaml"))
          settings.keyFile = folder + "keys.yaml"
          change(&settings)
        },
        body
      )
    }

    private static func code(_ response: HTTPConnection.Response) -> String? {
      JSONText(response.body)["type"].string?.replacing("urn:creditstream:problem:", with: "")
    }

    @Test("A key opens what its scopes name, and nothing else")
    func scopes() async throws {
      let keys = Keys()
      try await run(keys) { server in
        let good = ProblemCase.good
        #expect(try server.decide(good, headers: Keys.header(keys.score.key)).status == 200)
        let cases: [(HTTPConnection.Response, Int, String)] = [
          (try server.decide(good), 401, "missing-key"),
          (try server.decide(good, headers: ["Authorization": "Basic abc"]), 401, "invalid-key"),
          (try server.decide(good, headers: Keys.header("cs_wrong")), 401, "invalid-key"),
          (try server.decide(good, headers: Keys.header(keys.score.sha256)), 401, "invalid-key"),
          (try server.decide(good, headers: Keys.header(keys.expired.key)), 401, "expired-key"),
          (try server.decide(good, headers: Keys.header(keys.read.key)), 403, "missing-scope"),
          (try server.send("GET", "/metrics", headers: Keys.header(keys.score.key)), 403, "missing-scope"),
        ]
        for (response, status, code) in cases {
          #expect(response.status == status && Self.code(response) == code, "\(response)")
          if status == 401 { #expect(response["www-authenticate"]?.hasPrefix("Bearer") == true) }
        }
        #expect(try server.send("GET", "/v1/models", headers: Keys.header(keys.read.key)).status == 200)
        for path in ["/health/live", "/health/ready", "/docs", "/openapi.yaml"] {
          #expect(try server.send("GET", path, headers: ["Host": "api.example"]).status == 200, "\(path)")
        }
        let admin = try server.send("POST", "/v1/models/1/activate", headers: Keys.header(keys.admin.key))
        #expect(admin.status == 403 && Self.code(admin) == "admin-disabled")
      }
    }

    @Test("Keys change without a restart; a broken file leaves the old keys in force")
    func rotation() async throws {
      let (old, new) = (Keys(), Keys())
      try await run(old) { server in
        let file = URL(filePath: server.folder + "keys.yaml")
        func isIn(_ keys: Keys) throws -> Bool {
          try server.decide(ProblemCase.good, headers: Keys.header(keys.score.key)).status == 200
        }
        #expect(try isIn(old) && !isIn(new))
        try Data("keys: [{name: broken}]".utf8).write(to: file, options: .atomic)
        try await Task.sleep(for: .milliseconds(1_200))
        #expect(try isIn(old))
        try Data(new.text().utf8).write(to: file, options: .atomic)
        try await Task.sleep(for: .milliseconds(1_200))
        #expect(try isIn(new) && !isIn(old))
        let page = try server.send("GET", "/metrics", headers: Keys.header(new.read.key)).body
        #expect(page.contains("creditstream_key_reloads_total{result=\"accepted\"} 1"))
        #expect(page.contains("creditstream_key_reloads_total{result=\"refused\"} 1"))
      }
    }

    @Test("A key's rate is kept, also by batches, and Retry-After says when to come again")
    func rates() async throws {
      let keys = Keys()
      try await run(keys, rate: 5) { server in
        let header = Keys.header(keys.score.key)
        var responses: [HTTPConnection.Response] = []
        let elapsed = try ContinuousClock().measure {
          responses = try (0..<14).map { _ in try server.decide(ProblemCase.good, headers: header) }
        }
        let statuses = responses.map(\.status)
        let refused = responses.filter { $0.status == 429 }
        // Ten are answered in advance and five more for each second that passes, all others are refused.
        let earned = Int(5 * Double(elapsed.components.seconds + 1))
        #expect(statuses.prefix(10) == ArraySlice(repeating: 200, count: 10), "\(statuses)")
        #expect(statuses.count { $0 == 200 } + refused.count == 14 && !refused.isEmpty, "\(statuses)")
        #expect(refused.count >= 4 - earned, "\(statuses) in \(elapsed)")
        #expect(
          refused.allSatisfy {
            Int($0["retry-after"] ?? "") ?? 0 >= 1 && Self.code($0) == "too-many-requests"
          }
        )
        try await Task.sleep(for: .milliseconds(1_100))
        let batch =
          #"{"applications":["# + Array(repeating: ProblemCase.good, count: 9).joined(separator: ",") + "]}"
        let response = try server.send("POST", "/v1/decisions/batch", headers: header, body: batch)
        #expect(response.status == 429 && Self.code(response) == "too-many-requests")
      }
    }

    /// Forty guesses: twenty are answered in advance and five more for each second they take, all others are refused.
    private static func expectHeldBack(_ guess: (Int) throws -> Int) throws {
      var statuses: [Int] = []
      let elapsed = try ContinuousClock().measure { statuses = try (0..<40).map(guess) }
      let answered = statuses.count { $0 == 401 }
      let earned = Int(elapsed / .milliseconds(200))
      #expect(statuses.prefix(20).allSatisfy { $0 == 401 }, "\(statuses)")
      #expect(answered <= 20 + earned && statuses.count { $0 == 429 } == 40 - answered, "\(statuses)")
      #expect(statuses.contains(429), "\(elapsed)")
    }

    @Test("Whoever guesses keys is held back; others are not, told apart by a declared proxy only")
    func guessing() async throws {
      let keys = Keys()
      try await run(keys, { $0.trustedProxies = ["127.0.0.1"] }) { server in
        func guess(_ address: String) throws -> Int {
          try server.decide(
            ProblemCase.good,
            headers: Keys.header("cs_guess").merging(["X-Forwarded-For": address]) { $1 }
          ).status
        }
        try Self.expectHeldBack { _ in try guess("203.0.113.1") }
        #expect(try guess("203.0.113.2") == 401)
        #expect(try server.decide(ProblemCase.good, headers: Keys.header(keys.score.key)).status == 200)
      }
      try await run(keys) { server in
        try Self.expectHeldBack { index in
          let spoofed = Keys.header("cs_guess").merging(["X-Forwarded-For": "203.0.113.\(index)"]) { $1 }
          return try server.decide(ProblemCase.good, headers: spoofed).status
        }
      }
    }

    @Test(
      "Admin actions put models in force, are logged with the key's name, and survive a restart in the registry"
    )
    func admin() async throws {
      let keys = Keys()
      try await run(keys, { $0.isAdminEnabled = true }) { server in
        let header = Keys.header(keys.admin.key)
        func inForce() throws -> String? {
          JSONText(try server.decide(ProblemCase.good, headers: header).body)["decision"]["model"]["version"]
            .string
        }
        func act(_ path: String) throws -> HTTPConnection.Response {
          try server.send("POST", path, headers: header)
        }
        #expect(try inForce() == "2")
        let nothing = try act("/v1/models/rollback")
        #expect(nothing.status == 409 && Self.code(nothing) == "nothing-before")
        #expect(try act("/v1/models/2/activate").status == 200)
        #expect(try act("/v1/models/1/activate").status == 200)
        #expect(try inForce() == "1")
        #expect(try server.registry.activations(of: "sample").map(\.model.version) == ["2", "1"])
        #expect(try act("/v1/models/rollback").status == 200)
        #expect(try inForce() == "2")
        #expect(try act("/v1/models/9/activate").status == 404)
        #expect(server.log.contains("Admin: model put in force") && server.log.contains("\"key\":\"root\""))
        #expect(try server.decide(ProblemCase.good, headers: Keys.header(keys.score.key)).status == 200)
        let page = try server.send("GET", "/metrics", headers: header).body
        #expect(page.contains("creditstream_admin_actions_total{action=\"activate\"} 2"))
        #expect(page.contains("creditstream_admin_actions_total{action=\"roll_back\"} 1"))
        #expect(page.contains("creditstream_model_switches_total 2"))
      }
    }

    @Test("A fault inside is a problem that tells nothing of it, and a line of the log that does")
    func fault() async throws {
      let keys = Keys()
      try await run(keys, { $0.isAdminEnabled = true }) { server in
        let header = Keys.header(keys.admin.key)
        #expect(try server.send("POST", "/v1/models/1/activate", headers: header).status == 200)
        let files = try FileManager.default.contentsOfDirectory(atPath: server.registry.root + "/sample")
        let file = try #require(files.first { Int($0) == nil && !$0.hasPrefix(".") })
        let path = server.registry.root + "/sample/" + file
        try Data("[".utf8).write(to: URL(filePath: path))
        let response = try server.send("POST", "/v1/models/2/activate", headers: header)
        #expect(response.status == 500 && Self.code(response) == "internal-failure", "\(response)")
        #expect(!response.body.contains(file))
        #expect(server.log.contains("Internal failure") && server.log.contains(file))
        #expect(try server.decide(ProblemCase.good, headers: header).status == 200)
      }
    }

    @Test("Another address than loopback is refused without keys, and admin actions are, too")
    func loopbackOnly() async throws {
      for change in [{ $0.host = "0.0.0.0" }, { $0.isAdminEnabled = true }] as [(inout APISettings) -> Void] {
        var settings = APISettings()
        change(&settings)
        #expect(!settings.problems().isEmpty)
      }
      await #expect(throws: ScoringAPIError.self) {
        try await TestServer.run({ settings, _ in settings.host = "0.0.0.0" }) { _ in }
      }
    }
  }
}
