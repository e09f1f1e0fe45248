import NIOCore
import Synchronization

/// So many requests a second, with some in advance: a token bucket.
final class TokenBucket: Sendable {
  private struct State {
    var tokens: Double
    var filledAt: NIODeadline
  }

  let ratePerSecond: Double
  let burst: Double
  private let state: Mutex<State>

  /// A full bucket.
  init(ratePerSecond: Int, burst: Int, now: NIODeadline = .now()) {
    self.ratePerSecond = Double(ratePerSecond)
    self.burst = Double(max(burst, 1))
    state = Mutex(State(tokens: Double(max(burst, 1)), filledAt: now))
  }

  /// Takes tokens, all or none; a demand beyond the burst is let pass from a full bucket and paid off afterwards.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - now: The time.
  /// - Returns: Nil when they were taken, else after how many seconds there will be enough.
  func take(_ count: Int = 1, now: NIODeadline) -> Double? {
    state.withLock { state in
      let elapsed = max(0, Double((now - state.filledAt).nanoseconds) / 1e9)
      state.tokens = min(burst, state.tokens + elapsed * ratePerSecond)
      state.filledAt = now
      let needed = min(Double(count), burst)
      guard state.tokens >= needed else { return (needed - state.tokens) / ratePerSecond }
      state.tokens -= Double(count)
      return nil
    }
  }

  /// Whether it is as full as it can be.
  func isFull(now: NIODeadline) -> Bool {
    state.withLock { $0.tokens + Double((now - $0.filledAt).nanoseconds) / 1e9 * ratePerSecond >= burst }
  }
}
