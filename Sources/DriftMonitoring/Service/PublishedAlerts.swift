import CreditEvents
import KafkaClient
import StrictJSON

/// What stands on the alerts topic already: a monitor that starts anew does not say it again.
///
/// Alerts of one family come in the order of their positions, so all before the last position said is there, compacted away
/// or not; at that position itself a crash may have cut the alerts of one record.
struct PublishedAlerts: Sendable, Equatable {
  /// How far a family of alerts was said.
  private struct Said: Sendable, Equatable {
    var last: Int64
    var atLast: Set<String> = []
  }

  private var families: [String: Said] = [:]

  /// Notes an alert that was published.
  mutating func note(_ alert: DriftAlert) {
    let family = Self.family(of: alert)
    var said = families[family] ?? Said(last: alert.position)
    guard alert.position >= said.last else { return }
    if alert.position > said.last { said = Said(last: alert.position) }
    said.atLast.insert(Self.name(of: alert))
    families[family] = said
  }

  /// Whether an alert need not be published.
  func holds(_ alert: DriftAlert) -> Bool {
    guard let said = families[Self.family(of: alert)] else { return false }
    return alert.position < said.last
      || alert.position == said.last && said.atLast.contains(Self.name(of: alert))
  }

  /// Alerts that come of one log in one order: those of the partials, and each kind of performance by model.
  private static func family(of alert: DriftAlert) -> String {
    switch alert.kind {
    case .performance, .estimatedPerformance:
      "\(alert.kind.rawValue)/\(alert.model?.name ?? "")/\(alert.model?.version ?? "")"
    default: "partials"
    }
  }

  private static func name(of alert: DriftAlert) -> String { "\(alert.change.rawValue) \(alert.alertID)" }

  /// Reads a topic of alerts to the end it has now.
  ///
  /// - Parameters:
  ///   - topic: The topic.
  ///   - properties: What the client is told.
  /// - Throws: `KafkaError`, or ``MonitorError`` when the topic does not exist.
  init(reading topic: String, _ properties: KafkaProperties) throws {
    let consumer = try KafkaConsumer(properties)
    let partitions = try consumer.partitions(of: topic, timeoutMilliseconds: 10_000)
    guard !partitions.isEmpty else {
      throw MonitorError(.topic, "topic \"\(topic)\" does not exist: create it, or give --create-topics")
    }
    try consumer.assign(Dictionary(uniqueKeysWithValues: partitions.map { ($0, LogicalOffset.beginning) }))
    var open = Set(partitions)
    let parser = JSONParser(limits: .event)
    while !open.isEmpty {
      switch consumer.poll(timeoutMilliseconds: 1_000) {
      case .record(let record):
        guard let value = record.value else { continue }
        // What is no alert of ours says nothing about what was published.
        if let alert = try? parser.withRoot(of: value, { try DriftAlert(json: $0) }) { note(alert) }
      case .endOfPartition(let partition, _): open.remove(partition)
      case .error(let error, _): if error.isFatal { throw error }
      case .nothing: continue
      }
    }
    try consumer.close(deadlineMilliseconds: 5_000)
  }

  /// Nothing was published.
  init() {}
}
