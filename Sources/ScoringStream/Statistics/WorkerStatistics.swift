import Synchronization

/// The figures of one worker: written by its thread once a batch, read by whoever asks.
final class WorkerStatistics: Sendable {
  private let figures = Mutex(ScorerStatistics())

  /// A copy of the figures.
  var snapshot: ScorerStatistics { figures.withLock { $0 } }

  /// Changes the figures.
  ///
  /// - Parameter change: The change; short, since readers wait for it.
  func update(_ change: (inout ScorerStatistics) -> Void) {
    figures.withLock { change(&$0) }
  }
}
