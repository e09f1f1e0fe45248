/// What one transaction counted of one input partition: the value on the partials topic.
///
/// Who counted does not matter, only which offsets were counted: a reader that takes each offset once gets what a
/// single scorer would have counted, whatever was rebalanced, replayed or delivered twice in between.
public struct DriftPartial: Sendable, Equatable {
  /// The version of the layout.
  public static let schemaVersion = 1

  /// The counts of one stretch of event time, without the slots that nothing fell into.
  public struct Block: Sendable, Equatable {
    /// Which stretch since 1970: block b covers `[b · length, (b + 1) · length)`.
    public var index: Int64
    /// Events counted.
    public var events: Int
    /// Slots of the model's reference with events, strictly increasing.
    public var slots: [Int]
    /// Events by slot of ``slots``, none 0.
    public var counts: [Int]

    /// Names the counts of a block.
    public init(index: Int64, events: Int, slots: [Int], counts: [Int]) {
      self.index = index
      self.events = events
      self.slots = slots
      self.counts = counts
    }
  }

  /// The model whose reference the slots belong to.
  public var model: ModelIdentity
  /// The input topic.
  public var topic: String
  /// The input partition.
  public var partition: Int32
  /// The offsets covered: from the partition's position before the transaction to the one after it.
  public var offsets: Range<Int64>
  /// The length of a time block in milliseconds.
  public var blockMilliseconds: Int64
  /// How many of the offsets were answered with a decision; the events of all blocks together.
  public var decisions: Int
  /// How many were answered with a dead letter; they have no values that could be counted.
  public var deadLetters: Int
  /// Counts by time block, ascending; empty when there were only dead letters.
  public var blocks: [Block]

  /// Puts a partial together.
  public init(
    model: ModelIdentity,
    topic: String,
    partition: Int32,
    offsets: Range<Int64>,
    blockMilliseconds: Int64,
    decisions: Int,
    deadLetters: Int,
    blocks: [Block]
  ) {
    self.model = model
    self.topic = topic
    self.partition = partition
    self.offsets = offsets
    self.blockMilliseconds = blockMilliseconds
    self.decisions = decisions
    self.deadLetters = deadLetters
    self.blocks = blocks
  }
}
