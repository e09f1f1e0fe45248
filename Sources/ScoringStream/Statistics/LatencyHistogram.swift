/// Counts of durations in buckets that grow with the duration: at most 1/16 off, 1 ms to 18 hours, in 2 KiB.
public struct LatencyHistogram: Sendable, Equatable {
  private static let subBuckets = 16
  private static let largest: Int64 = 1 << 26
  private var counts: [UInt32]
  /// How many durations were counted.
  public private(set) var count: Int = 0

  /// An empty histogram.
  public init() {
    counts = [UInt32](repeating: 0, count: Self.bucket(of: Self.largest) + 1)
  }

  /// Counts a duration.
  ///
  /// - Parameter milliseconds: The duration; below 0 (clocks differ) it counts as 0.
  public mutating func record(milliseconds: Int64) {
    counts[Self.bucket(of: min(max(milliseconds, 0), Self.largest))] &+= 1
    count += 1
  }

  /// Adds another histogram's counts.
  ///
  /// - Parameter other: The other histogram.
  public mutating func merge(_ other: LatencyHistogram) {
    for index in counts.indices { counts[index] &+= other.counts[index] }
    count += other.count
  }

  /// The duration that a share of all durations does not exceed.
  ///
  /// - Parameter share: The share, 0...1: 0.99 for the 99th percentile.
  /// - Returns: The upper bound of its bucket in milliseconds; nil when nothing was counted.
  public func quantile(_ share: Double) -> Int64? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((Double(count) * share).rounded(.up)))
    var seen = 0
    for (index, number) in counts.enumerated() {
      seen += Int(number)
      if seen >= rank { return Self.upperBound(of: index) }
    }
    return Self.largest
  }

  /// Buckets 0…31 are exact; after that each doubling has 16.
  private static func bucket(of value: Int64) -> Int {
    guard value >= 2 * Int64(subBuckets) else { return Int(value) }
    let exponent = Int64.bitWidth - 1 - value.leadingZeroBitCount
    let shift = exponent - 4
    return shift * subBuckets + Int(value >> Int64(shift))
  }

  private static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= 2 * subBuckets else { return Int64(bucket) }
    let shift = bucket / subBuckets - 1
    let leading = Int64(bucket - shift * subBuckets)
    return ((leading + 1) << Int64(shift)) - 1
  }
}
