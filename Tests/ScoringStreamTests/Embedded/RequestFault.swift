import KafkaClient
import ScoringStream

/// What can go wrong with one request of the Kafka protocol: 15 requests × 5 kinds of failure.
struct RequestFault: Sendable, CustomStringConvertible {
  typealias Request = EmbeddedCluster.Request

  enum Kind: String, CaseIterable, Sendable {
    /// The broker asks to try again.
    case retriable
    /// What was being done is lost: a transaction, a generation, a position.
    case abortable
    /// The client can do nothing more.
    case fatal
    /// A permission is missing, for as long as nobody grants it.
    case authorisation
    /// The connection closes instead of an answer.
    case disconnect
  }

  static let requests: [Request] = [
    .produce, .fetch, .listOffsets, .metadata, .offsetCommit, .offsetFetch, .findCoordinator, .joinGroup,
    .heartbeat, .syncGroup, .initProducerID, .addPartitionsToTransaction, .addOffsetsToTransaction,
    .endTransaction, .transactionalOffsetCommit,
  ]

  static let all = requests.flatMap { request in
    Kind.allCases.map { RequestFault(request: request, kind: $0) }
  }

  var request: Request
  var kind: Kind

  var description: String { "\(request) \(kind.rawValue)" }

  /// The error that stands for the kind, and how many requests in a row meet it.
  var errors: [KafkaError.Code] {
    switch kind {
    case .retriable: Array(repeating: KafkaError.Code(rawValue: retriable), count: 2)
    case .abortable: [KafkaError.Code(rawValue: abortable)]
    // Asking where a partition begins and ends is two requests, and one that succeeds hides the other.
    case .fatal: Array(repeating: KafkaError.Code(rawValue: fatal), count: request == .listOffsets ? 4 : 1)
    case .authorisation: Array(repeating: KafkaError.Code(rawValue: authorisation), count: 60)
    case .disconnect: Array(repeating: .transport, count: 2)
    }
  }

  /// Whether the request is part of a transaction.
  var isTransactional: Bool {
    switch request {
    case .produce, .addPartitionsToTransaction, .addOffsetsToTransaction, .endTransaction,
      .transactionalOffsetCommit:
      true
    default: false
    }
  }

  /// What must come of it.
  enum Outcome: Equatable, Sendable {
    /// Everything is answered all the same.
    case done
    /// The worker ends by itself.
    case exits(ExitCode)
    /// Nothing is answered and nothing ends: the client tries again until it succeeds.
    case waits
  }

  var expected: Outcome {
    switch kind {
    case .retriable, .abortable, .disconnect: .done
    case .authorisation:
      switch request {
      // librdkafka joins again and again and says nothing; joining needs the same permission, and says so.
      case .syncGroup: .waits
      // Nor does it mind a heartbeat; the commit needs the same permission, and says so.
      case .heartbeat: .done
      default: .exits(.denied)
      }
    case .fatal:
      switch request {
      // Where to read is asked again; what was read before is not answered twice.
      case .fetch, .listOffsets, .metadata, .offsetFetch: .done
      case .findCoordinator: .exits(.denied)
      // A new producer, and on from the committed offsets.
      case .endTransaction: .done
      default: .exits(.fenced)
      }
    }
  }

  /// Makes the requests to come fail.
  func inject(into stream: EmbeddedStream) {
    guard request == .metadata else { return stream.cluster.failNext(request, with: errors) }
    // Metadata cannot be made to fail as a whole, but what they say of a topic can be wrong.
    let cluster = stream.cluster
    let topic = stream.topics.decisions
    if kind == .disconnect {
      try? cluster.takeDown()
    } else {
      cluster.setTopicError(topic, errors[0])
    }
    guard kind != .authorisation else { return }
    Task {
      try? await Task.sleep(for: .milliseconds(1_500))
      cluster.setTopicError(topic, nil)
      try? cluster.bringUp()
    }
  }

  private var retriable: Int32 {
    switch request {
    case .produce, .fetch, .listOffsets: 6  // NOT_LEADER_FOR_PARTITION
    case .metadata: 5  // LEADER_NOT_AVAILABLE
    case .findCoordinator, .addOffsetsToTransaction: 15  // COORDINATOR_NOT_AVAILABLE
    case .heartbeat, .syncGroup, .joinGroup: 16  // NOT_COORDINATOR
    case .addPartitionsToTransaction: 51  // CONCURRENT_TRANSACTIONS
    default: 14  // COORDINATOR_LOAD_IN_PROGRESS
    }
  }

  private var abortable: Int32 {
    switch request {
    case .produce: 10  // MSG_SIZE_TOO_LARGE
    case .fetch: 74  // FENCED_LEADER_EPOCH
    case .listOffsets, .metadata: 3  // UNKNOWN_TOPIC_OR_PART
    case .offsetFetch: 88  // UNSTABLE_OFFSET_COMMIT
    case .findCoordinator, .initProducerID: -1  // UNKNOWN
    case .joinGroup: 25  // UNKNOWN_MEMBER_ID
    case .syncGroup: 27  // REBALANCE_IN_PROGRESS
    case .offsetCommit, .heartbeat, .transactionalOffsetCommit: 22  // ILLEGAL_GENERATION
    default: 49  // INVALID_PRODUCER_ID_MAPPING
    }
  }

  private var fatal: Int32 {
    switch request {
    case .fetch: 1  // OFFSET_OUT_OF_RANGE
    case .listOffsets, .offsetFetch: 42  // INVALID_REQUEST
    case .metadata: 17  // INVALID_TOPIC_EXCEPTION
    case .findCoordinator: 35  // UNSUPPORTED_VERSION
    case .offsetCommit, .joinGroup, .heartbeat, .syncGroup: 82  // FENCED_INSTANCE_ID
    case .initProducerID: 90  // PRODUCER_FENCED
    case .endTransaction: 48  // INVALID_TXN_STATE
    default: 47  // INVALID_PRODUCER_EPOCH
    }
  }

  private var authorisation: Int32 {
    switch request {
    case .produce, .fetch, .listOffsets, .metadata, .addPartitionsToTransaction: 29  // TOPIC_…
    case .initProducerID, .endTransaction: 53  // TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    default: 30  // GROUP_AUTHORIZATION_FAILED
    }
  }
}
