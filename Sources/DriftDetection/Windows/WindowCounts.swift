/// How many events fell into each slot of a reference's bins: a window, all integers.
///
/// Adding is commutative and associative, so what several scorers counted adds up to what one would have
/// counted, in whatever order it arrives.
public struct WindowCounts: Sendable, Equatable {
  /// Events by slot, feature after feature as ``ReferenceProfile/offsets`` says.
  public internal(set) var counts: [UInt64]
  /// Events counted.
  public internal(set) var eventCount: UInt64

  /// Begins an empty window.
  ///
  /// - Parameter slotCount: How many slots the reference has.
  public init(slotCount: Int) {
    counts = .init(repeating: 0, count: slotCount)
    eventCount = 0
  }

  /// Adds another window.
  ///
  /// - Parameter other: Counts in the same slots.
  /// - Precondition: Both have as many slots.
  /// - Complexity: O(slots), no allocation.
  public mutating func add(_ other: WindowCounts) {
    precondition(counts.count == other.counts.count, "windows of one reference have the same slots")
    for slot in counts.indices { counts[slot] &+= other.counts[slot] }
    eventCount &+= other.eventCount
  }

  /// Adds what a scorer reported.
  ///
  /// - Parameter sparse: Counts by slot.
  /// - Throws: ``DriftError`` when a slot is not one of this layout; nothing is added then.
  public mutating func add(_ sparse: SparseCounts) throws(DriftError) {
    guard sparse.slots.last.map({ $0 < counts.count }) ?? true else {
      throw DriftError(
        .otherLayout,
        "slot \(sparse.slots.last ?? 0) of \(counts.count); the counts are of another reference"
      )
    }
    for (slot, count) in zip(sparse.slots, sparse.counts) { counts[slot] &+= count }
    eventCount &+= sparse.eventCount
  }

  /// Empties the window and keeps its memory.
  public mutating func removeAll() {
    for slot in counts.indices { counts[slot] = 0 }
    eventCount = 0
  }

  /// The slots that anything fell into.
  public var sparse: SparseCounts {
    let slots = counts.indices.filter { counts[$0] > 0 }
    return SparseCounts(unchecked: slots, counts: slots.map { counts[$0] }, eventCount: eventCount)
  }
}
