/// A change of the partitions a group member owns, always of the whole assignment (eager protocol).
///
/// It is delivered on the polling thread, inside `poll` or `close`, while the group waits for the handler.
public enum RebalanceEvent: Sendable, Equatable {
  /// The member owns these partitions now; reading starts at the committed offsets after the handler.
  ///
  /// The handler may call ``KafkaConsumer/committed(_:timeoutMilliseconds:)`` and
  /// ``KafkaConsumer/seek(to:)``.
  case assigned([TopicPartition])
  /// The member is about to give up these partitions: still the owner, so the handler may finish, send
  /// offsets and commit, but quickly, or abort.
  case revoked([TopicPartition])
  /// The partitions belong to somebody else already: abort, nothing can be committed.
  case lost([TopicPartition])
}
