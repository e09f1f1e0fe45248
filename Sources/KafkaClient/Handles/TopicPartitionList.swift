import CLibrdkafka
import Glibc

/// An `rd_kafka_topic_partition_list_t`.
///
/// **Ownership:** this value; freed by `rd_kafka_topic_partition_list_destroy`, which also frees the metadata
/// of its elements.
///
/// **Thread:** one at a time.
@safe struct TopicPartitionList: ~Copyable {
  let raw: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init(owning raw: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) {
    unsafe self.raw = raw
  }

  init(capacity: Int) {
    unsafe raw = rd_kafka_topic_partition_list_new(Int32(capacity))
  }

  deinit { unsafe rd_kafka_topic_partition_list_destroy(raw) }

  /// A list of whole topics, as `subscribe` takes it.
  init(topics: [String]) {
    self.init(capacity: topics.count)
    for topic in topics { _ = unsafe rd_kafka_topic_partition_list_add(raw, topic, -1) }
  }

  /// A list of partitions without offsets.
  init(_ partitions: some Collection<TopicPartition>) {
    self.init(capacity: partitions.count)
    for partition in partitions { append(partition) }
  }

  /// A list of partitions with offsets, sorted, so that requests do not depend on a dictionary's order.
  init(_ offsets: [TopicPartition: Int64]) {
    self.init(capacity: offsets.count)
    for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) { append(partition, offset: offset) }
  }

  /// A list of partitions with offsets and their metadata, sorted.
  init(_ offsets: [TopicPartition: OffsetAndMetadata]) {
    self.init(capacity: offsets.count)
    for (partition, position) in offsets.sorted(by: { $0.key < $1.key }) {
      append(partition, offset: position.offset, metadata: position.metadata)
    }
  }

  private func append(
    _ partition: TopicPartition,
    offset: Int64 = LogicalOffset.committed,
    metadata: String = ""
  ) {
    guard
      let element = unsafe rd_kafka_topic_partition_list_add(raw, partition.topic, partition.partition)
    else { return }
    unsafe element.pointee.offset = offset
    // The list frees the text with free(3), so strdup(3) is the right allocator.
    guard !metadata.isEmpty, let copy = unsafe strdup(metadata) else { return }
    unsafe element.pointee.metadata = UnsafeMutableRawPointer(copy)
    unsafe element.pointee.metadata_size = strlen(copy)
  }

  var count: Int { unsafe Int(raw.pointee.cnt) }

  /// What a list that librdkafka owns or has filled says about its partitions.
  static func elements(
    of raw: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) -> [TopicPartitionResult] {
    guard let raw = unsafe raw else { return [] }
    return unsafe (0..<Int(raw.pointee.cnt)).map { index in
      let element = unsafe raw.pointee.elems[index]
      let metadata = unsafe UnsafeRawBufferPointer(start: element.metadata, count: element.metadata_size)
      return unsafe TopicPartitionResult(
        partition: TopicPartition(String(cString: element.topic), element.partition),
        offset: element.offset,
        metadata: String(decoding: metadata, as: UTF8.self),
        result: element.err
      )
    }
  }

  var elements: [TopicPartitionResult] { unsafe Self.elements(of: raw) }

  /// Throws the first error that librdkafka has written into an element.
  func checkElements(_ context: String) throws(KafkaError) {
    for element in elements where element.result != RD_KAFKA_RESP_ERR_NO_ERROR {
      throw KafkaError(result: element.result, "\(context) \(element.partition)")
    }
  }
}

/// One element of a partition list, copied out.
struct TopicPartitionResult {
  var partition: TopicPartition
  var offset: Int64
  var metadata: String
  var result: rd_kafka_resp_err_t
}
