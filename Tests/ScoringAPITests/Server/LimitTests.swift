import Foundation
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  @Suite("Limits", .serialized, .timeLimit(.minutes(2)))
  struct LimitTests {
    private static func code(_ response: HTTPConnection.Response) -> String {
      JSONText(response.body)["type"].string?.replacing("urn:creditstream:problem:", with: "") ?? ""
    }

    @Test("A head that does not end is answered 408 and closed, also when bytes keep trickling in")
    func slowHeads() async throws {
      try await TestServer.run({ settings, _ in settings.limits.headerMilliseconds = 400 }) { server in
        let silent = try HTTPConnection(port: server.port)
        let slow = try HTTPConnection(port: server.port)
        slow.send("POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\n")
        for _ in 0..<6 {
          slow.send("X-A: b\r\n")
          try await Task.sleep(for: .milliseconds(100))
        }
        for connection in [silent, slow] {
          let response = try connection.response()
          #expect(response.status == 408 && Self.code(response) == "request-timeout")
          #expect(connection.isClosed())
        }
      }
    }

    @Test("A body that does not end is answered 408 and closed")
    func slowBodies() async throws {
      try await TestServer.run({ settings, _ in settings.limits.bodyMilliseconds = 300 }) { server in
        let connection = try HTTPConnection(port: server.port)
        connection.send(
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        )
        connection.send("Content-Length: 100\r\n\r\n{\"id\":")
        let response = try connection.response()
        #expect(response.status == 408 && Self.code(response) == "request-timeout" && connection.isClosed())
      }
    }

    @Test("A connection that stays idle is closed")
    func idleConnections() async throws {
      try await TestServer.run({ settings, _ in settings.limits.idleMilliseconds = 300 }) { server in
        let connection = try HTTPConnection(port: server.port)
        connection.send(TestServer.request("GET", "/health/live"))
        #expect(try connection.response().status == 200)
        #expect(connection.isClosed())
      }
    }

    @Test("Too large a head is answered 431, something else than HTTP 400; both are closed")
    func badHeads() async throws {
      try await TestServer.run { server in
        let fields = (0..<10_000).map { "X-\($0): \($0)\r\n" }.joined()
        for (text, status, code) in [
          ("GET /docs HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n", 431, "headers-too-large"),
          (
            "GET /docs HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
            431,
            "headers-too-large"
          ),
          ("\u{1}\u{2}\u{3} what is this\r\n\r\n", 400, "malformed-request"),
          ("GET /docs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed-request"),
          (
            "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            400, "malformed-request"
          ),
        ] {
          let connection = try HTTPConnection(port: server.port)
          connection.send(text)
          let response = try connection.response()
          #expect(response.status == status && Self.code(response) == code, "\(text.prefix(60)): \(response)")
        }
      }
    }

    @Test("A body that says it is too large is refused before it is sent; one that does not say, when it is")
    func largeBodies() async throws {
      try await TestServer.run { server in
        let declared = try HTTPConnection(port: server.port)
        declared.send(
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n"
        )
        let early = try declared.response()
        #expect(early.status == 413 && early["connection"] == "close")
        let chunked = try HTTPConnection(port: server.port)
        chunked.send(
          "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
        for _ in 0..<20 where !chunked.send(chunk) { break }
        #expect(try chunked.response().status == 413)
      }
    }

    @Test("A compressed body is read; one that inflates beyond the limit is refused")
    func compressedBodies() async throws {
      try await TestServer.run { server in
        let good = try Self.gzip(Data(ProblemCase.good.utf8))
        let bomb = try Self.gzip(Data(repeating: 0x20, count: 64 << 20))
        for (body, status) in [(good, 200), (bomb, 413)] {
          let connection = try HTTPConnection(port: server.port)
          connection.send(
            "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
          )
          connection.send(body)
          #expect(try connection.response().status == status)
        }
      }
    }

    @Test("A long answer is compressed for whoever accepts it")
    func compressedAnswers() async throws {
      try await TestServer.run { server in
        let connection = try HTTPConnection(port: server.port)
        connection.send(TestServer.request("GET", "/openapi.yaml", headers: ["Accept-Encoding": "gzip"]))
        let (response, bytes) = try connection.responseBytes()
        #expect(response["content-encoding"] == "gzip" && bytes.starts(with: [0x1f, 0x8b]))
        #expect(
          try Self.gunzip(bytes)
            == Data(contentsOf: URL(filePath: Checkout.path("Schemas/HTTP/openapi.yaml")))
        )
        #expect(try server.send("GET", "/openapi.yaml")["content-encoding"] == nil)
        #expect(
          try server.send("GET", "/health/live", headers: ["Accept-Encoding": "gzip"])["content-encoding"]
            == nil
        )
      }
    }

    @Test("More connections than allowed wait until one is closed")
    func connectionLimit() async throws {
      try await TestServer.run({ settings, _ in settings.limits.connections = 2 }) { server in
        var held: [HTTPConnection] = []
        for _ in 0..<2 {
          let connection = try HTTPConnection(port: server.port)
          connection.send(TestServer.request("GET", "/health/live"))
          #expect(try connection.response().status == 200)
          held.append(connection)
        }
        let third = try HTTPConnection(port: server.port, timeoutSeconds: 1)
        third.send(TestServer.request("GET", "/health/live"))
        #expect(throws: HTTPConnection.Failure.self) { try third.response() }
        held.removeAll()
        #expect(try third.response().status == 200)
      }
    }

    /// Through the gzip program: an outside judge of both directions.
    private static func gzip(_ data: Data) throws -> [UInt8] { Array(try pipe(data, ["-c"])) }
    private static func gunzip(_ bytes: [UInt8]) throws -> Data { try pipe(Data(bytes), ["-dc"]) }

    private static func pipe(_ data: Data, _ arguments: [String]) throws -> Data {
      let file = FileManager.default.temporaryDirectory.appending(path: "creditstream-\(UUID().uuidString)")
      try data.write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["gzip"] + arguments
      process.standardInput = try FileHandle(forReadingFrom: file)
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let result = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return result
    }
  }
}
