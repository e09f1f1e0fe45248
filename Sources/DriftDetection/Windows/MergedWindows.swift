/// What all scorers counted under one model, by time block: the state of a fold over their partials.
public struct MergedWindows: Sendable, Equatable {
  /// When time blocks are done and how long they are kept.
  public struct Timing: Sendable, Equatable {
    /// Blocks to wait after the watermark before a block is done.
    public var grace: Int64 = 2
    /// Done blocks kept one by one; older ones remain in the landmark window only.
    public var retained: Int = 2_000
    /// Events that must lie at or after a block before the watermark reaches it.
    ///
    /// A few records with a clock far ahead would otherwise end all blocks at once.
    public var watermarkEvents: UInt64 = 100

    /// The defaults.
    public init() {}
  }

  /// A time block and what was counted in it.
  public struct Block: Sendable, Equatable {
    /// When.
    public let time: TimeBlock
    /// What was counted.
    public internal(set) var counts: WindowCounts
  }

  /// How far each input partition has been counted.
  public private(set) var ledger = OffsetLedger()
  /// Blocks kept one by one, ascending.
  public private(set) var blocks: [Block] = []
  /// All events since the model took effect.
  public private(set) var landmark: WindowCounts
  /// The latest block that is done, if any is.
  public private(set) var done: TimeBlock?
  /// Events that came after their block was done; they are counted where they belong all the same.
  public private(set) var lateEventCount: UInt64 = 0

  private let timing: Timing

  /// Begins with nothing counted.
  ///
  /// - Parameters:
  ///   - slotCount: How many slots the reference has.
  ///   - timing: When blocks are done and how long they are kept.
  public init(slotCount: Int, timing: Timing = Timing()) {
    landmark = WindowCounts(slotCount: slotCount)
    self.timing = timing
  }

  /// Adds what a transaction counted, once.
  ///
  /// - Parameter partial: The counts.
  /// - Returns: Whether it was counted, and if not why.
  /// - Throws: ``DriftError`` when the counts are of another reference; nothing changes then.
  public mutating func fold(_ partial: WindowPartial) throws(DriftError) -> OffsetLedger.Admission {
    for block in partial.blocks where block.counts.slots.last ?? 0 >= landmark.counts.count {
      throw DriftError(.otherLayout, "partition \(partial.partition): the counts are of another reference")
    }
    let admission = ledger.admit(partial.offsets, of: partial.partition)
    switch admission {
    case .duplicate, .straddles: return admission
    case .counted, .countedAfterGap: break
    }
    for block in partial.blocks {
      try landmark.add(block.counts)
      if let done, block.time <= done { lateEventCount &+= block.counts.eventCount }
      try add(block.counts, at: block.time)
    }
    return admission
  }

  /// Ends the blocks that the watermark has left behind.
  ///
  /// - Returns: The blocks that are done since the last call, in order, with what was counted by now.
  /// - Complexity: O(blocks kept).
  public mutating func endBlocks() -> [Block] {
    var events: UInt64 = 0
    guard
      let watermark = blocks.last(where: { block in
        events += block.counts.eventCount
        return events >= timing.watermarkEvents
      })
    else { return [] }
    let limit = watermark.time.index - timing.grace
    let ended = blocks.filter { block in
      block.time.index < limit && (done.map { block.time > $0 } ?? true)
    }
    if let last = ended.last { done = last.time }
    forget()
    return ended
  }

  /// The latest blocks kept, joined.
  ///
  /// - Parameter count: How many blocks.
  /// - Returns: Their counts together: the sliding window at this moment.
  public func sliding(_ count: Int) -> WindowCounts { joined(blocks.suffix(count)) }

  /// Consecutive stretches of time, each joined.
  ///
  /// - Parameter length: How many block lengths a window covers.
  /// - Returns: Windows with events, ascending, each with the first block it covers.
  /// - Precondition: `length > 0`.
  public func tumbling(_ length: Int64) -> [Block] {
    var windows: [Block] = []
    for block in blocks {
      let start = TimeBlock(index: TimeBlock(containing: block.time.index, length: length).index * length)
      if windows.last?.time == start {
        windows[windows.count - 1].counts.add(block.counts)
      } else {
        windows.append(Block(time: start, counts: block.counts))
      }
    }
    return windows
  }

  private func joined(_ blocks: ArraySlice<Block>) -> WindowCounts {
    var sum = WindowCounts(slotCount: landmark.counts.count)
    for block in blocks { sum.add(block.counts) }
    return sum
  }

  private mutating func add(_ counts: SparseCounts, at time: TimeBlock) throws(DriftError) {
    // Nearly always the last block or a new one after it.
    let position = blocks.lastIndex { $0.time <= time }
    if let position, blocks[position].time == time {
      try blocks[position].counts.add(counts)
    } else {
      var block = Block(time: time, counts: WindowCounts(slotCount: landmark.counts.count))
      try block.counts.add(counts)
      blocks.insert(block, at: position.map { $0 + 1 } ?? 0)
    }
  }

  private mutating func forget() {
    guard let done else { return }
    let ended = blocks.prefix { $0.time <= done }.count
    if ended > timing.retained { blocks.removeFirst(ended - timing.retained) }
  }
}
