import CreditEvents
import KafkaClient
import StrictJSON

/// Writes alerts to their topic, each once.
final class AlertPublisher {
  private let topic: String
  private let producer: KafkaProducer
  private var published: PublishedAlerts

  /// Reads what was published before and connects.
  init(_ topic: String, _ properties: KafkaProperties) throws {
    self.topic = topic
    published = try PublishedAlerts(reading: topic, properties)
    producer = try KafkaProducer(properties)
  }

  /// Publishes those of the alerts that are new, and waits until brokers have them.
  ///
  /// - Parameter alerts: Alerts in their order.
  /// - Returns: Those that were new.
  /// - Throws: `KafkaError`, or ``MonitorError`` when an alert was not acknowledged.
  func publish(_ alerts: [DriftAlert]) throws -> [DriftAlert] {
    let new = alerts.filter { !published.holds($0) }
    guard !new.isEmpty else { return [] }
    for alert in new {
      var writer = JSONWriter()
      alert.encode(into: &writer)
      var headers = RecordHeaders()
      headers.append(DecisionHeader.contentType, "application/json")
      try Array(alert.alertID.utf8).withUnsafeBytes { key in
        try writer.bytes.withUnsafeBytes { value in
          try producer.produce(topic: topic, key: key, value: value, headers: headers)
        }
      }
      published.note(alert)
    }
    try producer.flush(timeoutMilliseconds: 30_000)
    guard producer.deliveries.failed == 0 else {
      throw MonitorError(
        .delivery,
        "alerts were not acknowledged on \"\(topic)\": see the brokers, then start the monitor again; it goes on there"
      )
    }
    return new
  }

  /// Disconnects.
  func close() throws(KafkaError) { try producer.close(deadlineMilliseconds: 5_000) }
}
