import CLibrdkafka

extension ClientHandle {
  /// Asks the cluster what it knows, about one topic or all of them.
  ///
  /// - Parameters:
  ///   - topic: The topic, or nil for every topic.
  ///   - timeoutMilliseconds: How long to wait for an answer.
  /// - Returns: The brokers and the topics, sorted.
  /// - Throws: ``KafkaError``, retriable if no broker answered in time.
  func metadata(
    of topic: String?,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> ClusterDescription {
    var handle: OpaquePointer?
    if let topic {
      unsafe handle = rd_kafka_topic_new(raw, topic, nil)
      guard unsafe handle != nil else {
        throw error(rd_kafka_last_error(), "cannot describe topic \"\(topic)\"")
      }
    }
    defer { if let handle = unsafe handle { unsafe rd_kafka_topic_destroy(handle) } }
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let result = unsafe rd_kafka_metadata(
      raw,
      topic == nil ? 1 : 0,
      handle,
      &metadata,
      clampedMilliseconds(timeoutMilliseconds)
    )
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata = unsafe metadata else {
      throw error(result, "cannot read the cluster's metadata")
    }
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    return unsafe ClusterDescription(metadata.pointee)
  }

  /// Asks the broker for the first offset of a partition and the one after its last.
  func watermarks(
    of partition: TopicPartition,
    timeoutMilliseconds: Int
  ) throws(KafkaError) -> Watermarks {
    var low: Int64 = 0
    var high: Int64 = 0
    let result = unsafe rd_kafka_query_watermark_offsets(
      raw,
      partition.topic,
      partition.partition,
      &low,
      &high,
      clampedMilliseconds(timeoutMilliseconds)
    )
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw error(result, "cannot read the watermarks of \(partition)")
    }
    return Watermarks(low: low, high: high)
  }
}

/// A time-out as librdkafka takes it.
func clampedMilliseconds(_ milliseconds: Int) -> Int32 {
  Int32(clamping: max(0, milliseconds))
}
