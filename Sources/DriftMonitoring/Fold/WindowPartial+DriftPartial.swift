import CreditEvents
import DriftDetection

extension WindowPartial {
  /// Takes the counts of a record.
  ///
  /// - Parameter partial: The record's value.
  /// - Throws: `DriftError` when its numbers contradict each other.
  init(_ partial: DriftPartial) throws(DriftError) {
    var blocks: [Block] = []
    for block in partial.blocks {
      let counts = try SparseCounts(
        slots: block.slots,
        counts: block.counts.map { UInt64(clamping: $0) },
        eventCount: UInt64(clamping: block.events)
      )
      blocks.append(Block(time: TimeBlock(index: block.index), counts: counts))
    }
    try self.init(partition: partial.partition, offsets: partial.offsets, blocks: blocks)
  }
}
