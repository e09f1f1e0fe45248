import Foundation
import Logging
import ModelRegistry
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Models over HTTP", .serialized, .timeLimit(.minutes(2)))
  struct ModelTests {
    @Test("Models are listed and shown, with entity tags that spare a second reading")
    func documents() async throws {
      try await TestServer.run { server in
        let list = JSONText(try server.send("GET", "/v1/models").body)
        #expect(list["in_force"].string == "2" && list["versions"].count == 2)
        let one = JSONText(try server.send("GET", "/v1/models/1").body)
        #expect(one["in_force"].value as? Bool == false && one["manifest"]["version"].string == "1")
        let card = try server.send("GET", "/v1/models/1/card")
        #expect(card.body == "<h1>Card</h1>" && card["content-security-policy"]?.hasPrefix("sandbox") == true)
        for path in [
          "/v1/models", "/v1/models/1", "/v1/models/1/card", "/v1/schema", "/openapi.yaml", "/docs",
        ] {
          let tag = try #require(try server.send("GET", path)["etag"])
          let again = try server.send("GET", path, headers: ["If-None-Match": "\"x\", W/\(tag)"])
          #expect(again.status == 304 && again["etag"] == tag, "\(path)")
          let head = try server.send("HEAD", path)
          #expect(head.status == 200 && head["content-length"] != "0", "\(path)")
        }
      }
    }

    @Test("A version without a card says so")
    func noCard() async throws {
      try await TestServer.run { server in
        var contents = try SampleBundle.contents()
        contents.card = nil
        _ = try server.registry.register("sample", contents)
        let response = try server.send("GET", "/v1/models/3/card")
        #expect(response.status == 404 && response.body.contains("problem:no-card"))
        #expect(try server.send("GET", "/v1/models/3").status == 200)
      }
    }

    @Test("A switch in the registry under load loses no request, and none is decided by a mixture")
    func registrySwitch() async throws {
      try await TestServer.run(level: .info) { server in
        let load = Load(port: server.port, connections: 4)
        let counts = try await load.run(seconds: 2.5) {
          let registry = server.registry
          try await Task.sleep(for: .milliseconds(400))
          for version in ["1", "2", "1"] {
            let bundle = try registry.bundle("sample", version: version)
            try registry.activate(registry.announcement(of: bundle, activeFromMilliseconds: 0))
            try await Task.sleep(for: .milliseconds(650))
          }
        }
        #expect(counts.failures == 0 && counts.answers > 100)
        #expect(Set(counts.versions.keys) == ["1", "2"])
        #expect(counts.mixtures == 0)
      }
    }

    @Test("A bundle that was changed is refused, and the one before stays in force")
    func refusedBundle() async throws {
      try await TestServer.run { server in
        let bundle = try server.registry.bundle("sample", version: "1")
        let file = server.registry.root + "/sample/1/calibration.json"
        try Data("{}".utf8).write(to: URL(filePath: file))
        try server.registry.activate(server.registry.announcement(of: bundle, activeFromMilliseconds: 0))
        try await Task.sleep(for: .milliseconds(1_200))
        let decision = JSONText(try server.decide(ProblemCase.good).body)["decision"]
        #expect(decision["model"]["version"].string == "2")
        #expect(try server.send("GET", "/metrics").body.contains("creditstream_models_refused_total 1\n"))
        #expect(try server.send("GET", "/v1/models/1").status == 200)
        try Data("{}".utf8).write(to: URL(filePath: server.registry.root + "/sample/1/manifest.json"))
        let refused = try server.send("GET", "/v1/models/1")
        #expect(refused.status == 409 && refused.body.contains("problem:refused-model"))
      }
    }

    @Test("A card that is not the one of its manifest is refused")
    func changedCard() async throws {
      try await TestServer.run { server in
        try Data("<h1>Other</h1>".utf8).write(
          to: URL(filePath: server.registry.root + "/sample/1/card.html")
        )
        let response = try server.send("GET", "/v1/models/1/card")
        #expect(response.status == 409 && response.body.contains("problem:refused-model"))
      }
    }

    @Test("An application for which the model has no finite figures is refused, and the next one is decided")
    func noFigures() async throws {
      try await TestServer.run(
        { settings, folder in
          // Each tree's leaf fits a float, the sum of both does not; no golden event reaches both.
          let model = SampleBundle.model(
            stumps: [("1E9", "1E-1", "3.4E38"), ("5E-1", "2E-1", "3.4E38")]
          )
          let events = [#"{"id":"b","income":2500.5,"job":"B"}"#]
          let contents = try SampleBundle.contents(events: events, model: model)
          settings.model = "boundless"
          _ = try ModelRegistry(root: folder + "models").register("boundless", contents)
        }
      ) { server in
        let response = try server.decide(#"{"id":"a","income":2e9,"job":"A"}"#)
        #expect(response.status == 500 && response.body.contains("problem:scoring-failed"), "\(response)")
        #expect(try server.decide(#"{"id":"a","income":1000,"job":"B"}"#).status == 200)
        #expect(try await server.willLog("\"problem\":\"scoring-failed\""))
      }
    }

    @Test("A shutdown under load answers every request that was taken")
    func gracefulShutdown() async throws {
      try await TestServer.run({ settings, _ in settings.drainMilliseconds = 400 }) { server in
        let load = Load(port: server.port, connections: 4)
        let counts = try await load.run(seconds: 1.5) {
          try await Task.sleep(for: .milliseconds(500))
          server.stop()
        }
        #expect(counts.failures == 0, "\(counts)")
        #expect(counts.answers > 50 && counts.farewells >= 4)
      }
    }
  }
}
