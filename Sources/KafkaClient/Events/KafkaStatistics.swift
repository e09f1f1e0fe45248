/// What a client counts and measures about itself, every `statistics.interval.ms` (off by default).
///
/// The fields follow librdkafka's `STATISTICS.md`; one that a client's role does not have is nil.
public struct KafkaStatistics: Sendable, Equatable {
  /// The client's name within the process, such as `creditstream#consumer-1`.
  public var name: String
  /// Callbacks and events that wait for the next poll.
  public var waitingEvents: Int
  /// Records in a producer's queues.
  public var queuedRecords: Int
  /// The brokers known, by name; the internal ones are included.
  public var brokers: [Broker]
  /// The partitions known, in order of topic and number.
  public var partitions: [Partition]
  /// The group membership of a consumer.
  public var group: Group?
  /// The state of an idempotent or transactional producer.
  public var transaction: Transaction?

  /// One connection.
  public struct Broker: Sendable, Equatable {
    /// Host, port and number.
    public var name: String
    /// `UP`, `DOWN`, `CONNECT` and the like.
    public var state: String
    /// Requests that got no answer in time.
    public var requestTimeouts: Int
    /// Answers to requests that had been given up.
    public var unmatchedAnswers: Int
    /// Round-trip time, 99th percentile of the interval, in microseconds.
    public var roundTripMicroseconds99: Int
  }

  /// One partition.
  public struct Partition: Sendable, Equatable {
    /// Topic and number.
    public var partition: TopicPartition
    /// Records fetched and not yet polled.
    public var fetchedRecords: Int
    /// The offset after the last record, nil if not known.
    public var highWatermark: Int64?
    /// The offset after the last record that no open transaction hides, nil if not known.
    ///
    /// When it stands still while ``highWatermark`` moves, a transaction hangs.
    public var lastStableOffset: Int64?
    /// Offsets between the committed one and the last stable one, nil if not known.
    public var lag: Int64?
  }

  /// A group membership.
  public struct Group: Sendable, Equatable {
    /// The state of the membership, such as `steady`.
    public var joinState: String
    /// Assignments and revocations so far.
    public var rebalanceCount: Int
    /// Milliseconds since the last one.
    public var rebalanceAgeMilliseconds: Int
    /// How many partitions the member owns.
    public var assignmentSize: Int
  }

  /// A producer's identity and transaction.
  public struct Transaction: Sendable, Equatable {
    /// The state of the producer id, such as `Assigned`.
    public var idempotenceState: String
    /// The state of the transaction, such as `InTransaction`.
    public var state: String
    /// Milliseconds since it last changed; a watchdog's measure.
    public var stateAgeMilliseconds: Int
    /// Whether records may be produced now.
    public var mayEnqueue: Bool
    /// The producer's epoch, -1 without one.
    public var epoch: Int
  }
}
