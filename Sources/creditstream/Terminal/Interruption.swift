import Synchronization
import UnixSignals

/// Whether the person at the terminal wants to stop.
final class Interruption: Sendable {
  private let hasHappened = Mutex(false)

  /// True once Ctrl-C or SIGTERM has arrived.
  var isRequested: Bool { hasHappened.withLock { $0 } }

  /// Listens until cancelled.
  func listen() async {
    for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
      hasHappened.withLock { $0 = true }
    }
  }
}
