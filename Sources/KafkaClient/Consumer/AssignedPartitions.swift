import CLibrdkafka
import Glibc

/// The partitions a consumer owns and the next offset it expects of each.
///
/// Kept by ourselves: `rd_kafka_position` and the batch API of librdkafka 2.0 go wrong around pause and
/// resume (#4208), and a refetch from an older position must not reach the caller twice (#4686).
struct AssignedPartitions {
  private struct Entry {
    var partition: TopicPartition
    /// The topic's name as a C string, to be compared with librdkafka's without making a `String`.
    var name: ContiguousArray<CChar>
    /// The next offset to accept, nil until the first record tells.
    var next: Int64?
  }

  private var entries: [Entry] = []
  /// Records come in runs of one partition.
  private var latest = 0

  init() {}

  /// Starts with these partitions.
  init(_ partitions: [TopicPartition], startingAt offsets: [TopicPartition: Int64] = [:]) {
    entries = partitions.sorted().map { partition in
      let start = offsets[partition].flatMap { $0 >= 0 ? $0 : nil }
      return Entry(partition: partition, name: ContiguousArray(partition.topic.utf8CString), next: start)
    }
  }

  var partitions: [TopicPartition] { entries.map(\.partition) }

  /// The next offsets that are known.
  var nextOffsets: [TopicPartition: Int64] {
    var offsets: [TopicPartition: Int64] = [:]
    for entry in entries { offsets[entry.partition] = entry.next }
    return offsets
  }

  /// Accepts a record, unless its partition is not owned or its offset is below the next expected one.
  mutating func accept(_ message: borrowing rd_kafka_message_t) -> String? {
    guard let index = unsafe find(message.rkt, message.partition) else { return nil }
    let offset = unsafe message.offset
    if let next = entries[index].next, offset < next { return nil }
    entries[index].next = offset + 1
    return entries[index].partition.topic
  }

  /// Notes that a partition was read up to an offset, transaction markers included.
  mutating func reachEnd(_ message: borrowing rd_kafka_message_t) -> TopicPartition? {
    guard let index = unsafe find(message.rkt, message.partition) else { return nil }
    let offset = unsafe message.offset
    entries[index].next = max(entries[index].next ?? offset, offset)
    return entries[index].partition
  }

  /// The owned partition a message speaks of.
  mutating func partition(of message: borrowing rd_kafka_message_t) -> TopicPartition? {
    unsafe find(message.rkt, message.partition).map { entries[$0].partition }
  }

  private mutating func find(_ topic: OpaquePointer?, _ partition: Int32) -> Int? {
    guard let topic = unsafe topic, let name = unsafe rd_kafka_topic_name(topic) else { return nil }
    if entries.indices.contains(latest), unsafe matches(latest, name, partition) { return latest }
    guard let index = entries.indices.first(where: { unsafe matches($0, name, partition) }) else {
      return nil
    }
    latest = index
    return index
  }

  private func matches(_ index: Int, _ name: UnsafePointer<CChar>, _ partition: Int32) -> Bool {
    guard entries[index].partition.partition == partition else { return false }
    return unsafe entries[index].name.withUnsafeBufferPointer { known in
      guard let start = known.baseAddress else { return false }
      return unsafe strcmp(start, name) == 0
    }
  }
}
