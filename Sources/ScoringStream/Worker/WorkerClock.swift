import Glibc

/// The two clocks a worker looks at.
enum WorkerClock {
  /// Milliseconds that never run backwards, for time-outs.
  static func monotonic() -> Int64 { milliseconds(of: CLOCK_MONOTONIC) }

  /// Milliseconds since 1970, for headers and latencies; no decision depends on it.
  static func wall() -> Int64 { milliseconds(of: CLOCK_REALTIME) }

  /// Sleeps on the calling thread.
  ///
  /// - Parameter milliseconds: How long.
  static func sleep(milliseconds: Int64) {
    guard milliseconds > 0 else { return }
    usleep(UInt32(clamping: milliseconds * 1_000))
  }

  private static func milliseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
