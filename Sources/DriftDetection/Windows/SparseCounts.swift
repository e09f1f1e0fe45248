/// The counts of a window without its empty slots, as scorers report them.
public struct SparseCounts: Sendable, Equatable {
  /// Slots with events, strictly increasing.
  public let slots: [Int]
  /// Events by slot of ``slots``, none 0.
  public let counts: [UInt64]
  /// Events counted.
  public let eventCount: UInt64

  /// Reads counts that another process wrote.
  ///
  /// - Parameters:
  ///   - slots: Slots with events.
  ///   - counts: As many counts.
  ///   - eventCount: Events counted; no slot holds more.
  /// - Throws: ``DriftError`` when slots do not increase from 0 or a count is 0 or larger than the events.
  public init(slots: [Int], counts: [UInt64], eventCount: UInt64) throws(DriftError) {
    guard slots.count == counts.count, slots.first ?? 0 >= 0, zip(slots, slots.dropFirst()).allSatisfy(<),
      counts.allSatisfy({ 1...max(1, eventCount) ~= $0 }), counts.isEmpty == (eventCount == 0)
    else {
      throw DriftError(.invalidDocument, "slots do not increase, or their counts do not fit the events")
    }
    self.init(unchecked: slots, counts: counts, eventCount: eventCount)
  }

  init(unchecked slots: [Int], counts: [UInt64], eventCount: UInt64) {
    self.slots = slots
    self.counts = counts
    self.eventCount = eventCount
  }
}
