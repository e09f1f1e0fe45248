import CreditEvents
import KafkaClient
import Testing

@testable import ScoringStream

@Suite("ScoringService on the embedded cluster", .serialized, .timeLimit(.minutes(2)))
struct ScoringServiceTests {
  /// Runs a service, does something while it runs, and stops it.
  private func running(
    _ service: ScoringService,
    _ body: () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run() }
      try await service.waitUntilAssigned()
      try await body()
      service.stop()
      try await group.waitForAll()
    }
  }

  private func wait(for service: ScoringService, events: Int) async throws {
    while service.statistics.events < events { try await Task.sleep(for: .milliseconds(10)) }
  }

  @Test("Every application gets one decision, everything else one dead letter with its bytes untouched")
  func decidesAll() async throws {
    let stream = try EmbeddedStream()
    try stream.announce("1")
    let service = stream.service()
    try await running(service) {
      try stream.publish(
        stream.topics.applications,
        (0..<200).map { ("\($0)", "{\"id\":\($0)}") },
        headers: ["traceparent": "00-1-2-01", "private": "x"]
      )
      try stream.publish(
        stream.topics.applications,
        [("bad", "not json"), ("tombstone", nil), (nil, "{\"id\":x}")],
        headers: ["origin": "branch"],
        timestamp: 1_700_000_000_000
      )
      try await wait(for: service, events: 203)
    }
    let decisions = try stream.read(stream.topics.decisions)
    #expect(Set(decisions.map(\.key)).count == 200)
    #expect(decisions.count == 200)
    let one = try #require(decisions.first { $0.key == "7" })
    #expect(one.value?.hasPrefix("{\"application_id\":\"7\",\"model\":\"1\"") == true)
    #expect(one.headers["ce_specversion"] == "1.0")
    #expect(one.headers["ce_type"] == "creditstream.decision.v1")
    #expect(one.headers["ce_subject"] == "7")
    #expect(one.headers["traceparent"] == "00-1-2-01")
    #expect(one.headers["private"] == nil)
    #expect(one.headers["content-type"] == "application/json")
    #expect(DecisionID(one.headers["ce_id"] ?? "") != nil)

    let deadLetters = try stream.read(stream.topics.deadLetters).sorted { ($0.key ?? "") < ($1.key ?? "") }
    #expect(deadLetters.map(\.key) == [nil, "bad", "tombstone"])
    #expect(deadLetters.map(\.value) == ["{\"id\":x}", "not json", nil])
    #expect(
      deadLetters.map { $0.headers["creditstream.error.class"] } == ["not_json", "not_json", "empty_value"]
    )
    #expect(deadLetters.allSatisfy { $0.headers["origin"] == "branch" })
    #expect(deadLetters.allSatisfy { $0.timestamp == 1_700_000_000_000 })
    #expect(deadLetters.allSatisfy { $0.headers["__streams.errors.topic"] == "loan.applications" })

    let statistics = service.statistics
    #expect(statistics.outcomes == [.approve: 100, .decline: 100])
    #expect(statistics.deadLetterCount == 3)
    #expect(statistics.latency.count == 203)
  }

  @Test("A new model takes effect between transactions; a corrupt bundle is refused and the old one stays")
  func modelSwitch() async throws {
    let stream = try EmbeddedStream(partitions: 1, workers: 1)
    try stream.announce("1")
    let service = stream.service()
    try await running(service) {
      try stream.publish(stream.topics.applications, [("0", "{\"id\":0}")])
      try await wait(for: service, events: 1)
      try stream.announce("2", path: "corrupt")
      try stream.announce("3")
      // The follower has read the third announcement when a decision names it; until then the first one decides.
      var next = 1
      while true {
        try stream.publish(stream.topics.applications, [("\(next)", "{\"id\":\(next)}")])
        next += 1
        try await wait(for: service, events: next)
        if service.statistics.modelSwitches == 2 { break }
      }
    }
    let models = try stream.read(stream.topics.decisions).compactMap(\.value).map {
      $0.contains("\"model\":\"1\"") ? 1 : 3
    }
    #expect(models == models.sorted())
    #expect(models.first == 1)
    #expect(models.last == 3)
  }

  @Test("--until-end stops when everything that was there is answered")
  func untilEnd() async throws {
    let stream = try EmbeddedStream()
    try stream.announce("1")
    try stream.publish(stream.topics.applications, (0..<50).map { ("\($0)", "{\"id\":\($0)}") })
    let service = stream.service { $0.untilEnd = true }
    try await service.run()
    #expect(service.statistics.events == 50)
    #expect(try stream.read(stream.topics.decisions).count == 50)
  }

  @Test("Without a model --until-end says what is missing")
  func noModel() async throws {
    let stream = try EmbeddedStream(partitions: 1, workers: 1)
    let service = stream.service { $0.untilEnd = true }
    await #expect { try await service.run() } throws: { error in
      (error as? ScoringStreamError)?.code == .noModel
    }
  }

  @Test("At-least-once mode decides everything too")
  func atLeastOnce() async throws {
    var stream = try EmbeddedStream(partitions: 2, workers: 1)
    stream.settings.delivery = .atLeastOnce
    try stream.announce("1")
    let service = stream.service()
    let topics = stream.topics
    let cluster = stream
    try await running(service) {
      try cluster.publish(topics.applications, (0..<20).map { ("\($0)", "{\"id\":\($0)}") })
      try await wait(for: service, events: 20)
    }
    #expect(Set(try stream.read(topics.decisions).map(\.key)).count == 20)
  }
}
