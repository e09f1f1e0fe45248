import Testing

@testable import ScoringStream

@Suite("ScoringLoop: rebalances")
struct RebalanceTests {
  private func holdingThree(_ adjust: (inout LoopLimits) -> Void = { _ in }) -> LoopHarness {
    let harness = LoopHarness {
      $0.minimumBatch = 100
      adjust(&$0)
    }
    harness.fill(0, 0..<3)
    harness.rebalances = [.assigned([0])]
    harness.run(idlePolls: 1)
    return harness
  }

  /// A worker that may not be rebalanced, holding three records.
  private func settled() -> LoopHarness {
    let harness = holdingThree { $0.refusesRebalance = true }
    #expect(!harness.names.contains("assign"), "Nothing is read before all have joined")
    harness.send(.membershipSettled)
    harness.run(idlePolls: 2)
    #expect(harness.names.last == "poll")
    return harness
  }

  @Test("A revocation finishes the batch in hand, then releases")
  func finishesFirst() {
    let harness = holdingThree()
    harness.rebalances = [.revoked([0])]
    harness.run(idlePolls: 1)
    #expect(harness.committed.map(\.offset) == [0, 1, 2])
    #expect(harness.work.suffix(2) == ["commit_transaction", "release"])
  }

  @Test("A revocation without a budget drops the batch and releases at once")
  func dropsFirst() {
    let harness = holdingThree { $0.revokeBudget = 0 }
    harness.rebalances = [.revoked([0])]
    harness.run(idlePolls: 1)
    #expect(harness.committed.isEmpty)
    #expect(harness.work.last == "release")
    #expect(harness.events.contains(.released([0], lost: false, dropped: 3)))
  }

  @Test("Lost partitions are let go with their records")
  func lost() {
    let harness = holdingThree()
    harness.rebalances = [.lost([0])]
    harness.run(idlePolls: 1)
    #expect(harness.committed.isEmpty)
    #expect(harness.work.last == "release")
  }

  @Test("A commit that does not end within the revocation's budget is left to the next producer")
  func budgetOver() {
    let harness = holdingThree { $0.revokeBudget = 500 }
    harness.failures["commit_transaction"] = Array(repeating: CallFailure(.retriable), count: 100)
    harness.rebalances = [.revoked([0])]
    harness.run(idlePolls: 1)
    #expect(harness.work.contains("release"))
    #expect(harness.now < 2_000)
    harness.failures = [:]
    harness.rebalances = [.assigned([0])]
    harness.run(idlePolls: 20)
    #expect(harness.names.filter { $0 == "init_transactions" }.count == 2)
    #expect(harness.committed.map(\.offset) == [0, 1, 2])
  }

  @Test("After release and assignment reading starts from what the group has committed")
  func comesBack() {
    let harness = holdingThree()
    harness.rebalances = [.revoked([0]), .assigned([0, 1])]
    harness.fill(1, [0, 1])
    harness.group[1] = CommittedPosition(offset: 1)
    harness.run(idlePolls: 10)
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 1])
  }

  @Test("A rebalance after all have joined ends the worker where offsets would be forgotten")
  func refused() {
    let harness = settled()
    harness.rebalances = [.revoked([0])]
    harness.run()
    #expect(harness.exit == .rebalanced)
    #expect(harness.work.suffix(2) == ["release", "leave"])
  }

  @Test("A rebalance during shutdown is expected")
  func rebalanceWhileStopping() {
    let harness = settled()
    harness.send(.shutdown)
    harness.rebalances = [.revoked([0])]
    harness.run()
    #expect(harness.exit == .finished)
    #expect(harness.committed.map(\.offset) == [0, 1, 2])
  }

  @Test("After leaving every rebalance is answered by letting go")
  func whileLeaving() {
    let harness = holdingThree()
    harness.send(.shutdown)
    harness.run()
    #expect(harness.loop.step(.revoked([0]), at: harness.now) == [.release([0])])
  }
}
