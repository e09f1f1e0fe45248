import CLibrdkafka

/// What a client is for; it decides the shipped defaults.
public enum ClientRole: String, Sendable, CaseIterable {
  /// Reads records, as a member of a group or by explicit assignment.
  case consumer
  /// Writes records and offsets in transactions.
  case transactionalProducer
  /// Writes records without transactions, each once.
  case producer
  /// Manages topics.
  case admin

  var libraryType: rd_kafka_type_t {
    self == .consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
  }
}
