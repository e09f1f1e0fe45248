import KafkaClient
import Testing

@testable import ScoringStream

/// What brokers do to a scorer at work; again no evidence for exactly-once, since the embedded cluster has none.
@Suite("Disturbances of the cluster", .serialized, .timeLimit(.minutes(5)))
struct DisturbanceTests {
  enum Disturbance: String, CaseIterable, Sendable {
    case leaderMoves, leaderless, groupCoordinatorMoves, transactionCoordinatorMoves, oneBrokerDown
    case allBrokersDown, slowBroker
  }

  private static let partitions = 4
  private static let count = 600

  @Test("Whatever moves, goes down or slows down, the work is done and nothing hangs")
  func disturbances() async {
    await withTaskGroup(of: (Disturbance, String?).self) { group in
      for disturbance in Disturbance.allCases {
        group.addTask {
          do { return (disturbance, try await Self.run(disturbance)) } catch {
            return (disturbance, "\(error)")
          }
        }
      }
      for await (disturbance, problem) in group {
        #expect(problem == nil, "\(disturbance): \(problem ?? "")")
      }
    }
  }

  /// Publishes in portions and disturbs the cluster in between; nil when everything was answered.
  private static func run(_ disturbance: Disturbance) async throws -> String? {
    var stream = try EmbeddedStream(partitions: partitions, workers: 1, brokers: 3)
    stream.settings.kafka["session.timeout.ms"] = "6000"
    stream.settings.kafka["transaction.timeout.ms"] = "5000"
    try stream.announce("1")
    let service = stream.service { $0.refusesRebalance = false }
    let running = Task { try await service.run() }
    try await service.waitUntilAssigned()
    for portion in 0..<6 {
      let ids = portion * 100..<(portion + 1) * 100
      try stream.publish(stream.topics.applications, ids.map { ("\($0)", "{\"id\":\($0)}") })
      if portion > 0, portion < 5 { try await disturb(stream, disturbance, portion) }
      try await Task.sleep(for: .milliseconds(150))
    }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    var answered = 0
    while answered < count, clock.now < deadline {
      try await Task.sleep(for: .milliseconds(100))
      guard service.statistics.events >= count else { continue }
      answered = Set(try stream.read(stream.topics.decisions).compactMap(\.key)).count
    }
    let start = clock.now
    service.stop()
    try await running.value
    guard answered == count else { return "\(answered) of \(count) answered: \(service.statistics)" }
    return clock.now - start < .seconds(10) ? nil : "took \(clock.now - start) to stop"
  }

  private static func disturb(_ stream: EmbeddedStream, _ disturbance: Disturbance, _ portion: Int)
    async throws
  {
    let cluster = stream.cluster
    let broker = Int32(1 + portion % 3)
    let worker = stream.settings.identity(ofWorker: 0)
    switch disturbance {
    case .leaderMoves:
      for topic in [stream.topics.applications, stream.topics.decisions] {
        for partition in 0..<Int32(partitions) {
          try cluster.setLeader(of: TopicPartition(topic, partition), to: broker)
        }
      }
    case .leaderless:
      let partition = TopicPartition(stream.topics.decisions, Int32(portion % partitions))
      try cluster.setLeader(of: partition, to: nil)
      try await Task.sleep(for: .milliseconds(500))
      try cluster.setLeader(of: partition, to: broker)
    case .groupCoordinatorMoves:
      try cluster.setCoordinator(of: .group, stream.settings.application, to: broker)
    case .transactionCoordinatorMoves: try cluster.setCoordinator(of: .transaction, worker, to: broker)
    case .oneBrokerDown:
      try cluster.takeDown(broker: broker)
      try await Task.sleep(for: .milliseconds(700))
      try cluster.bringUp(broker: broker)
    case .allBrokersDown:
      try cluster.takeDown()
      try await Task.sleep(for: .milliseconds(700))
      try cluster.bringUp()
    case .slowBroker: try cluster.setRoundTrip(milliseconds: portion == 4 ? 0 : 200, broker: broker)
    }
  }
}
