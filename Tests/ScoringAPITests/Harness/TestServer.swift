import Foundation
import Logging
import ModelRegistry
import Synchronization
import Telemetry
import TestSupport

@testable import ScoringAPI

/// A server on a free port of loopback, with a small model of two versions, for the length of a test.
///
/// When it has ended, its log is searched for what was planted in the requests.
final class TestServer: Sendable {
  let port: Int
  let folder: String
  let registry: ModelRegistry
  private let service: ScoringAPIService
  private let lines: LogLines

  private init(port: Int, folder: String, service: ScoringAPIService, lines: LogLines) {
    self.port = port
    self.folder = folder
    registry = ModelRegistry(root: folder + "models")
    self.service = service
    self.lines = lines
  }

  /// Everything logged so far.
  var log: String { lines.text }

  /// Whether something is logged soon: a request's line follows its answer.
  func willLog(_ text: String) async throws -> Bool {
    for _ in 0..<100 where !log.contains(text) { try await Task.sleep(for: .milliseconds(20)) }
    return log.contains(text)
  }

  /// Asks the server to stop, as SIGTERM does.
  func stop() { service.stop() }

  /// Runs a test against a server.
  ///
  /// - Parameters:
  ///   - level: What is logged.
  ///   - change: Changes the settings; gets the test's folder.
  ///   - body: The test.
  /// - Throws: What the server or the test throws.
  static func run(
    level: Logger.Level = .debug,
    _ change: (inout APISettings, String) throws -> Void = { _, _ in },
    _ body: @escaping @Sendable (TestServer) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "creditstream-api-\(UUID().uuidString)", directoryHint: .isDirectory).path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let registry = ModelRegistry(root: folder + "models")
    _ = try registry.register("sample", SampleBundle.contents())
    _ = try registry.register("sample", SampleBundle.contents(slope: 1.5))
    var settings = APISettings()
    settings.port = 0
    settings.threads = 2
    settings.registry = registry.root
    settings.drainMilliseconds = 50
    settings.limits.requestsPerSecond = 0
    try change(&settings, folder)
    let lines = LogLines()
    var logger = Logger(label: "test", factory: { _ in JSONLogHandler { lines.append($0) } })
    logger.logLevel = level
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let service = ScoringAPIService(settings, logger: logger) { port.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { port.finish() }
        try await service.run()
      }
      var iterator = ports.makeAsyncIterator()
      guard let number = await iterator.next() else { return try await tasks.waitForAll() }
      let server = TestServer(port: number, folder: folder, service: service, lines: lines)
      do {
        try await body(server)
      } catch {
        service.stop()
        try? await tasks.waitForAll()
        throw error
      }
      service.stop()
      try await tasks.waitForAll()
      Canary.search(lines.text)
    }
  }

  /// Sends one request on a connection of its own.
  func send(
    _ method: String,
    _ path: String,
    headers: [String: String] = [:],
    body: String? = nil
  ) throws -> HTTPConnection.Response {
    let connection = try HTTPConnection(port: port)
    connection.send(Self.request(method, path, headers: headers, body: body))
    return try connection.response(headOnly: method == "HEAD")
  }

  /// Asks for a decision.
  func decide(_ body: String, headers: [String: String] = [:]) throws -> HTTPConnection.Response {
    try send("POST", "/v1/decisions", headers: headers, body: body)
  }

  /// The bytes of a request.
  static func request(
    _ method: String,
    _ path: String,
    headers: [String: String] = [:],
    body: String? = nil
  ) -> String {
    var all = Canary.headers.merging(["Host": "localhost"]) { _, new in new }
    Canary.note(authorization: headers["Authorization"])
    if let body {
      all["Content-Type"] = "application/json"
      all["Content-Length"] = "\(body.utf8.count)"
    }
    all.merge(headers) { _, new in new }
    let lines = all.sorted { $0.key < $1.key }.filter { $0.value != "-" }.map { "\($0.key): \($0.value)\r\n" }
      .joined()
    return "\(method) \(path) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")"
  }
}

/// Log lines, collected from any thread.
final class LogLines: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ line: [UInt8]) { bytes.withLock { $0 += line } }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
