import NIOCore
import Synchronization

/// How often one address may present a key that is not known.
///
/// The table is bounded: when it is full, addresses that have waited long enough are forgotten first, and if there are none,
/// all are; an attacker with so many addresses is held back by nothing but the work of one digest each.
final class FailureThrottle: Sendable {
  private static let ratePerSecond = 5
  private static let burst = 20
  private static let maximumAddresses = 4_096

  private let buckets = Mutex<[String: TokenBucket]>([:])

  /// Counts a failure.
  ///
  /// - Parameters:
  ///   - address: Who failed.
  ///   - now: The time.
  /// - Returns: Nil while it may go on, else after how many seconds it may.
  func fail(_ address: String, now: NIODeadline) -> Double? {
    let bucket = buckets.withLock { buckets in
      if let bucket = buckets[address] { return bucket }
      if buckets.count >= Self.maximumAddresses {
        buckets = buckets.filter { !$0.value.isFull(now: now) }
        if buckets.count >= Self.maximumAddresses { buckets.removeAll() }
      }
      let bucket = TokenBucket(ratePerSecond: Self.ratePerSecond, burst: Self.burst, now: now)
      buckets[address] = bucket
      return bucket
    }
    return bucket.take(now: now)
  }
}
