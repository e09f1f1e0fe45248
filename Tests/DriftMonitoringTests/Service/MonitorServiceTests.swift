import CreditEvents
import DriftDetection
import Foundation
import KafkaClient
import Logging
import StrictJSON
import Testing

@testable import DriftMonitoring

/// The service on an embedded cluster: reading, publishing and starting anew.
@Suite("MonitorService", .timeLimit(.minutes(2)), .serialized)
struct MonitorServiceTests {
  private let cluster: EmbeddedCluster
  private var settings = MonitorSettings()

  init() throws {
    cluster = try EmbeddedCluster(brokerCount: 1)
    for topic in [settings.topics.partials, settings.topics.alerts] {
      try cluster.createTopic(topic, partitionCount: 1)
    }
    settings.brokers = cluster.bootstrapServers
    settings.kafka = ["fetch.wait.max.ms": "10"]
    // The log's records are new, their events are not.
    settings.flow.lagMilliseconds = 315_360_000_000
  }

  private func publish(_ values: [[UInt8]]) throws {
    let producer = try KafkaProducer(cluster.properties)
    for value in values {
      try value.withUnsafeBytes { value in
        try producer.produce(topic: settings.topics.partials, key: nil, value: value)
      }
    }
    try producer.close()
  }

  private func publish(_ partials: [DriftPartial]) throws {
    try publish(
      partials.map { partial in
        var writer = JSONWriter()
        partial.encode(into: &writer)
        return writer.bytes
      }
    )
  }

  private func run(_ options: MonitorService.Options = .init()) async throws -> MonitorService {
    let reference = try Population.reference()
    var options = options
    options.untilEnd = true
    let service = try MonitorService(
      settings,
      options: options,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { _ in reference }
    try await service.run()
    return service
  }

  private func alerts() throws -> [DriftAlert] {
    let consumer = try KafkaConsumer(cluster.properties.merging(["fetch.wait.max.ms": "10"]))
    try consumer.assign([TopicPartition(settings.topics.alerts, 0): LogicalOffset.beginning])
    var alerts: [DriftAlert] = []
    while true {
      switch consumer.poll(timeoutMilliseconds: 5_000) {
      case .record(let record):
        let value = Array(try #require(record.value))
        let alert = try JSONParser(limits: .event).withRoot(of: value) { try DriftAlert(json: $0) }
        #expect(record.key.map { String(decoding: $0, as: UTF8.self) } == alert.alertID)
        alerts.append(alert)
      case .endOfPartition:
        try consumer.close()
        return alerts
      case .error(let error, _): throw error
      case .nothing: return alerts
      }
    }
  }

  @Test("Alerts are published once, however often the monitor starts, and go on where they were")
  func publishesOnce() async throws {
    let reference = try Population.reference()
    let events = Population.events(5_000, seed: 41) { index, values in
      if index > 1_500 { values[0] *= 1.3 }
    }
    let log = Population.partials(events, reference)
    try publish(Array(log.prefix(log.count / 2)))
    _ = try await run()
    let first = try alerts()
    #expect(!first.isEmpty)
    _ = try await run()
    #expect(try alerts() == first)
    try publish(Array(log.dropFirst(log.count / 2)))
    let service = try await run()
    let all = try alerts()
    #expect(all.starts(with: first))
    // What one fold of the whole log says.
    var fold = DriftFold(try settings.rules())
    #expect(all == fold.fold(log, reference: reference))
    #expect(service.fold.models.first?.windows.landmark.eventCount == 5_000)
  }

  @Test("A record that is no partial is counted and passed by; gauges are written for Prometheus")
  func unreadable() async throws {
    let reference = try Population.reference()
    try publish([Array("nonsense".utf8), Array("{\"schema\":2}".utf8)])
    try publish(Population.partials(Population.events(2_000, seed: 42), reference))
    let path = FileManager.default.temporaryDirectory.appending(path: "drift-\(UUID().uuidString).prom")
      .path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = MonitorService.Options()
    options.metricsFile = path
    let service = try await run(options)
    #expect(service.unreadableCount == 2)
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.contains("creditstream_drift_partials_total{result=\"unreadable\"} 2\n"))
    #expect(page.contains("creditstream_drift_psi{name=\"loans\",version=\"1\",feature=\"income\"} 0.0"))
    #expect(
      page.contains("creditstream_drift_open_alerts{name=\"loans\",version=\"1\",severity=\"major\"} 0.0")
    )
  }

  @Test("Several partitions of partials are refused: they have no one order")
  mutating func partitions() async throws {
    settings.topics.partials = "partials.two"
    try cluster.createTopic(settings.topics.partials, partitionCount: 2)
    await #expect(throws: MonitorError.self) { _ = try await run() }
  }
}
