/// What one poll brought.
public enum PollOutcome {
  /// A record, in the order of its partition, each offset at most once per assignment or seek.
  case record(ConsumedRecord)
  /// There was nothing more to read in a partition; the offset is the next one it will read.
  case endOfPartition(TopicPartition, offset: Int64)
  /// Reading failed, for one partition or the whole client; polling may go on unless it is fatal.
  case error(KafkaError, TopicPartition?)
  /// The time-out passed; callbacks may have run.
  case nothing
}
