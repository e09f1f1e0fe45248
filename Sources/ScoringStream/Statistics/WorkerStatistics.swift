import Synchronization

/// The figures of one worker: written by its thread once a batch, read by whoever asks.
final class WorkerStatistics: Sendable {
  private let figures = Mutex(ScorerStatistics())
  private let steps = Atomic(0)
  private let isRunning = Atomic(false)
  private let isWaiting = Atomic(false)

  /// A copy of the figures.
  var snapshot: ScorerStatistics { figures.withLock { $0 } }

  /// Changes the figures.
  ///
  /// - Parameter change: The change; short, since readers wait for it.
  func update(_ change: (inout ScorerStatistics) -> Void) {
    figures.withLock { change(&$0) }
  }

  /// Notes that the worker's loop has taken a step.
  func noteStep() { steps.add(1, ordering: .relaxed) }

  /// Notes that the worker's thread begins or ends.
  func setRunning(_ value: Bool) { isRunning.store(value, ordering: .relaxed) }

  /// Notes whether the worker stands still on purpose.
  func setWaiting(_ value: Bool) { isWaiting.store(value, ordering: .relaxed) }

  /// What a ``ProgressWatch`` looks at; nil while there is no thread to look at.
  var progress: ProgressWatch.Reading? {
    guard isRunning.load(ordering: .relaxed) else { return nil }
    let figures = snapshot
    return ProgressWatch.Reading(
      steps: steps.load(ordering: .relaxed),
      events: figures.events,
      hasBacklog: figures.lag > 0,
      isWaiting: isWaiting.load(ordering: .relaxed)
    )
  }
}
