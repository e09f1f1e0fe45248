import CLibrdkafka

extension KafkaError {
  /// The kind of an error: negative numbers are librdkafka's own, positive ones the Kafka protocol's.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The number, as in `rd_kafka_resp_err_t`.
    public var rawValue: Int32

    /// Wraps a number; any number is allowed, since brokers add codes.
    public init(rawValue: Int32) {
      self.rawValue = rawValue
    }

    /// The name librdkafka gives the code, such as `_TIMED_OUT` or `ILLEGAL_GENERATION`.
    public var name: String {
      unsafe String(cString: rd_kafka_err2name(libraryCode))
    }

    var libraryCode: rd_kafka_resp_err_t { rd_kafka_resp_err_t(rawValue) }

    init(_ code: rd_kafka_resp_err_t) {
      self.init(rawValue: code.rawValue)
    }
  }
}

extension KafkaError.Code {
  /// A broker connection failed or was closed.
  public static let transport = Self(RD_KAFKA_RESP_ERR__TRANSPORT)
  /// No broker can be reached.
  public static let allBrokersDown = Self(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
  /// An argument or a property is not valid.
  public static let invalidArgument = Self(RD_KAFKA_RESP_ERR__INVALID_ARG)
  /// The operation did not finish in time; it may still take effect.
  public static let timedOut = Self(RD_KAFKA_RESP_ERR__TIMED_OUT)
  /// A record could not be delivered within `message.timeout.ms`.
  public static let messageTimedOut = Self(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
  /// The producer's queue is full.
  public static let queueFull = Self(RD_KAFKA_RESP_ERR__QUEUE_FULL)
  /// The call is not allowed in the present state of the client or the transaction.
  public static let state = Self(RD_KAFKA_RESP_ERR__STATE)
  /// The previous call of this kind is still under way.
  public static let previousInProgress = Self(RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS)
  /// Another call of another kind is under way.
  public static let conflict = Self(RD_KAFKA_RESP_ERR__CONFLICT)
  /// The client has had a fatal error.
  public static let fatal = Self(RD_KAFKA_RESP_ERR__FATAL)
  /// Another producer with the same transactional id has taken over (the library's code).
  public static let fenced = Self(RD_KAFKA_RESP_ERR__FENCED)
  /// Another producer with the same transactional id has taken over (the broker's code).
  public static let producerFenced = Self(RD_KAFKA_RESP_ERR_PRODUCER_FENCED)
  /// The producer's epoch is older than the broker's.
  public static let invalidProducerEpoch = Self(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH)
  /// Another member with the same `group.instance.id` has taken over.
  public static let fencedInstanceID = Self(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)
  /// The group has moved on to another generation.
  public static let illegalGeneration = Self(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION)
  /// The group does not know this member.
  public static let unknownMemberID = Self(RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
  /// The group has taken the partitions away from this member.
  public static let assignmentLost = Self(RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST)
  /// The consumer was not polled within `max.poll.interval.ms` and has left the group.
  public static let maximumPollExceeded = Self(RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED)
  /// There is no committed offset and `auto.offset.reset` is `error`, or the offset is out of range.
  public static let automaticOffsetReset = Self(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
  /// The partition does not exist (known locally).
  public static let unknownPartition = Self(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)
  /// The topic does not exist (known locally).
  public static let unknownTopic = Self(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
  /// The broker does not know the topic or partition.
  public static let unknownTopicOrPartition = Self(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
  /// The record is larger than `message.max.bytes`.
  public static let messageTooLarge = Self(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
  /// The topic exists already.
  public static let topicAlreadyExists = Self(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
  /// The principal may not use the topic.
  public static let topicAuthorizationFailed = Self(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
  /// The principal may not use the group.
  public static let groupAuthorizationFailed = Self(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
  /// The principal may not use the transactional id.
  public static let transactionalIDAuthorizationFailed = Self(
    RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED
  )
  /// The transaction coordinator has moved.
  public static let notCoordinator = Self(RD_KAFKA_RESP_ERR_NOT_COORDINATOR)
  /// The coordinator is not available yet.
  public static let coordinatorNotAvailable = Self(RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE)
  /// The coordinator is loading its state.
  public static let coordinatorLoadInProgress = Self(RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS)
  /// The previous transaction of this producer is still being completed.
  public static let concurrentTransactions = Self(RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS)
  /// The transaction coordinator does not know the transaction's state.
  public static let invalidTransactionState = Self(RD_KAFKA_RESP_ERR_INVALID_TXN_STATE)
  /// The partition has no leader at present.
  public static let leaderNotAvailable = Self(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE)
  /// The broker is not the partition's leader.
  public static let notLeaderForPartition = Self(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION)
  /// The broker's answer is inconsistent with what was done.
  public static let inconsistent = Self(RD_KAFKA_RESP_ERR__INCONSISTENT)
  /// A message of the library or the broker could not be read.
  public static let badMessage = Self(RD_KAFKA_RESP_ERR__BAD_MSG)

  /// Codes that come and go by themselves: the operation may be tried again.
  static let temporary: Set<KafkaError.Code> = [
    .transport, .allBrokersDown, .timedOut, .queueFull, .notCoordinator, .coordinatorNotAvailable,
    .coordinatorLoadInProgress, .leaderNotAvailable, .notLeaderForPartition,
    Self(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT), Self(RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION),
    Self(RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE), Self(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS),
    Self(RD_KAFKA_RESP_ERR_NOT_CONTROLLER), Self(RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT),
    Self(RD_KAFKA_RESP_ERR__WAIT_COORD), Self(RD_KAFKA_RESP_ERR__RESOLVE),
  ]
}
