import Glibc
import KafkaClient

/// Crashing where a test has ordered it; without an order nothing happens here.
extension ScoringWorker {
  /// Ends the process as `kill -9` does, if a crash was ordered here and this is the visit.
  ///
  /// - Parameter point: The place that was reached.
  func pass(_ point: FailPoint) {
    guard let crash = plannedCrash, crash.point == point else { return }
    guard crash.visit <= 1 else {
      plannedCrash?.visit -= 1
      return
    }
    kill(getpid(), SIGKILL)
    // The signal ends this process before the call above returns, or a moment later.
    while true { pause() }
  }

  /// Crashes while a commit is under way: shortly after it was begun, from another thread.
  func passDuringCommit() {
    guard let crash = plannedCrash, crash.point == .duringCommit else { return }
    guard crash.visit <= 1 else {
      plannedCrash?.visit -= 1
      return
    }
    do throws(ScoringStreamError) {
      try WorkerThread.start {
        WorkerClock.sleep(milliseconds: 2)
        kill(getpid(), SIGKILL)
      }
    } catch {
      kill(getpid(), SIGKILL)
    }
  }

  /// Waits until what was produced has arrived, where a crash is ordered that means it.
  func flushBeforeCrash(with producer: AnswerProducer) throws(KafkaError) {
    guard let point = plannedCrash?.point, [.beforeSendOffsets, .beforeCommit].contains(point) else { return }
    try producer.flush(timeoutMilliseconds: configuration.callTimeout)
  }
}
