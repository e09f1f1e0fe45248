import Synchronization

/// What other threads tell a worker; it looks between two polls.
final class WorkerMailbox: Sendable {
  /// One message.
  enum Letter: Sendable {
    case input(LoopInput)
    case model(AnnouncedModel)
  }

  private let letters = Mutex<[Letter]>([])

  /// Leaves a message; never waits for the worker.
  ///
  /// - Parameter letter: The message.
  func post(_ letter: Letter) {
    letters.withLock { $0.append(letter) }
  }

  /// Takes all messages, in the order they were left.
  ///
  /// - Returns: The messages.
  func take() -> [Letter] {
    letters.withLock { letters in
      guard !letters.isEmpty else { return [] }
      defer { letters.removeAll() }
      return letters
    }
  }
}
