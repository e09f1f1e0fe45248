public import DriftDetection

/// Counts the values of the record scored last: a reference laid out for counting, and a place for one record's values.
///
/// **Thread:** one at a time, that of the scorer it belongs to.
public final class EventWatch {
  /// How many slots a window of this reference has.
  public let slotCount: Int
  /// The length of a time block in milliseconds.
  public let blockMilliseconds: Int64
  /// How many values a record has.
  public let valueCount: Int

  private let counter: EventCounter
  private var values: [Double]

  /// Lays out a reference.
  ///
  /// - Parameters:
  ///   - profile: The reference.
  ///   - blockMilliseconds: The length of a time block, at least 1.
  public init(_ profile: ReferenceProfile, blockMilliseconds: Int64) {
    slotCount = profile.slotCount
    valueCount = profile.features.count
    self.blockMilliseconds = max(1, blockMilliseconds)
    counter = EventCounter(profile: profile)
    values = [Double](repeating: .nan, count: profile.features.count)
  }

  /// Takes the values of the record that was scored, without allocating.
  ///
  /// - Parameter fill: Writes one number for each feature of the reference: a number or a category's code, NaN for missing.
  public func take(_ fill: (UnsafeMutableBufferPointer<Double>) -> Void) {
    values.withUnsafeMutableBufferPointer { fill($0) }
  }

  /// Counts the values taken last.
  ///
  /// - Parameter window: Receives the counts.
  /// - Precondition: A window of the same reference.
  public func count(into window: inout WindowCounts) {
    values.withUnsafeBufferPointer { counter.count($0, into: &window) }
  }
}
