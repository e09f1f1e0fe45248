/// What one transaction counted of one input partition: who is counted is said by offsets, not by who counted.
public struct WindowPartial: Sendable, Equatable {
  /// The input partition.
  public let partition: Int32
  /// The offsets covered: from the partition's position before the transaction to the one after it.
  public let offsets: Range<Int64>
  /// Counts by time block, ascending.
  public let blocks: [Block]

  /// The counts of one time block.
  public struct Block: Sendable, Equatable {
    /// When the events happened.
    public let time: TimeBlock
    /// What was counted.
    public let counts: SparseCounts

    /// Names the counts of a block.
    ///
    /// - Parameters:
    ///   - time: When the events happened.
    ///   - counts: What was counted.
    public init(time: TimeBlock, counts: SparseCounts) {
      self.time = time
      self.counts = counts
    }
  }

  /// Reports counts.
  ///
  /// - Parameters:
  ///   - partition: The input partition.
  ///   - offsets: The offsets covered, not empty.
  ///   - blocks: Counts by time block.
  /// - Throws: ``DriftError`` when no offset is covered, blocks do not ascend, or they hold more events than
  ///   offsets are covered.
  public init(partition: Int32, offsets: Range<Int64>, blocks: [Block]) throws(DriftError) {
    let events = blocks.reduce(UInt64(0)) { $0 + $1.counts.eventCount }
    guard !offsets.isEmpty, offsets.lowerBound >= 0, events <= UInt64(offsets.count) else {
      throw DriftError(
        .invalidDocument,
        "\(events) events in the offsets \(offsets) of partition \(partition)"
      )
    }
    guard zip(blocks, blocks.dropFirst()).allSatisfy({ $0.time < $1.time }) else {
      throw DriftError(.invalidDocument, "time blocks of partition \(partition) do not ascend")
    }
    self.partition = partition
    self.offsets = offsets
    self.blocks = blocks
  }
}
