import Testing

@testable import ScoringStream

@Suite("ScoringLoop: recovery")
struct RecoveryTests {
  private func harness(records: Int64 = 6, _ adjust: (inout LoopLimits) -> Void = { _ in }) -> LoopHarness {
    let harness = LoopHarness(adjust)
    harness.fill(0, 0..<records)
    harness.rebalances = [.assigned([0])]
    return harness
  }

  @Test(
    "A retriable failure repeats the same call with the same arguments",
    arguments: [
      "begin_transaction", "produce", "send_offsets_to_transaction", "commit_transaction",
    ]
  )
  func retriable(call: String) {
    let harness = harness()
    harness.failures[call] = [CallFailure(.retriable), CallFailure(.retriable)]
    harness.run()
    let repeated = harness.calls.filter { $0.name == call }
    #expect(repeated.count == 3)
    #expect(Set(repeated.map { "\($0)" }).count == 1)
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4, 5])
  }

  @Test(
    "A failure that requires abort: abort, read the committed offsets, fetch from there, try again",
    arguments: [
      "begin_transaction", "produce", "send_offsets_to_transaction", "commit_transaction",
    ]
  )
  func requiresAbort(call: String) {
    let harness = harness()
    harness.failures[call] = [CallFailure(.requiresAbort)]
    harness.run()
    let names = harness.work
    let abort = names.firstIndex(of: "abort_transaction") ?? 0
    #expect(
      Array(names[abort...].prefix(4)) == ["abort_transaction", "committed", "assign", "begin_transaction"]
    )
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4, 5])
    #expect(!names.contains { $0 == "init_transactions" && names.lastIndex(of: $0) != 0 })
  }

  @Test(
    "A broken or doubtful producer is replaced, never aborted; the committed offsets are read again",
    arguments: [
      ("begin_transaction", CallFailure.Kind.fatal), ("produce", .fatal),
      ("send_offsets_to_transaction", .fatal),
      ("commit_transaction", .fatal), ("commit_transaction", .indefinite),
    ]
  )
  func recreates(call: String, kind: CallFailure.Kind) {
    let harness = harness()
    harness.failures[call] = [CallFailure(kind)]
    harness.run()
    #expect(!harness.work.contains("abort_transaction"))
    let names = harness.work
    let again = names.lastIndex(of: "init_transactions") ?? 0
    #expect(again > 0)
    #expect(
      Array(names[again...].prefix(4)) == ["init_transactions", "committed", "assign", "begin_transaction"]
    )
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4, 5])
  }

  @Test("A commit whose reply was lost but which took effect is not repeated")
  func lostCommitReply() {
    let harness = harness()
    harness.failures["commit_transaction"] = [CallFailure(.indefinite)]
    harness.group[0] = CommittedPosition(offset: 0)
    // The commit took effect although its reply never came: the group stands after the batch.
    harness.durations["init_transactions"] = 1
    harness.rebalances = [.assigned([0])]
    harness.run(idlePolls: 1)
    harness.group[0] = CommittedPosition(offset: 6)
    harness.run()
    #expect(harness.committed.isEmpty, "Nothing is answered a second time")
  }

  @Test("When repeating takes longer than the budget, the producer is replaced")
  func budget() {
    let harness = harness()
    harness.failures["commit_transaction"] = Array(repeating: CallFailure(.retriable), count: 100)
    harness.run()
    #expect(harness.names.filter { $0 == "init_transactions" }.count > 1)
    #expect(!harness.names.contains("abort_transaction"))
  }

  @Test("A committed offset that is no longer in the log ends the worker: nothing is passed over in silence")
  func truncatedLog() {
    let harness = harness()
    harness.group[0] = CommittedPosition(offset: 3, start: 4)
    harness.run()
    #expect(harness.exit == .inputLost)
    #expect(harness.committed.isEmpty)
    let intact = self.harness()
    intact.group[0] = CommittedPosition(offset: 3, start: 3)
    intact.run()
    #expect(intact.committed.map(\.offset) == [3, 4, 5])
  }

  @Test("Fenced means exit, with its own code and nothing else")
  func fenced() {
    let harness = harness()
    harness.failures["commit_transaction"] = [CallFailure(.fenced)]
    harness.run()
    #expect(harness.exit == .fenced)
    #expect(harness.calls.suffix(2).map(\.name) == ["commit_transaction", "leave"])
  }

  @Test("While the producer cannot be made, partitions are paused and polling goes on")
  func pausesWhileWaiting() {
    let harness = harness()
    harness.failures["commit_transaction"] = [CallFailure(.fatal)]
    harness.failures["init_transactions"] = [
      nil, CallFailure(.retriable), CallFailure(.retriable), CallFailure(.retriable),
    ]
    harness.run(idlePolls: 20)
    let tries = harness.names.indices.filter { harness.names[$0] == "init_transactions" }
    #expect(tries.count == 5)
    for (one, next) in zip(tries.dropFirst(), tries.dropFirst(2)) {
      #expect(harness.names[one..<next].contains("poll"))
    }
    #expect(harness.paused.isEmpty)
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4, 5])
  }

  @Test("The one guilty record among many is found by halving and dead-lettered after three attempts alone")
  func isolation() {
    let harness = harness(records: 40) { $0.minimumBatch = 32 }
    harness.poison = [11]
    harness.run(idlePolls: 200)
    #expect(harness.committed.map(\.offset) == Array(0..<40))
    #expect(harness.committed.filter(\.isDeadLetter).map(\.offset) == [11])
    #expect(harness.events.contains(.condemned(partition: 0, offset: 11, attempts: 3)))
    let limits = harness.events.compactMap { if case .isolating(let limit) = $0 { limit } else { nil } }
    #expect(limits == [16, 8, 4, 2, 1, 1, 1, 1], "32 → 16 → 8 → 4 → 2 → 1, then three attempts alone")
  }

  @Test("Two guilty records are both found, all others are decided")
  func twoGuilty() {
    let harness = harness(records: 30) { $0.minimumBatch = 16 }
    harness.poison = [3, 4]
    harness.run(idlePolls: 400)
    #expect(harness.committed.map(\.offset) == Array(0..<30))
    #expect(harness.committed.filter(\.isDeadLetter).map(\.offset) == [3, 4])
  }

  @Test("Attempts survive the worker: a successor goes on counting where it crashed")
  func attemptsSurvive() {
    let first = harness(records: 8) {
      $0.minimumBatch = 1; $0.maximumBatch = 1
    }
    first.poison = [0]
    first.failures["begin_transaction"] = Array(repeating: nil, count: 4) + [CallFailure(.fenced)]
    first.run(idlePolls: 100)
    #expect(first.exit == .fenced)
    #expect(OffsetNote(text: first.group[0]?.metadata ?? "").attempts == 2)
    let second = harness(records: 8)
    second.poison = [0]
    second.group = first.group
    second.run(idlePolls: 100)
    #expect(second.events.filter { if case .aborted = $0 { true } else { false } }.count == 1)
    #expect(second.committed.filter(\.isDeadLetter).map(\.offset) == [0])
  }

  @Test("Rebalances and lost connections are nobody's fault: no halving, no attempts")
  func noBlame() {
    let harness = harness()
    harness.failures["send_offsets_to_transaction"] = Array(
      repeating: CallFailure(.requiresAbort, blamesRecord: false, reason: "ILLEGAL_GENERATION"),
      count: 9
    )
    harness.run(idlePolls: 200)
    #expect(harness.committed.map(\.offset) == [0, 1, 2, 3, 4, 5])
    #expect(harness.committed.filter(\.isDeadLetter).isEmpty)
    #expect(!harness.events.contains { if case .isolating = $0 { true } else { false } })
  }

  @Test("A dead letter that cannot be written is not skipped: the stream waits, longer each time")
  func deadLetterTopicDown() {
    let harness = harness(records: 3)
    harness.failures["commit_transaction"] = [CallFailure(.requiresAbort, blamesRecord: true)]
    for _ in 0..<12 {
      harness.failures["commit_transaction", default: []] += [
        nil, CallFailure(.requiresAbort, blamesRecord: true),
      ]
    }
    harness.run(idlePolls: 400)
    #expect(harness.committed.map(\.offset) == [0, 1, 2])
    let condemned = harness.events.compactMap {
      if case .condemned(_, let offset, _) = $0 { offset } else { nil }
    }
    #expect(condemned == [0])
  }
}
