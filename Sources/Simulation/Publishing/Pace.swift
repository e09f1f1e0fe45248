/// An upper bound on records per second, without bursts.
struct Pace {
  /// How far behind its schedule a publishing may catch up; what it lost beyond is lost.
  private static let maximumDebtNanoseconds = 50_000_000.0

  private let interval: Double
  private var due = 0.0

  /// Creates a pace; nil is no bound.
  init(recordsPerSecond: Double?) {
    interval = recordsPerSecond.map { 1e9 / $0 } ?? 0
  }

  /// The time to wait before the next record, which is then taken as sent.
  ///
  /// - Parameter now: Nanoseconds since the beginning.
  /// - Returns: Nanoseconds, 0 or more.
  mutating func delay(at now: Int64) -> Int64 {
    guard interval > 0 else { return 0 }
    due = max(due, Double(now) - Self.maximumDebtNanoseconds)
    let delay = max(0, due - Double(now))
    due += interval
    return Int64(delay)
  }
}

/// The time by which publishing is paced.
protocol PublishClock {
  /// Nanoseconds since any fixed moment, never going back.
  var nanoseconds: Int64 { get }
  /// Lets time pass.
  func sleep(nanoseconds: Int64)
}
