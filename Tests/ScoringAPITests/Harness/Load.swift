import Foundation
import Synchronization

/// Clients that ask for decisions one after the other on their connections, and reconnect when they are told to.
struct Load {
  struct Counts: Sendable {
    var answers = 0
    /// Requests without a whole answer of status 200.
    var failures = 0
    /// Answers that said the connection will be closed.
    var farewells = 0
    var versions: [String: Int] = [:]
    /// Answers whose figures are not those of the model they name.
    var mixtures = 0
  }

  private final class Tally: Sendable {
    let counts = Mutex(Counts())
  }

  let port: Int
  let connections: Int

  /// Runs the clients while something happens.
  func run(seconds: Double, _ event: @escaping @Sendable () async throws -> Void) async throws -> Counts {
    let tally = Tally()
    let end = Date.now.addingTimeInterval(seconds)
    let clients = (0..<connections).map { _ in
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        work(until: end, tally)
        done.signal()
      }
      return done
    }
    try await event()
    while Date.now < end { try await Task.sleep(for: .milliseconds(20)) }
    for client in clients { client.wait() }
    return tally.counts.withLock { $0 }
  }

  private func work(until end: Date, _ tally: Tally) {
    var connection: HTTPConnection?
    var isFresh = true
    let body = #"{"id":"a","income":1000,"job":"A"}"#
    var margins: [String: Double] = [:]
    var hasBeenSentAway = false
    while Date.now < end {
      if connection == nil {
        // Nobody listens any more: nothing was sent, nothing is lost.
        guard let new = try? HTTPConnection(port: port) else { return }
        connection = new
        isFresh = true
      }
      guard let current = connection else { continue }
      guard current.send(TestServer.request("POST", "/v1/decisions", body: body)),
        let response = try? current.response(),
        response.status == 200
      else {
        connection = nil
        // Told to go elsewhere before, it came back to a listener that was closing: the kernel took the connection, nobody
        // accepted it, no request was taken.
        if isFresh, hasBeenSentAway { continue }
        tally.counts.withLock { $0.failures += 1 }
        continue
      }
      let decision = JSONText(response.body)["decision"]
      let version = decision["model"]["version"].string ?? ""
      let probability = decision["probability_of_default"].number ?? .nan
      let isMixture = margins[version].map { $0 != probability } ?? false
      margins[version] = probability
      let isLast = response["connection"] == "close"
      if isLast {
        connection = nil
        hasBeenSentAway = true
      }
      isFresh = false
      tally.counts.withLock { counts in
        counts.answers += 1
        counts.versions[version, default: 0] += 1
        if isMixture { counts.mixtures += 1 }
        if isLast { counts.farewells += 1 }
      }
    }
  }
}
