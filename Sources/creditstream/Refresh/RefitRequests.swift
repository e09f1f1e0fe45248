import CreditEvents
import KafkaClient
import StrictJSON

/// Drift alerts that ask for a model to be fitted again, from the moment of listening on.
final class RefitRequests {
  private let consumer: KafkaConsumer
  private let parser = JSONParser(limits: .event)
  private let model: String
  private var served: Set<String> = []

  /// Listens to a topic; older alerts are the business of earlier runs.
  init(_ topic: String, of model: String, _ properties: KafkaProperties) throws {
    self.model = model
    consumer = try KafkaConsumer(properties)
    var ends: [TopicPartition: Int64] = [:]
    for partition in try consumer.partitions(of: topic, timeoutMilliseconds: 10_000) {
      ends[partition] = try consumer.watermarks(of: partition, timeoutMilliseconds: 10_000).high
    }
    try consumer.assign(ends)
  }

  /// Waits for a request.
  ///
  /// - Parameter milliseconds: How long to wait at most.
  /// - Returns: The alert that asks; nil when none came. One incident asks once, however often it is repeated.
  /// - Throws: `KafkaError` when the topic can be read no more.
  func next(within milliseconds: Int) throws -> DriftAlert? {
    switch consumer.poll(timeoutMilliseconds: milliseconds) {
    case .record(let record):
      // An alert that cannot be read asks for nothing; the monitor's own schema keeps it readable.
      let alert: DriftAlert? = record.withValue { value in
        value.flatMap { bytes in try? parser.withRoot(of: bytes) { try DriftAlert(json: $0) } }
      }
      guard let alert, alert.requestsRefit, alert.change != .closed else { return nil }
      guard alert.model == nil || alert.model?.name == model else { return nil }
      return served.insert(alert.incidentID).inserted ? alert : nil
    case .error(let error, _) where error.isFatal: throw error
    case .error, .endOfPartition, .nothing: return nil
    }
  }

  func close() throws { try consumer.close(deadlineMilliseconds: 2_000) }
}
