/// A record as the loop sees it: where it stands and when it was appended, never its bytes.
public struct RecordPosition: Sendable, Equatable {
  /// The partition of the input topic.
  public var partition: Int32
  /// The record's offset in that partition.
  public var offset: Int64
  /// The record's timestamp in milliseconds since 1970; −1 when it has none.
  public var timestamp: Int64
  /// The bytes that holding the record costs.
  public var bytes: Int

  /// Names a record of the input topic.
  ///
  /// - Parameters:
  ///   - partition: The partition of the input topic.
  ///   - offset: The record's offset in that partition.
  ///   - timestamp: Milliseconds since 1970; −1 when the record has none.
  ///   - bytes: The bytes that holding the record costs.
  public init(partition: Int32, offset: Int64, timestamp: Int64, bytes: Int = 0) {
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.bytes = bytes
  }
}

/// What the group has committed for one partition, and how far the partition reaches.
public struct CommittedPosition: Sendable, Equatable {
  /// The offset to go on from; nil when the group has never committed one.
  public var offset: Int64?
  /// The text committed with the offset.
  public var metadata: String
  /// The first offset that is still in the log; nil when nobody asked for it.
  public var start: Int64?
  /// The last stable offset when the position was read; nil when nobody asked for it.
  public var end: Int64?

  /// Describes a committed position.
  ///
  /// - Parameters:
  ///   - offset: The offset to go on from; nil when the group has never committed one.
  ///   - metadata: The text committed with the offset.
  ///   - start: The first offset that is still in the log.
  ///   - end: The last stable offset at this moment, for runs that stop there.
  public init(offset: Int64?, metadata: String = "", start: Int64? = nil, end: Int64? = nil) {
    self.offset = offset
    self.metadata = metadata
    self.start = start
    self.end = end
  }
}

/// Everything that can happen to the loop.
///
/// An effect that is a call (``LoopEffect/isCall``) is answered by exactly one of ``polled(_:)``,
/// ``reachedEnd(partition:offset:)``, ``succeeded``, ``answered(deadLetters:)``, ``committed(_:)`` or ``failed(_:)``. Rebalances arrive while a poll is
/// under way, because librdkafka calls back inside it. Announcements and shutdown may arrive at any time.
public enum LoopInput: Sendable, Equatable {
  /// The worker's thread runs; sent once.
  case start
  /// The poll brought this record, or none within its wait.
  case polled(RecordPosition?)
  /// The poll found the end of a partition; `offset` is where the next record will stand.
  case reachedEnd(partition: Int32, offset: Int64)
  /// The group gave these partitions to this member.
  case assigned([Int32])
  /// The group takes these partitions back and waits for this member to let go.
  case revoked([Int32])
  /// The partitions are gone already: another member may own them now.
  case lost([Int32])
  /// The outstanding call is done.
  case succeeded
  /// The outstanding ``LoopEffect/answer(_:)`` is done; so many of the answers are dead letters.
  case answered(deadLetters: Int)
  /// The answer to ``LoopEffect/readCommitted(_:)``.
  case committed([Int32: CommittedPosition])
  /// The outstanding call failed.
  case failed(CallFailure)
  /// A model was announced, loaded and checked.
  case announced(ModelActivation)
  /// All announcements up to this sequence were read; those that were not announced to the loop are refused or gone.
  case announcementsRead(through: Int64)
  /// Every worker of the run has joined; where the loop is told to, it takes any later rebalance for a failure.
  case membershipSettled
  /// Finish what is in hand and leave.
  case shutdown
}
