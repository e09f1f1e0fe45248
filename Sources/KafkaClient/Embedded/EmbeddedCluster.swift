import CLibrdkafka

/// A Kafka cluster inside this process: librdkafka's mock, on real loopback sockets.
///
/// It serves clients of this and other processes, and every request can be made to fail. **It is never
/// evidence for exactly-once:** it shows aborted records to `read_committed` readers, forgets offsets sent in
/// a transaction, lets two producers share a transactional id, keeps 5 MiB of a partition and drops the rest
/// in silence, and a member that joins a group waits three seconds.
///
/// **Ownership:** this object; freed by `rd_kafka_mock_cluster_destroy`, then the client that carries it.
///
/// **Thread:** any. `@unchecked Sendable`: both pointers never change; every function of `rdkafka_mock.h`
/// either takes the cluster's lock or hands its work to the cluster's own thread and waits.
@safe public final class EmbeddedCluster: @unchecked Sendable {
  private let client: ClientHandle
  let raw: OpaquePointer

  /// Where clients connect: `bootstrap.servers`.
  public let bootstrapServers: String

  /// Starts a cluster.
  ///
  /// - Parameter brokerCount: How many brokers it has; they are numbered from 1.
  /// - Throws: ``KafkaError`` if no sockets can be had.
  public init(brokerCount: Int = 1) throws(KafkaError) {
    let client = try ClientHandle.make(.admin, [:], context: CallbackContext(onEvent: nil))
    guard let raw = unsafe rd_kafka_mock_cluster_new(client.raw, Int32(clamping: brokerCount)) else {
      throw KafkaError(
        code: .state,
        message: "an embedded cluster of \(brokerCount) brokers cannot be started"
      )
    }
    self.client = client
    unsafe self.raw = raw
    unsafe bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(raw))
  }

  deinit { unsafe rd_kafka_mock_cluster_destroy(raw) }

  /// Properties with which a producer or an admin client reaches the cluster.
  public var properties: KafkaProperties { ["bootstrap.servers": bootstrapServers] }

  /// Properties with which a consumer reaches the cluster.
  ///
  /// The mock does not wake a waiting fetch when a record arrives, so fetches must not wait long.
  public var consumerProperties: KafkaProperties {
    properties.merging(["fetch.wait.max.ms": "10"])
  }

  /// Creates a topic.
  ///
  /// - Parameters:
  ///   - name: The topic's name.
  ///   - partitionCount: How many partitions it gets.
  ///   - replicationFactor: How many brokers are named as its replicas.
  /// - Throws: ``KafkaError`` if the topic exists already or the numbers are not possible.
  public func createTopic(
    _ name: String,
    partitionCount: Int,
    replicationFactor: Int = 1
  ) throws(KafkaError) {
    guard partitionCount > 0, replicationFactor > 0 else {
      throw KafkaError(
        code: .invalidArgument,
        message: "topic \"\(name)\" needs at least one partition and one replica"
      )
    }
    let result = unsafe rd_kafka_mock_topic_create(
      raw,
      name,
      Int32(clamping: partitionCount),
      Int32(clamping: replicationFactor)
    )
    try KafkaError.check(result, "cannot create topic \"\(name)\" on the embedded cluster")
  }
}
