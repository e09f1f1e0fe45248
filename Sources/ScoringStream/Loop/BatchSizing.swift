/// How many records the next transaction may hold.
///
/// A transaction costs the same whatever it holds, so under load it should hold many; when idle an application should not wait
/// for company. The limit doubles when a batch filled up without waiting (there is a backlog) and halves when one ended half
/// empty. A batch ends early as soon as nothing more is at hand, so the limit bounds work, it never delays it.
struct BatchSizing: Sendable, Equatable {
  private let minimum: Int
  private let maximum: Int
  private(set) var limit: Int

  init(minimum: Int, maximum: Int) {
    self.minimum = max(1, min(minimum, maximum))
    self.maximum = max(1, maximum)
    limit = self.minimum
  }

  /// Learns from a finished batch.
  ///
  /// - Parameters:
  ///   - count: The number of its records.
  ///   - waited: Whether a poll came back empty while it was collected.
  mutating func learn(count: Int, waited: Bool) {
    if !waited, count >= limit {
      limit = min(maximum, limit * 2)
    } else if waited, count * 2 <= limit {
      limit = max(minimum, limit / 2)
    }
  }
}
