public import CreditEvents
import DriftDetection

/// What the records of one batch look like, counted beside their answers: one partial for each input partition.
///
/// A partial covers the offsets from the partition's position before the transaction to the one after it, gaps and dead
/// letters included, so that the partials of a partition follow one another without a hole. Should its counts outgrow
/// what a record may hold, it is cut between two offsets.
///
/// Windows are used again from batch to batch: counting a record allocates nothing once they are there. There is one for
/// each partition and time block of a batch, and at most ``maximumBlocks`` at a time for each partition.
public struct SideWindow {
  /// Time blocks of a partial; the next one begins a new partial.
  public static let maximumBlocks = 64
  /// Slots that a partial may name: about 12 bytes each, two thirds of what brokers take of a record.
  public static let maximumSlots = 50_000

  /// The counts of one time block.
  private struct Block {
    var index: Int64
    var window: WindowCounts
  }

  /// A partial that is being counted.
  private struct Open {
    var partition: Int32
    var model: Int64
    var first: Int64
    var blockMilliseconds: Int64
    var blocks: [Block] = []
    var decisions = 0
    var deadLetters = 0
    /// No more slots than this can be filled.
    var filledSlots = 0
  }

  /// A partial that is complete but for the names of model and topic.
  public struct Counted: Sendable, Equatable {
    /// The input partition.
    public let partition: Int32
    /// The model, as ``ModelActivation/sequence``.
    public let model: Int64
    /// The offsets covered.
    public let offsets: Range<Int64>
    /// The length of a time block.
    public let blockMilliseconds: Int64
    /// Decisions in these offsets.
    public let decisions: Int
    /// Dead letters in these offsets.
    public let deadLetters: Int
    /// Counts by time block, ascending.
    public let blocks: [DriftPartial.Block]
  }

  private var open: [Open] = []
  private var spare: [WindowCounts] = []
  /// Partials whose offsets have all been counted, in the order of their offsets within each partition.
  private var counted: [Counted] = []
  /// How many of them were reported.
  private var taken = 0
  private var isClosed = false

  /// Begins with nothing counted.
  public init() {}

  /// Counts a decision.
  ///
  /// - Parameters:
  ///   - record: The record that was decided.
  ///   - watch: Holds its values.
  ///   - plan: The batch that it belongs to.
  public mutating func countDecision(_ record: RecordPosition, _ watch: EventWatch, of plan: BatchPlan) {
    guard let place = place(of: record.partition, watch, plan) else { return }
    let index = TimeBlock(containing: record.timestamp, length: watch.blockMilliseconds).index
    let needed = min(watch.valueCount, watch.slotCount)
    var block = open[place].blocks.lastIndex { $0.index == index }
    if open[place].filledSlots + needed > Self.maximumSlots
      || (block == nil && open[place].blocks.count >= Self.maximumBlocks)
    {
      cut(place, at: record.offset)
      block = nil
    }
    let current = block ?? add(index, to: place, slotCount: watch.slotCount)
    let before = filled(open[place].blocks[current], watch)
    watch.count(into: &open[place].blocks[current].window)
    open[place].filledSlots += filled(open[place].blocks[current], watch) - before
    open[place].decisions += 1
  }

  /// Counts a dead letter, whose values nobody knows.
  ///
  /// - Parameters:
  ///   - record: The record that has no decision.
  ///   - watch: Of the model that would have decided it.
  ///   - plan: The batch that it belongs to.
  public mutating func countDeadLetter(_ record: RecordPosition, _ watch: EventWatch, of plan: BatchPlan) {
    guard let place = place(of: record.partition, watch, plan) else { return }
    open[place].deadLetters += 1
  }

  /// Ends the partials of a batch; a second call changes nothing.
  ///
  /// - Parameter plan: The batch.
  public mutating func close(_ plan: BatchPlan) {
    guard !isClosed else { return }
    isClosed = true
    open.sort { $0.partition < $1.partition }
    for place in open.indices {
      guard let end = plan.offsets[open[place].partition]?.upperBound else { continue }
      finish(place, at: end)
    }
    open.removeAll(keepingCapacity: true)
  }

  /// The next partial to report; it is handed out again until ``tookNext()``.
  public var next: Counted? { taken < counted.count ? counted[taken] : nil }

  /// Notes that ``next`` was reported.
  public mutating func tookNext() { taken += 1 }

  /// Forgets the batch and keeps the memory.
  public mutating func removeAll() {
    for place in open.indices { recycle(place) }
    open.removeAll(keepingCapacity: true)
    counted.removeAll(keepingCapacity: true)
    taken = 0
    isClosed = false
  }
}

extension SideWindow {
  private mutating func place(of partition: Int32, _ watch: EventWatch, _ plan: BatchPlan) -> Int? {
    if let place = open.lastIndex(where: { $0.partition == partition }) { return place }
    guard let model = plan.models[partition], let offsets = plan.offsets[partition] else { return nil }
    open.append(
      Open(
        partition: partition,
        model: model,
        first: offsets.lowerBound,
        blockMilliseconds: watch.blockMilliseconds
      )
    )
    return open.count - 1
  }

  /// An upper bound of the slots that a block fills: each event fills one for each value.
  private func filled(_ block: Block, _ watch: EventWatch) -> Int {
    min(watch.slotCount, Int(clamping: block.window.eventCount) * watch.valueCount)
  }

  private mutating func add(_ index: Int64, to place: Int, slotCount: Int) -> Int {
    let window: WindowCounts
    if let spare = spare.lastIndex(where: { $0.counts.count == slotCount }) {
      window = self.spare.remove(at: spare)
    } else {
      window = WindowCounts(slotCount: slotCount)
    }
    open[place].blocks.append(Block(index: index, window: window))
    return open[place].blocks.count - 1
  }

  /// Ends a partial before an offset and begins the next one there.
  private mutating func cut(_ place: Int, at offset: Int64) {
    guard open[place].first < offset else { return }
    finish(place, at: offset)
    open[place].first = offset
    open[place].decisions = 0
    open[place].deadLetters = 0
    open[place].filledSlots = 0
  }

  private mutating func finish(_ place: Int, at end: Int64) {
    open[place].blocks.sort { $0.index < $1.index }
    let blocks = open[place].blocks.map { block in
      let sparse = block.window.sparse
      return DriftPartial.Block(
        index: block.index,
        events: Int(clamping: sparse.eventCount),
        slots: sparse.slots,
        counts: sparse.counts.map { Int(clamping: $0) }
      )
    }
    counted.append(
      Counted(
        partition: open[place].partition,
        model: open[place].model,
        offsets: open[place].first..<end,
        blockMilliseconds: open[place].blockMilliseconds,
        decisions: open[place].decisions,
        deadLetters: open[place].deadLetters,
        blocks: blocks
      )
    )
    recycle(place)
  }

  /// Empties the windows of a partial and keeps them for the next.
  private mutating func recycle(_ place: Int) {
    while var block = open[place].blocks.popLast() {
      block.window.removeAll()
      if spare.count < Self.maximumBlocks { spare.append(block.window) }
    }
  }
}
