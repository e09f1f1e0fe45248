import CreditEvents
import Foundation
import KafkaClient
import ModelRegistry
import StrictJSON
import TestSupport
import Testing

@testable import ScoringAPI

extension ServerTests {
  /// On the embedded cluster, which is no evidence for exactly-once; here it only has to take and give records.
  @Suite("With Kafka", .serialized, .timeLimit(.minutes(2)))
  struct KafkaTests {
    private static func announce(_ version: String, _ registry: ModelRegistry, _ cluster: EmbeddedCluster)
      throws
    {
      let bundle = try registry.bundle("sample", version: version)
      var writer = JSONWriter()
      registry.announcement(of: bundle, activeFromMilliseconds: 0).encode(into: &writer)
      let producer = try KafkaProducer(cluster.properties)
      try writer.bytes.withUnsafeBytes {
        try producer.produce(topic: "loan.models", partition: 0, key: nil, value: $0)
      }
      try producer.close()
    }

    private static func decisions(_ cluster: EmbeddedCluster, count: Int) throws -> [(
      value: String, headers: RecordHeaders
    )] {
      let consumer = try KafkaConsumer(cluster.consumerProperties)
      try consumer.assign([TopicPartition("loan.decisions", 0): LogicalOffset.beginning])
      var found: [(String, RecordHeaders)] = []
      let end = Date.now.addingTimeInterval(10)
      while found.count < count, Date.now < end {
        guard case .record(let record) = consumer.poll(timeoutMilliseconds: 100) else { continue }
        found.append((String(decoding: record.value ?? [], as: UTF8.self), record.headers))
      }
      try consumer.close(deadlineMilliseconds: 2_000)
      return found
    }

    private func run(
      _ body: @escaping @Sendable (TestServer, EmbeddedCluster) async throws -> Void
    ) async throws {
      let cluster = try EmbeddedCluster()
      try cluster.createTopic("loan.decisions", partitionCount: 1)
      try cluster.createTopic("loan.models", partitionCount: 1)
      try await TestServer.run({ settings, folder in
        settings.kafka.brokers = cluster.bootstrapServers
        settings.kafka.acknowledgeMilliseconds = 2_000
        settings.kafka.properties["fetch.wait.max.ms"] = "10"
      }) { server in try await body(server, cluster) }
    }

    private static func waitUntilReady(_ server: TestServer) async throws {
      for _ in 0..<100 where try server.send("GET", "/health/ready").status != 200 {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(try server.send("GET", "/health/ready").status == 200)
    }

    @Test(
      "Without an announced model requests are refused; then each decision stands on the topic, byte for byte"
    )
    func decisionsAreWritten() async throws {
      try await run { server, cluster in
        let early = try server.decide(ProblemCase.good)
        #expect(early.status == 503 && early.body.contains("no-model") && early["retry-after"] != nil)
        try Self.announce("1", server.registry, cluster)
        try await Self.waitUntilReady(server)
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let response = try server.decide(
          ProblemCase.good,
          headers: ["traceparent": trace, "tracestate": "v=1"]
        )
        #expect(response.status == 200)
        let batch = #"{"applications":[{"id":"x"},{"id":"y"},{}]}"#
        #expect(try server.send("POST", "/v1/decisions/batch", body: batch).status == 200)
        let records = try Self.decisions(cluster, count: 3)
        #expect(records.count == 3)
        let first = try #require(records.first)
        #expect(response.body.hasPrefix("{\"decision\":" + first.value))
        let id = JSONText(first.value)["decision_id"].string
        #expect(
          first.headers.lastText(of: "ce_id") == id
            && first.headers.lastText(of: "ce_subject") == ProblemCase.goodID
        )
        #expect(first.headers.lastText(of: "ce_type") == DecisionHeader.eventType)
        #expect(
          first.headers.lastText(of: "traceparent")?.contains("4bf92f3577b34da6a3ce929d0e0e4736") == true
        )
        #expect(
          first.headers.lastText(of: "traceparent") != trace
            && first.headers.lastText(of: "tracestate") == "v=1"
        )
        let page = try server.send("GET", "/metrics").body
        #expect(page.contains("creditstream_journal_records_total 3\n"))
      }
    }

    @Test("An announcement on the topic switches the model under load, and no request is lost")
    func topicSwitch() async throws {
      try await run { server, cluster in
        try Self.announce("1", server.registry, cluster)
        try await Self.waitUntilReady(server)
        let counts = try await Load(port: server.port, connections: 4).run(seconds: 2) {
          try await Task.sleep(for: .milliseconds(700))
          try Self.announce("2", server.registry, cluster)
        }
        #expect(
          counts.failures == 0 && counts.mixtures == 0 && Set(counts.versions.keys) == ["1", "2"],
          "\(counts)"
        )
      }
    }

    @Test("When the brokers do not acknowledge, the request is refused, and a repetition is decided later")
    func brokersDown() async throws {
      try await run { server, cluster in
        try Self.announce("1", server.registry, cluster)
        try await Self.waitUntilReady(server)
        let key = ["Idempotency-Key": "k-1"]
        try cluster.takeDown()
        let waiting = try HTTPConnection(port: server.port)
        waiting.send(TestServer.request("POST", "/v1/decisions", headers: key, body: ProblemCase.good))
        try await Task.sleep(for: .milliseconds(300))
        let second = try server.decide(ProblemCase.good, headers: key)
        #expect(second.status == 409 && second.body.contains("problem:idempotency-key-in-use"))
        let refused = try waiting.response()
        #expect(
          refused.status == 503 && refused.body.contains("not-recorded") && refused["retry-after"] == "1"
        )
        #expect(try server.send("GET", "/health/ready").status == 503)
        try cluster.bringUp()
        var status = 0
        for _ in 0..<20 where status != 200 {
          status = try server.decide(ProblemCase.good, headers: key).status
        }
        #expect(status == 200)
        #expect(try !server.send("GET", "/metrics").body.contains("creditstream_journal_failures_total 0\n"))
      }
    }
  }
}
