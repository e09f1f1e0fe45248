import CLibrdkafka

/// A group member's identity and generation at one moment (`rd_kafka_consumer_group_metadata_t`).
///
/// **Ownership:** this value; freed by `rd_kafka_consumer_group_metadata_destroy`. Not to be kept: it is stale
/// after the next rebalance, and only a fresh one lets the coordinator refuse a member that was replaced.
///
/// **Thread:** one at a time.
@safe struct GroupMetadata: ~Copyable {
  let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    unsafe self.raw = raw
  }

  deinit { unsafe rd_kafka_consumer_group_metadata_destroy(raw) }
}

extension KafkaConsumer {
  /// Asks for the member's identity and generation as they are now, to commit these partitions with.
  ///
  /// A member that was thrown out has no identity until it joins again, and brokers accept transactional
  /// offsets without one from anybody (for producers older than KIP-447). So a subscribed consumer must be a
  /// member, and own what it commits. Asking for the identity after the metadata is enough: a lost one cannot
  /// come back before this thread polls.
  ///
  /// - Parameter partitions: The partitions whose offsets will be sent.
  /// - Returns: The metadata.
  /// - Throws: ``KafkaError`` that requires an abort if the member has lost its partitions.
  func groupMetadata(
    toCommit partitions: some Sequence<TopicPartition>
  ) throws(KafkaError) -> GroupMetadata {
    let client = try live()
    guard let raw = unsafe rd_kafka_consumer_group_metadata(client.raw) else {
      throw KafkaError(code: .invalidArgument, message: "the consumer has no group: set group.id")
    }
    let metadata = unsafe GroupMetadata(owning: raw)
    guard isSubscribed else { return metadata }
    let owned = Set(assignment)
    if !client.isGroupMember || !partitions.allSatisfy(owned.contains) {
      throw KafkaError(
        code: .assignmentLost,
        message: "the group has taken the partitions away from this member: abort and poll",
        requiresAbort: true
      )
    }
    return metadata
  }
}
