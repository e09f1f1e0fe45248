import Glibc

/// The machine's monotonic clock.
struct SystemClock: PublishClock {
  var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  func sleep(nanoseconds: Int64) {
    var time = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000),
      tv_nsec: Int(nanoseconds % 1_000_000_000)
    )
    // A signal ends the sleep early; the caller looks at the clock again.
    _ = nanosleep(&time, nil)
  }
}
