import CLibrdkafka

/// What a cluster says about itself.
public struct ClusterDescription: Sendable, Equatable {
  /// The brokers, by id.
  public var brokers: [BrokerDescription]
  /// The topics, by name.
  public var topics: [TopicDescription]

  init(_ metadata: rd_kafka_metadata) {
    unsafe brokers = (0..<Int(metadata.broker_cnt)).map { index in
      let broker = unsafe metadata.brokers[index]
      return unsafe BrokerDescription(id: broker.id, host: String(cString: broker.host), port: broker.port)
    }.sorted { $0.id < $1.id }
    unsafe topics = (0..<Int(metadata.topic_cnt)).map { index in
      unsafe TopicDescription(metadata.topics[index])
    }.sorted { $0.name < $1.name }
  }
}

/// One broker.
public struct BrokerDescription: Sendable, Equatable {
  /// The broker's number in the cluster.
  public var id: Int32
  /// The host it advertises.
  public var host: String
  /// The port it advertises.
  public var port: Int32
}

/// One topic.
public struct TopicDescription: Sendable, Equatable {
  /// The topic's name.
  public var name: String
  /// The partitions, by number.
  public var partitions: [PartitionDescription]
  /// Why the topic cannot be used, nil if it can.
  public var error: KafkaError?

  init(_ topic: rd_kafka_metadata_topic) {
    unsafe name = String(cString: topic.topic)
    unsafe partitions = (0..<Int(topic.partition_cnt)).map { index in
      unsafe PartitionDescription(topic.partitions[index])
    }.sorted { $0.id < $1.id }
    let result = unsafe topic.err
    error =
      result == RD_KAFKA_RESP_ERR_NO_ERROR
      ? nil : KafkaError(result: result, "topic \"\(name)\" is not usable")
  }
}

/// One partition of a topic.
public struct PartitionDescription: Sendable, Equatable {
  /// The partition's number.
  public var id: Int32
  /// The broker that leads it, nil if none does.
  public var leader: Int32?
  /// The brokers that keep a copy.
  public var replicas: [Int32]
  /// Those of them that are up to date.
  public var inSyncReplicas: [Int32]

  init(_ partition: rd_kafka_metadata_partition) {
    unsafe id = partition.id
    unsafe leader = partition.leader >= 0 ? partition.leader : nil
    unsafe replicas = (0..<Int(partition.replica_cnt)).map { unsafe partition.replicas[$0] }
    unsafe inSyncReplicas = (0..<Int(partition.isr_cnt)).map { unsafe partition.isrs[$0] }
  }
}
