import CreditEvents
import DriftDetection
import StrictJSON
import Testing

@testable import ScoringStream

/// Partials on an embedded cluster: the wiring, not exactly-once, which the simulation proves.
@Suite("Partials of a scorer", .timeLimit(.minutes(2)), .serialized)
struct PartialReportTests {
  @Test("The partials of a run cover every offset once and count every decision")
  func coversEverything() async throws {
    let profile = try ReferenceProfile(
      features: [FeatureReference(number: "digit", values: (0..<10).map { Double($0) })]
    )
    let stream = try EmbeddedStream(partitions: 3, workers: 2)
    try stream.announce("1")
    try stream.publish(
      stream.topics.applications,
      (0..<300).map { ("\($0)", $0 % 50 == 49 ? "broken" : "{\"id\":\($0)}") },
      timestamp: 1_763_800_000_000
    )
    let service = stream.service { options in
      options.untilEnd = true
    } load: { announcement in
      {
        NumberScorer(model: announcement.model.version, watch: EventWatch(profile, blockMilliseconds: 60_000))
      }
    }
    try await service.run()

    var ledger = OffsetLedger()
    var sum = WindowCounts(slotCount: profile.slotCount)
    var deadLetters = 0
    for record in try stream.read(stream.topics.partials) {
      let value = Array(try #require(record.value).utf8)
      let partial = try JSONParser(limits: .event).withRoot(of: value) { try DriftPartial(json: $0) }
      #expect(ledger.admit(partial.offsets, of: partial.partition) == .counted)
      #expect(partial.offsets.count == partial.decisions + partial.deadLetters)
      #expect(partial.model.version == "1" && partial.topic == stream.topics.applications)
      #expect(record.key?.hasPrefix("creditstream.0.") == true)
      deadLetters += partial.deadLetters
      for block in partial.blocks {
        #expect(block.index == 1_763_800_000_000 / 60_000)
        try sum.add(
          SparseCounts(
            slots: block.slots,
            counts: block.counts.map(UInt64.init),
            eventCount: UInt64(block.events)
          )
        )
      }
    }
    #expect(deadLetters == 6)
    #expect(ledger.marks.values.reduce(0, +) == 300)
    var expected = WindowCounts(slotCount: profile.slotCount)
    let counter = EventCounter(profile: profile)
    for id in 0..<300 where id % 50 != 49 {
      [Double(id % 10)].withUnsafeBufferPointer { counter.count($0, into: &expected) }
    }
    #expect(sum == expected)
  }
}
