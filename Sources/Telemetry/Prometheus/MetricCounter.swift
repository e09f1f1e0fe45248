import Synchronization

/// A number that only grows, counted by any thread.
public final class MetricCounter: Sendable {
  private let count = Atomic<Int>(0)

  /// A counter at zero.
  public init() {}

  /// Counts.
  ///
  /// - Parameter amount: How much is added, not negative.
  @inline(__always)
  public func increment(by amount: Int = 1) { count.add(amount, ordering: .relaxed) }

  /// What was counted so far.
  public var value: Int { count.load(ordering: .relaxed) }
}
