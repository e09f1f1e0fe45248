/// Something a client tells its owner beside the results of its calls, on the thread that polls.
public enum KafkaEvent: Sendable {
  /// A condition of the whole client; informational unless it is fatal, since librdkafka keeps trying.
  ///
  /// "All brokers down" in particular is often a false alarm: judge health by progress.
  case error(KafkaError)
  /// A line of librdkafka's log.
  case log(KafkaLogEntry)
  /// What the client has counted; comes every `statistics.interval.ms` if that property is set.
  case statistics(KafkaStatistics)
}

/// A line of librdkafka's log.
public struct KafkaLogEntry: Sendable, Equatable {
  /// Syslog's severity: 0 emergency … 3 error, 4 warning, 6 information, 7 debug.
  public var severity: Int
  /// librdkafka's short name of the subject.
  public var facility: String
  /// The line.
  public var message: String

  /// Creates an entry.
  public init(severity: Int, facility: String, message: String) {
    self.severity = severity
    self.facility = facility
    self.message = message
  }
}
