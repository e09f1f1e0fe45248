import Testing

@testable import ScoringStream

@Suite("DeadLetterWatch: poison or a broken schema")
struct DeadLetterWatchTests {
  @Test(
    "A share of exactly the limit is poison, one dead letter more is not; fewer records than a window are not judged"
  )
  func limit() {
    var watch = DeadLetterWatch(share: 0.5, window: 10)
    watch.learn(9, deadLetters: 9)
    #expect(!watch.isTripped)
    watch.reset()
    for _ in 0..<20 { watch.learn(2, deadLetters: 1) }
    #expect(!watch.isTripped)
    watch.learn(2, deadLetters: 2)
    #expect(watch.isTripped)
    #expect(watch.records == 10 && watch.deadLetters == 6)
  }

  @Test("Old batches are forgotten, and a share of 1 is never exceeded")
  func window() {
    var watch = DeadLetterWatch(share: 0.5, window: 100)
    watch.learn(90, deadLetters: 90)
    watch.learn(100, deadLetters: 0)
    #expect(!watch.isTripped && watch.deadLetters == 0 && watch.records == 100)
    var never = DeadLetterWatch(share: 1, window: 1)
    for _ in 0..<9 { never.learn(5, deadLetters: 5) }
    #expect(!never.isTripped)
  }

  private func harness(_ adjust: (inout LoopLimits) -> Void = { _ in }) -> LoopHarness {
    let harness = LoopHarness {
      $0.minimumBatch = 10
      $0.maximumBatch = 10
      $0.deadLetterWindow = 20
      adjust(&$0)
    }
    harness.fill(0, 0..<100)
    harness.unreadable = Set(30..<100)
    harness.rebalances = [.assigned([0])]
    return harness
  }

  @Test("A broken schema stops reading with an alert; polling goes on, and nothing is skipped")
  func suspends() {
    let harness = harness()
    harness.run(idlePolls: 30)
    // 20 of the window's 20 records are readable, then 10, then none.
    #expect(harness.committed.count == 50)
    #expect(harness.group[0]?.offset == 50)
    #expect(harness.events.count { $0 == .suspended(deadLetters: 20, records: 20) } == 1)
    #expect(harness.paused == [0])
    #expect(harness.names.suffix(20).allSatisfy { $0 == "poll" })
  }

  @Test("A model announced since lets reading go on from the committed offset")
  func resumes() {
    let harness = harness()
    harness.run(idlePolls: 30)
    harness.unreadable = []
    harness.send(.announced(ModelActivation(sequence: 5, activeFrom: 0)))
    harness.run(idlePolls: 30)
    #expect(harness.events.contains(.unsuspended))
    #expect(harness.paused.isEmpty)
    #expect(harness.committed.map(\.offset) == Array(0..<100))
    #expect(harness.committed.suffix(50).allSatisfy { !$0.isDeadLetter && $0.model == 5 })
  }

  @Test("A run to the end has nobody to wait for: it leaves with its own code")
  func untilEnd() {
    let harness = harness { $0.watchesForEnd = true }
    harness.run(idlePolls: 30)
    #expect(harness.exit == .tooManyDeadLetters)
  }

  @Test("While it is suspended a worker still shuts down in order and follows rebalances")
  func suspendedAndStopped() {
    let harness = harness()
    harness.run(idlePolls: 10)
    harness.rebalances = [.revoked([0])]
    harness.run(idlePolls: 2)
    #expect(harness.work.last == "release")
    harness.send(.shutdown)
    harness.run(idlePolls: 2)
    #expect(harness.exit == .finished)
  }
}
