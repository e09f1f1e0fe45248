/// One partition of one topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The topic's name.
  public var topic: String
  /// The partition's number, from 0.
  public var partition: Int32

  /// Names a partition.
  public init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  /// Orders by topic, then by number.
  public static func < (left: Self, right: Self) -> Bool {
    (left.topic, left.partition) < (right.topic, right.partition)
  }

  /// The partition as `topic[3]`.
  public var description: String { "\(topic)[\(partition)]" }
}

/// An offset to commit, or committed: the next one to read, with a text the group keeps beside it.
public struct OffsetAndMetadata: Hashable, Sendable {
  /// The next offset to read: the last processed one plus one.
  public var offset: Int64
  /// A text without NUL characters (librdkafka before 2.6 garbles others); empty if there is none.
  public var metadata: String

  /// Pairs an offset with its text.
  public init(offset: Int64, metadata: String = "") {
    self.offset = offset
    self.metadata = metadata
  }
}

/// Offsets that stand for a place rather than a number.
public enum LogicalOffset {
  /// The first record that is still kept.
  public static let beginning: Int64 = -2
  /// After the last record at the time of asking.
  public static let end: Int64 = -1
  /// Where the group stands; without a committed offset, `auto.offset.reset` decides.
  public static let committed: Int64 = -1001
}

/// The bounds of a partition's log.
public struct Watermarks: Hashable, Sendable {
  /// The first offset that is still kept.
  public var low: Int64
  /// The offset after the last record, transaction markers included.
  public var high: Int64

  /// Pairs the two bounds.
  public init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }
}
