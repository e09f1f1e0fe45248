import Testing

@testable import ScoringStream

@Suite("ScoringLoop: the ordinary way")
struct ScoringLoopTests {
  @Test("A batch is one transaction: begin, produce, offsets, commit")
  func ordinaryBatch() {
    let harness = LoopHarness()
    harness.fill(0, 0..<5)
    harness.rebalances = [.assigned([0])]
    harness.run()
    #expect(
      harness.work == [
        "init_transactions", "accept", "committed", "assign",
        "begin_transaction", "produce", "send_offsets_to_transaction", "commit_transaction",
      ]
    )
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4])
    #expect(harness.group[0]?.offset == 5)
  }

  @Test("The offset committed is the last processed one plus one, for every partition touched")
  func offsets() {
    let harness = LoopHarness { $0.minimumBatch = 100 }
    harness.fill(0, [3, 4, 9])
    harness.fill(1, [0, 7])
    harness.fill(2, [])
    harness.rebalances = [.assigned([0, 1, 2])]
    harness.run()
    #expect(harness.group.mapValues(\.offset) == [0: 10, 1: 8])
    #expect(harness.committed.count == 5)
  }

  @Test("A batch ends when it is full, when its time is over, and when nothing more is at hand")
  func batchEnds() {
    let full = LoopHarness {
      $0.minimumBatch = 4
      $0.maximumBatch = 4
    }
    full.fill(0, 0..<8)
    full.rebalances = [.assigned([0])]
    full.run()
    #expect(full.events.filter { $0 == .committed(records: 4, partitions: 1) }.count == 2)

    let slow = LoopHarness { $0.minimumBatch = 1_000 }
    slow.fill(0, 0..<50)
    slow.durations["poll"] = 5
    slow.rebalances = [.assigned([0])]
    slow.run()
    #expect(slow.events.contains(.committed(records: 21, partitions: 1)), "100 ms at 5 ms a poll")

    let thin = LoopHarness { $0.minimumBatch = 1_000 }
    thin.fill(0, 0..<3)
    thin.rebalances = [.assigned([0])]
    thin.run(idlePolls: 2)
    #expect(thin.events.contains(.committed(records: 3, partitions: 1)))
    #expect(thin.now < 250, "The three records did not wait for the commit interval")
  }

  @Test("The batch limit grows under load and shrinks when idle, within its bounds")
  func sizing() {
    var sizing = BatchSizing(minimum: 4, maximum: 20)
    var limits: [Int] = []
    for _ in 0..<4 {
      sizing.learn(count: sizing.limit, waited: false)
      limits.append(sizing.limit)
    }
    #expect(limits == [8, 16, 20, 20])
    for _ in 0..<4 { sizing.learn(count: 1, waited: true) }
    #expect(sizing.limit == 4)
    sizing.learn(count: 4, waited: true)
    #expect(sizing.limit == 4)
  }

  @Test("A batch is complete when its records are many bytes, however few they are")
  func bytes() {
    let harness = LoopHarness {
      $0.minimumBatch = 100
      $0.maximumBatchBytes = 3_000
    }
    harness.log[0] = (0..<7).map { RecordPosition(partition: 0, offset: $0, timestamp: 0, bytes: 1_000) }
    harness.rebalances = [.assigned([0])]
    harness.run()
    let sizes = harness.events.compactMap { if case .committed(let records, _) = $0 { records } else { nil } }
    #expect(sizes == [3, 3, 1])
  }

  @Test("Records seen before are dropped, gaps in the offsets are not minded")
  func dropGuard() {
    let harness = LoopHarness()
    harness.log[0] = [5, 6].map { RecordPosition(partition: 0, offset: $0, timestamp: 0) }
    harness.group[0] = CommittedPosition(offset: 5)
    harness.rebalances = [.assigned([0])]
    harness.run()
    #expect(
      harness.loop.step(.polled(RecordPosition(partition: 0, offset: 6, timestamp: 0)), at: harness.now).first
        == .dropRecord
    )
    #expect(harness.committed.map(\.offset) == [5, 6])
  }

  @Test("A record of a partition that is not ours is dropped")
  func foreignRecord() {
    let harness = LoopHarness()
    harness.rebalances = [.assigned([0])]
    harness.run()
    let effects = harness.loop.step(
      .polled(RecordPosition(partition: 7, offset: 0, timestamp: 0)),
      at: harness.now
    )
    #expect(effects.first == .dropRecord)
  }

  @Test("Nothing is read before a model is known")
  func noModel() {
    var loop = ScoringLoop()
    #expect(loop.step(.start, at: 0) == [.initialiseProducer])
    #expect(loop.step(.succeeded, at: 0).last?.name == "poll")
    #expect(loop.step(.assigned([0]), at: 0).last == .accept([0]))
    #expect(loop.step(.succeeded, at: 0).isEmpty)
    for time in 1..<5 {
      #expect(
        loop.step(.polled(nil), at: Int64(time)).map(\.name).allSatisfy { $0 == "poll" || $0 == "pause" }
      )
    }
    #expect(loop.step(.announced(ModelActivation(sequence: 3, activeFrom: 0)), at: 9).isEmpty)
    #expect(loop.step(.polled(nil), at: 10) == [.readCommitted([0])])
  }

  @Test("Shutdown commits what is in hand and leaves with 0")
  func shutdown() {
    let harness = LoopHarness { $0.minimumBatch = 100 }
    harness.fill(0, 0..<3)
    harness.rebalances = [.assigned([0])]
    harness.run(idlePolls: 1)
    #expect(harness.committed.isEmpty)
    harness.send(.shutdown)
    harness.run()
    #expect(harness.committed.map(\.offset) == [0, 1, 2])
    #expect(harness.exit == .finished)
  }

  @Test("Shutdown that cannot commit in time is forced")
  func forced() {
    let harness = LoopHarness { $0.minimumBatch = 100 }
    harness.fill(0, 0..<3)
    harness.rebalances = [.assigned([0])]
    harness.run(idlePolls: 1)
    harness.failures["commit_transaction"] = Array(repeating: CallFailure(.retriable), count: 10_000)
    harness.send(.shutdown)
    harness.run()
    #expect(harness.exit == .forced)
    #expect(harness.committed.isEmpty)
    #expect(harness.now <= 250 + LoopLimits().drainBudget + LoopLimits().longestBackoff)
  }

  @Test("A worker stops at the end its partitions had at the start, whatever stands before it")
  func caughtUp() {
    let harness = LoopHarness { $0.watchesForEnd = true }
    harness.fill(0, 0..<3)
    harness.ends = [0: 4, 1: 0]
    harness.rebalances = [.assigned([0, 1])]
    harness.run()
    #expect(!harness.events.contains(.caughtUp), "Offset 3 may still be a record")
    _ = harness.loop.step(.reachedEnd(partition: 0, offset: 4), at: harness.now)
    harness.run()
    #expect(!harness.events.contains(.caughtUp), "Nobody has said where partition 1 ends")
  }

  @Test("At-least-once mode commits offsets only after the answers are delivered")
  func atLeastOnce() {
    let harness = LoopHarness { $0.delivery = .atLeastOnce }
    harness.fill(0, 0..<2)
    harness.rebalances = [.assigned([0])]
    harness.run()
    #expect(harness.work.suffix(3) == ["produce", "flush", "commit_offsets"])
    #expect(harness.group[0]?.offset == 2)
  }
}
