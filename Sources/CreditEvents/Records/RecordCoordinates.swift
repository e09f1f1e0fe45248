/// Where a record stands in Kafka: the coordinates that name it for ever.
public struct RecordCoordinates: Sendable, Hashable {
  /// The topic's name.
  public var topic: String
  /// The partition's number.
  public var partition: Int32
  /// The record's offset in the partition.
  public var offset: Int64

  /// Creates the coordinates of a record.
  public init(topic: String, partition: Int32, offset: Int64) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
  }
}
