import KafkaClient

extension CallFailure {
  /// Sorts an error of the client library; with ``Disposition`` the only place that knows error codes.
  ///
  /// - Parameters:
  ///   - error: What the library said.
  ///   - isPoll: Whether it came from polling: such errors speak of one partition or one connection.
  init(_ error: KafkaError, isPoll: Bool = false) {
    self.init(Self.kind(of: error, isPoll: isPoll), reason: "\(error.code.name): \(error.message)")
    let mayBeTheRecord = kind == .requiresAbort || kind == .fatal
    blamesRecord = mayBeTheRecord && !Self.environmental.contains(error.code.name)
  }

  private static func kind(of error: KafkaError, isPoll: Bool) -> Kind {
    if error.isFenced { return .fenced }
    if denials.contains(error.code.name) { return .denied }
    if error.isFatal { return .fatal }
    if isPoll { return lostInput.contains(error.code.name) ? .inputLost : .retriable }
    if error.requiresAbort { return .requiresAbort }
    if error.isRetriable { return .retriable }
    // No flag at all: librdkafka's documentation says to treat it as fatal. A new producer is right in any case.
    return .fatal
  }

  /// What the cluster's operator must grant or provide; trying again does not help.
  private static let denials: Set<String> = [
    "TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED",
    "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", "SASL_AUTHENTICATION_FAILED", "_AUTHENTICATION",
    "UNSUPPORTED_SASL_MECHANISM", "UNSUPPORTED_VERSION", "_UNSUPPORTED_FEATURE", "SECURITY_DISABLED",
    "DELEGATION_TOKEN_AUTHORIZATION_FAILED",
  ]

  /// Reading on would skip records in silence.
  private static let lostInput: Set<String> = ["_AUTO_OFFSET_RESET", "_BAD_MSG", "_BAD_COMPRESSION"]

  /// What happens to any batch, whatever is in it: rebalances, time-outs, connections, brokers, epochs.
  private static let environmental: Set<String> = [
    "ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "REBALANCE_IN_PROGRESS", "FENCED_INSTANCE_ID",
    "_TIMED_OUT", "_TIMED_OUT_QUEUE", "_MSG_TIMED_OUT", "REQUEST_TIMED_OUT", "_TRANSPORT", "_RESOLVE",
    "_ALL_BROKERS_DOWN", "NETWORK_EXCEPTION", "_WAIT_COORD", "COORDINATOR_NOT_AVAILABLE",
    "COORDINATOR_LOAD_IN_PROGRESS", "NOT_COORDINATOR", "CONCURRENT_TRANSACTIONS", "INVALID_TXN_STATE",
    "LEADER_NOT_AVAILABLE", "NOT_LEADER_FOR_PARTITION", "BROKER_NOT_AVAILABLE", "REPLICA_NOT_AVAILABLE",
    "NOT_ENOUGH_REPLICAS", "NOT_ENOUGH_REPLICAS_AFTER_APPEND", "UNKNOWN_TOPIC_OR_PART", "_UNKNOWN_TOPIC",
    "_UNKNOWN_PARTITION", "KAFKA_STORAGE_ERROR", "UNKNOWN_PRODUCER_ID", "OUT_OF_ORDER_SEQUENCE_NUMBER",
    "DUPLICATE_SEQUENCE_NUMBER", "INVALID_PRODUCER_ID_MAPPING", "UNSTABLE_OFFSET_COMMIT",
    "UNKNOWN_LEADER_EPOCH",
    "FENCED_LEADER_EPOCH", "THROTTLING_QUOTA_EXCEEDED", "_STATE", "_PREV_IN_PROGRESS", "_CONFLICT",
    "_INCONSISTENT", "_GAPLESS_GUARANTEE", "_QUEUE_FULL", "_FATAL", "_SSL", "_DESTROY", "_PURGE_QUEUE",
    "_PURGE_INFLIGHT", "_FAIL", "UNKNOWN", "UNKNOWN_SERVER_ERROR",
  ]
}
