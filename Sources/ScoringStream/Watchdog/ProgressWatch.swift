/// Judges from outside whether a worker gets on; a value without a clock, fed once a second or so.
///
/// `max.poll.interval.ms` cannot do it: librdkafka takes any polled queue for progress, and a client that waits for a broker
/// which never comes back is polled all the time.
struct ProgressWatch: Sendable, Equatable {
  /// What can be seen of a worker.
  struct Reading: Sendable, Equatable {
    /// How many steps its loop has taken.
    var steps: Int
    /// How many records it has answered in committed transactions.
    var events: Int
    /// Whether records wait for it.
    var hasBacklog: Bool
    /// Whether it stands still on purpose: no model yet, or too many dead letters.
    var isWaiting: Bool
  }

  /// What is to be thought of it.
  enum Verdict: Sendable, Equatable {
    case fine
    /// It works, records wait, and none has been answered for so many milliseconds.
    case stalled(Int64)
    /// It has not taken a step for so many milliseconds: a call never came back.
    case stuck(Int64)
  }

  private let limit: Int64
  private var latest: Reading?
  private var lookedAt: Int64 = 0
  private var steppedAt: Int64 = 0
  private var answeredAt: Int64 = 0

  /// A watch that has seen nothing.
  ///
  /// - Parameter limit: How many milliseconds without progress are one too many.
  init(limit: Int64) { self.limit = limit }

  /// Takes a look.
  ///
  /// - Parameters:
  ///   - reading: What is seen; nil when there is nothing to be seen, which is fine.
  ///   - now: Milliseconds on a clock that never runs backwards.
  /// - Returns: The verdict.
  mutating func judge(_ reading: Reading?, at now: Int64) -> Verdict {
    guard let reading else {
      latest = nil
      return .fine
    }
    // Where the watch itself slept (SIGSTOP, a paused machine) the worker did so, too, and is not to blame.
    let overslept = latest == nil || now - lookedAt > limit / 2
    if overslept || reading.steps != latest?.steps { steppedAt = now }
    if overslept || reading.events != latest?.events || !reading.hasBacklog || reading.isWaiting {
      answeredAt = now
    }
    latest = reading
    lookedAt = now
    if now - steppedAt >= limit { return .stuck(now - steppedAt) }
    if now - answeredAt >= limit { return .stalled(now - answeredAt) }
    return .fine
  }
}
