import Synchronization

/// When each event loop last ran: a loop that hangs is seen by the others.
final class Readiness: Sendable {
  private let ticks: Mutex<[Int64]>

  init(loops: Int) {
    ticks = Mutex([Int64](repeating: APIClock.wallMilliseconds(), count: loops))
  }

  /// A loop ran.
  func tick(loop: Int, _ now: Int64) { ticks.withLock { $0[loop] = now } }

  /// For how many milliseconds the slowest loop has not run.
  func slowest(_ now: Int64) -> Int64 { ticks.withLock { now - ($0.min() ?? now) } }
}
