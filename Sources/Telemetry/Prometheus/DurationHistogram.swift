/// How long things took, counted in buckets by any thread.
public final class DurationHistogram: Sendable {
  /// Upper bounds of the buckets in microseconds, ascending; the last bucket has none.
  public static let bounds = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
  ]

  private let buckets: [MetricCounter]
  private let microseconds = MetricCounter()

  /// An empty histogram.
  public init() { buckets = (0...Self.bounds.count).map { _ in MetricCounter() } }

  /// Counts one duration.
  ///
  /// - Parameter duration: How long it took, in microseconds.
  public func record(microseconds duration: Int) {
    let bucket = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
    buckets[bucket].increment()
    microseconds.increment(by: max(0, duration))
  }

  /// How many durations were counted, by bucket.
  public var counts: [Int] { buckets.map(\.value) }

  /// Their sum in seconds.
  public var sumInSeconds: Double { Double(microseconds.value) / 1e6 }
}
