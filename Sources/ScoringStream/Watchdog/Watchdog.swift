import Logging
import Synchronization
import Telemetry

/// Looks after the workers from a thread of its own: alerts when one stalls, ends the process when one hangs.
///
/// A call that never comes back cannot be taken back, and a client that has waited in vain for long is best made anew; both
/// are done by ending the process with a code on which supervisors start it again. Exactly once holds across that.
final class Watchdog: Sendable {
  /// A stall of so many limits ends the process, too.
  private static let patience: Int64 = 5
  private static let period: Int64 = 500

  private let workers: [(identity: String, statistics: WorkerStatistics)]
  private let limit: Int64
  private let logger: Logger
  private let isStopping = Atomic(false)

  /// Looks after workers that exist already or will soon.
  ///
  /// - Parameters:
  ///   - workers: Names and figures of the workers.
  ///   - limit: How many milliseconds without progress are one too many.
  ///   - logger: Receives the alerts.
  init(_ workers: [(identity: String, statistics: WorkerStatistics)], limit: Int64, logger: Logger) {
    self.workers = workers
    self.limit = limit
    self.logger = logger
  }

  /// Makes ``run(_:)`` return soon.
  func stop() { isStopping.store(true, ordering: .relaxed) }

  /// Looks until told to stop, or a worker is given up; to be called on a thread of its own.
  ///
  /// - Parameter giveUp: Receives the error to end the process with.
  func run(_ giveUp: (ScoringStreamError) -> Void) {
    var watches = workers.map { _ in ProgressWatch(limit: limit) }
    var alertedAt = workers.map { _ in Int64.min }
    while !isStopping.load(ordering: .relaxed) {
      WorkerClock.sleep(milliseconds: min(Self.period, max(1, limit / 4)))
      for (index, worker) in workers.enumerated() {
        let now = WorkerClock.monotonic()
        switch watches[index].judge(worker.statistics.progress, at: now) {
        case .fine: alertedAt[index] = .min
        case .stalled(let time) where time < limit * Self.patience:
          guard alertedAt[index] == .min || now - alertedAt[index] >= limit else { continue }
          alertedAt[index] = now
          logger.error(
            "No progress: applications wait and none is answered",
            metadata: [LogKey.worker: "\(worker.identity)", LogKey.durationMilliseconds: "\(time)"]
          )
        case .stalled(let time): return giveUp(Self.failure(worker.identity, "has answered nothing", time))
        case .stuck(let time): return giveUp(Self.failure(worker.identity, "hangs in a call", time))
        }
      }
    }
  }

  private static func failure(_ worker: String, _ what: String, _ time: Int64) -> ScoringStreamError {
    ScoringStreamError(
      .workerEnded,
      "\(worker) \(what) for \(time) ms: the process ends, to be started again with new clients",
      exitCode: .internalFailure
    )
  }
}
