import CLibrdkafka

extension KafkaConsumer {
  /// The partitions the consumer owns, sorted.
  public var assignment: [TopicPartition] { assigned.partitions }

  /// The next offset to be read of each owned partition, where a record or an end of partition has told it.
  public var nextOffsets: [TopicPartition: Int64] { assigned.nextOffsets }

  /// The partitions that are paused.
  public var pausedPartitions: Set<TopicPartition> { paused }

  /// Reads these partitions from these offsets, without a group; replaces what was assigned before.
  ///
  /// - Parameter offsets: Where to start: an offset or one of ``LogicalOffset``.
  /// - Throws: ``KafkaError`` if the consumer is closed or has had a fatal error.
  public func assign(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
    let client = try live()
    try resume(paused.subtracting(offsets.keys))
    let list = TopicPartitionList(offsets)
    let result = unsafe rd_kafka_assign(client.raw, list.raw)
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw client.error(result, "cannot assign partitions")
    }
    assigned = AssignedPartitions(Array(offsets.keys), startingAt: offsets)
    // librdkafka happens to remember these, but nothing says that it will.
    try pause(paused)
  }

  /// Moves owned partitions to other offsets; the others go on where they are.
  ///
  /// Records fetched before are thrown away. This assigns anew with explicit offsets, because
  /// `rd_kafka_seek_partitions` of librdkafka 2.0 takes its time-out for microseconds (#4230).
  ///
  /// - Parameter offsets: New positions; partitions that are not owned (any more) are ignored.
  /// - Throws: ``KafkaError`` if the consumer is closed or has had a fatal error.
  public func seek(to offsets: [TopicPartition: Int64]) throws(KafkaError) {
    var positions: [TopicPartition: Int64] = [:]
    let next = nextOffsets
    for partition in assignment {
      positions[partition] = offsets[partition] ?? next[partition] ?? LogicalOffset.committed
    }
    guard !positions.isEmpty else { return }
    try assign(positions)
  }

  /// Stops fetching from partitions; polling goes on and keeps the membership alive.
  public func pause(_ partitions: Set<TopicPartition>) throws(KafkaError) {
    let owned = partitions.intersection(assignment)
    guard !owned.isEmpty else { return }
    let client = try live()
    let list = TopicPartitionList(owned.sorted())
    try KafkaError.check(unsafe rd_kafka_pause_partitions(client.raw, list.raw), "cannot pause")
    try list.checkElements("cannot pause")
    paused.formUnion(owned)
  }

  /// Fetches again from partitions that ``pause(_:)`` stopped.
  ///
  /// Others are left alone: resuming a partition that is not paused makes librdkafka before 2.4 refetch old
  /// records (#4636).
  ///
  /// - Parameter partitions: The partitions to resume.
  /// - Throws: ``KafkaError`` if the consumer is closed.
  public func resume(_ partitions: Set<TopicPartition>) throws(KafkaError) {
    let stopped = partitions.intersection(paused)
    guard !stopped.isEmpty else { return }
    let client = try live()
    let list = TopicPartitionList(stopped.sorted())
    try KafkaError.check(unsafe rd_kafka_resume_partitions(client.raw, list.raw), "cannot resume")
    try list.checkElements("cannot resume")
    paused.subtract(stopped)
  }

  /// Answers librdkafka's rebalance callback: it waits until the assignment has been taken over or given up.
  func rebalance(
    _ result: rd_kafka_resp_err_t,
    _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) {
    guard let client else { return }
    let partitions = unsafe TopicPartitionList.elements(of: list).map(\.partition).sorted()
    if result == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
      assigned = AssignedPartitions(partitions)
      report(unsafe rd_kafka_assign(client.raw, list), client)
      onRebalance?(self, .assigned(partitions))
    } else {
      // When max.poll.interval.ms expires during a rebalance, librdkafka forgets that the partitions are lost;
      // the identity it has dropped tells.
      let isLost = unsafe rd_kafka_assignment_lost(client.raw) != 0 || !client.isGroupMember
      if result != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS { report(result, client) }
      if !assigned.partitions.isEmpty {
        onRebalance?(self, isLost ? .lost(partitions) : .revoked(partitions))
      }
      forgetPauses()
      assigned = AssignedPartitions()
      report(unsafe rd_kafka_assign(client.raw, nil), client)
    }
  }

  /// Resumes what is paused before it is given up: librdkafka keeps the mark on a partition that is taken away,
  /// and would never fetch from it again if it came back.
  private func forgetPauses() {
    do throws(KafkaError) {
      try resume(paused)
    } catch {
      context.onEvent?(.error(error))
    }
    paused.removeAll()
  }

  private func report(_ result: rd_kafka_resp_err_t, _ client: ClientHandle) {
    guard result != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    context.onEvent?(.error(client.error(result, "a rebalance could not be carried out")))
  }
}
