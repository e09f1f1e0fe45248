import CreditEvents
public import KafkaClient

/// Reads a topic from its beginning to where it ended when the reading began.
public struct WholeTopic {
  private static let timeoutMilliseconds = 10_000

  private let properties: KafkaProperties

  /// Prepares to read.
  ///
  /// - Parameter properties: How to reach the cluster.
  public init(_ properties: KafkaProperties) {
    self.properties = properties
  }

  /// Reads.
  ///
  /// - Parameters:
  ///   - topic: The topic.
  ///   - progress: Receives the share of the records that was read.
  ///   - body: Receives every record; those of one partition in order.
  /// - Throws: `KafkaError` when the topic cannot be read to its end; what `body` throws.
  public func forEach(
    _ topic: String,
    progress: (Double) -> Void = { _ in },
    _ body: (ConsumedRecord) throws -> Void
  ) throws {
    let consumer = try KafkaConsumer(properties)
    defer { try? consumer.close(deadlineMilliseconds: 2_000) }
    var ends: [TopicPartition: Int64] = [:]
    var total: Int64 = 0
    for partition in try consumer.partitions(of: topic, timeoutMilliseconds: Self.timeoutMilliseconds) {
      let marks = try consumer.watermarks(of: partition, timeoutMilliseconds: Self.timeoutMilliseconds)
      guard marks.high > marks.low else { continue }
      ends[partition] = marks.high
      total += marks.high - marks.low
    }
    guard !ends.isEmpty else { return }
    try consumer.assign(ends.mapValues { _ in LogicalOffset.beginning })
    var read: Int64 = 0
    var idle = 0
    while !ends.isEmpty {
      switch consumer.poll(timeoutMilliseconds: 100) {
      case .record(let record):
        idle = 0
        // What came after the beginning belongs to the next reading.
        guard let end = ends[record.topicPartition] else { continue }
        if record.offset < end { try body(record) }
        read += 1
        if read % 256 == 0 { progress(min(1, Double(read) / Double(total))) }
        if record.offset + 1 >= end { ends[record.topicPartition] = nil }
      case .endOfPartition(let partition, _): ends[partition] = nil
      case .error(let error, _) where error.isFatal: throw error
      case .error(let error, _):
        idle += 1
        if idle * 100 > Self.timeoutMilliseconds { throw error }
      case .nothing:
        idle += 1
        guard idle * 100 <= Self.timeoutMilliseconds else {
          throw KafkaError(
            code: .timedOut,
            message: "\(topic) could not be read to its end: check the brokers",
            isRetriable: true
          )
        }
      }
    }
    progress(1)
  }
}
