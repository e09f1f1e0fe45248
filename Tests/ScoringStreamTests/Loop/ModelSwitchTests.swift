import Testing

@testable import ScoringStream

@Suite("ModelTimeline")
struct ModelTimelineTests {
  private func timeline(_ activations: [(Int64, Int64)]) -> ModelTimeline {
    var timeline = ModelTimeline()
    for (sequence, activeFrom) in activations {
      timeline.add(ModelActivation(sequence: sequence, activeFrom: activeFrom))
    }
    return timeline
  }

  @Test(
    "The latest announcement that a whole batch is due for wins",
    arguments: [
      (Int64(50), nil, Int64(0)), (100, nil, 0), (150, 0, 1), (250, 0, 2), (250, 1, 2), (150, 2, 2),
      (0, 2, 2),
    ] as [(Int64, Int64?, Int64)]
  )
  func choice(earliest: Int64, inForce: Int64?, expected: Int64) {
    let timeline = timeline([(0, 100), (1, 150), (2, 200)])
    #expect(timeline.model(earliest: earliest, inForce: inForce)?.sequence == expected)
  }

  @Test("A later announcement with an earlier time supersedes the ones before it")
  func superseded() {
    let timeline = timeline([(0, 0), (5, 300), (6, 200)])
    #expect(timeline.model(earliest: 250, inForce: 0)?.sequence == 6)
    #expect(timeline.model(earliest: 400, inForce: 6)?.sequence == 6)
  }

  @Test("Without any announcement there is no model; a compacted one is stood in for by its neighbour")
  func edges() {
    #expect(ModelTimeline().model(earliest: 0, inForce: nil) == nil)
    let timeline = timeline([(4, 0), (9, 500)])
    #expect(timeline.model(earliest: 100, inForce: 6)?.sequence == 4)
    #expect(timeline.model(earliest: 100, inForce: 2)?.sequence == 4)
  }

  @Test("A partition switches at the first batch whose records are all due, and says whether that was late")
  func switches() {
    let harness = LoopHarness {
      $0.minimumBatch = 4; $0.maximumBatch = 4
    }
    harness.fill(0, 0..<12)
    harness.send(.announced(ModelActivation(sequence: 7, activeFrom: 1_006)))
    harness.rebalances = [.assigned([0])]
    harness.run()
    // Timestamps 1000…1011 in batches of four: the batch 1004…1007 straddles the switch, the next one is wholly due.
    #expect(harness.committed.map(\.model) == Array(repeating: 0, count: 8) + Array(repeating: 7, count: 4))
    #expect(harness.events.contains(.modelSwitched(partition: 0, sequence: 7, late: true)))
  }

  @Test("An announcement during a transaction takes effect at the next batch")
  func betweenTransactions() {
    let harness = LoopHarness()
    harness.fill(0, 0..<2)
    harness.rebalances = [.assigned([0])]
    harness.run()
    harness.send(.announced(ModelActivation(sequence: 1, activeFrom: 0)))
    harness.fill(0, 0..<4)
    harness.run()
    #expect(harness.committed.map(\.model) == [0, 0, 1, 1])
  }

  @Test("The model in force survives the worker, even when later records are older")
  func survives() {
    let first = LoopHarness()
    first.send(.announced(ModelActivation(sequence: 7, activeFrom: 1_000)))
    first.fill(0, 0..<2)
    first.rebalances = [.assigned([0])]
    first.run()
    let second = LoopHarness()
    second.send(.announced(ModelActivation(sequence: 7, activeFrom: 1_000)))
    second.group = first.group
    second.log[0] = [RecordPosition(partition: 0, offset: 2, timestamp: 5)]
    second.rebalances = [.assigned([0])]
    second.run()
    #expect(second.committed.map(\.model) == [7])
  }
}
