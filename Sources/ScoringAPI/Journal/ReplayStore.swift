import NIOCore
import Synchronization

/// Answers by idempotency key: whoever repeats a request gets the first answer again, and nothing is decided twice.
///
/// Kept in memory, bounded by number, bytes and age; the oldest go first.
final class ReplayStore: Sendable {
  /// What is known of a key.
  enum Finding {
    /// Nothing: the caller goes on, and must call ``finish(_:_:)`` or ``abandon(_:)``.
    case new
    case known(Reply)
    case inUse
    case otherRequest
  }

  private struct Entry: Sendable {
    var digest: [UInt8]
    var reply: Reply?
    var madeAt: NIODeadline
  }

  private struct State: Sendable {
    var entries: [String: Entry] = [:]
    var order: [String] = []
    var oldest = 0
    var bytes = 0
  }

  private let maximumEntries: Int
  private let maximumBytes: Int
  private let lifetime: TimeAmount
  private let state = Mutex(State())

  init(maximumEntries: Int = 10_000, maximumBytes: Int = 16 << 20, lifetime: TimeAmount = .hours(24)) {
    self.maximumEntries = maximumEntries
    self.maximumBytes = maximumBytes
    self.lifetime = lifetime
  }

  /// Looks a key up and reserves it when it is new.
  ///
  /// - Parameters:
  ///   - key: The caller's name and its key.
  ///   - digest: The digest of route and body: a key names one request.
  ///   - now: The time.
  /// - Returns: What is known of the key.
  func begin(_ key: String, digest: [UInt8], now: NIODeadline) -> Finding {
    state.withLock { state in
      if let entry = state.entries[key], now - entry.madeAt < lifetime {
        guard entry.digest == digest else { return .otherRequest }
        return entry.reply.map { .known($0) } ?? .inUse
      }
      forget(key, &state)
      state.entries[key] = Entry(digest: digest, reply: nil, madeAt: now)
      state.order.append(key)
      trim(&state)
      return .new
    }
  }

  /// Keeps the answer.
  func finish(_ key: String, _ reply: Reply) {
    state.withLock { state in
      guard state.entries[key] != nil else { return }
      state.entries[key]?.reply = reply
      state.bytes += reply.body.readableBytes
      trim(&state)
    }
  }

  /// Forgets a key whose request came to nothing: it may be sent again.
  func abandon(_ key: String) { state.withLock { forget(key, &$0) } }

  private func forget(_ key: String, _ state: inout State) {
    guard let entry = state.entries.removeValue(forKey: key) else { return }
    state.bytes -= entry.reply?.body.readableBytes ?? 0
  }

  private func trim(_ state: inout State) {
    while state.entries.count > maximumEntries || state.bytes > maximumBytes, state.oldest < state.order.count
    {
      forget(state.order[state.oldest], &state)
      state.oldest += 1
    }
    // Keys that were abandoned stand in the order until it is rewritten.
    guard state.order.count > 2 * maximumEntries else { return }
    state.order = state.order[state.oldest...].filter { state.entries[$0] != nil }
    state.oldest = 0
  }
}
