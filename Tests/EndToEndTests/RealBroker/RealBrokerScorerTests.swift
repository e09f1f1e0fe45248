import Foundation
import Glibc
import KafkaClient
import ScoringStream
import Testing

/// The promises, on the program itself and a cluster that keeps transactions.
@Suite(
  "Scorers on a real broker",
  .serialized,
  .enabled(if: RealStream.brokers != nil, RealStream.skipReason),
  .timeLimit(.minutes(15))
)
struct RealBrokerScorerTests {
  @Test(
    "Killed at any of twelve places and started again, a scorer answers everything once",
    arguments: FailPoint.allCases
  )
  func failPoint(point: FailPoint) throws {
    let stream = try RealStream("fail")
    try stream.publish(0..<300)
    // What happens once per process is met at the first visit, the rest in the middle of the work.
    let once: Set<FailPoint> = [.afterInitTransactions, .afterAssign]
    let order = once.contains(point) ? point.rawValue : "\(point.rawValue):3"
    let victim = try stream.start("0", failPoint: order)
    try #require(victim.waitForEnd(withinSeconds: 40) != nil, "\(point) was not reached: \(victim.words)")
    #expect(victim.wasKilled && victim.status == SIGKILL, "\(point): \(victim.status) \(victim.words)")
    let before = try stream.audit()
    #expect(before.duplicates == 0 && before.torn == 0 && before.outOfOrder == 0, "\(point): \(before)")
    let successor = try stream.start("0", ["--until-end"])
    try #require(successor.waitForEnd(withinSeconds: 40) != nil, "\(point): \(successor.words)")
    #expect(successor.status == 0, "\(point): \(successor.words)")
    let after = try stream.audit()
    #expect(after.isPerfect && after.deadLetters == 6, "\(point): \(after)")
    print("fail point \(point.rawValue): \(before.answers) answered before, then \(after)")
  }

  @Test("Readers of committed records see nothing of a transaction whose scorer was killed before its commit")
  func abortedBatches() throws {
    let stream = try RealStream("abort", partitions: 1)
    try stream.publish(0..<40)
    let victim = try stream.start("0", failPoint: "before_commit")
    try #require(victim.waitForEnd(withinSeconds: 40) != nil)
    #expect(try stream.audit().answers == 0)
    #expect(try stream.uncommittedCount() > 0, "the batch had arrived, or this proves nothing")
    let successor = try stream.start("0", ["--until-end"])
    #expect(successor.waitForEnd(withinSeconds: 40) != nil)
    let after = try stream.audit()
    #expect(after.isPerfect, "\(after)")
    #expect(try stream.uncommittedCount() > after.answers)
  }

  @Test("Of two processes with one name the older one exits with its own code, and nothing is answered twice")
  func twoOfOneName() throws {
    let stream = try RealStream("twice")
    try stream.publish(0..<100)
    let older = try stream.start("0")
    try #require(older.waitForWords("Partitions assigned"))
    let younger = try stream.start("0")
    let seconds = older.waitForEnd(withinSeconds: 30)
    #expect(seconds != nil, "the older process goes on: \(older.words)")
    #expect(older.status == ExitCode.fenced.rawValue, "\(older.words)")
    #expect(older.words.contains("was fenced"))
    try stream.publish(100..<300)
    #expect(try stream.waitForAnswers(300, withinSeconds: 40))
    younger.send(SIGTERM)
    #expect(younger.waitForEnd(withinSeconds: 10) != nil && younger.status == 0, "\(younger.words)")
    let audit = try stream.audit()
    #expect(audit.isPerfect, "\(audit)")
  }

  @Test(
    "A scorer that was stopped in a transaction for longer than its session commits nothing when it comes back"
  )
  func zombie() throws {
    let stream = try RealStream("zombie")
    let sleeper = try stream.start("0")
    try #require(sleeper.waitForWords("Partitions assigned"))
    try stream.publish(0..<4_000)
    while try stream.audit().answers == 0 { usleep(20_000) }
    sleeper.send(SIGSTOP)
    let before = try stream.audit()
    let heir = try stream.start("1")
    #expect(try stream.waitForAnswers(4_000, withinSeconds: 60), "\(heir.words)")
    let whileAsleep = try stream.audit()
    sleeper.send(SIGCONT)
    // Longer than a commit that was under way, or a rebalance, could need.
    _ = sleeper.waitForEnd(withinSeconds: 4)
    let after = try stream.audit()
    #expect(before.answers < 4_000, "it was stopped too late for anything to be left")
    #expect(whileAsleep.answers == 4_000 && after.isPerfect, "\(whileAsleep), then \(after)")
    try stream.publish(4_000..<4_200)
    #expect(try stream.waitForAnswers(4_200, withinSeconds: 40))
    #expect(try stream.audit().isPerfect)
    sleeper.send(SIGKILL)
    heir.send(SIGTERM)
    #expect(heir.waitForEnd(withinSeconds: 10) != nil && heir.status == 0)
  }

  @Test("Members that come and go without end cost nobody an application")
  func rebalanceStorm() throws {
    let stream = try RealStream("storm", partitions: 4)
    let steady = try stream.start("0")
    try #require(steady.waitForWords("Partitions assigned"))
    for round in 0..<4 {
      let guest = try stream.start("guest\(round % 2)")
      try stream.publish(round * 300..<(round + 1) * 300)
      _ = guest.waitForWords("Partitions assigned", withinSeconds: 10)
      guest.send(round % 2 == 0 ? SIGTERM : SIGKILL)
      _ = guest.waitForEnd(withinSeconds: 10)
    }
    #expect(try stream.waitForAnswers(1_200, withinSeconds: 60))
    steady.send(SIGTERM)
    #expect(steady.waitForEnd(withinSeconds: 10) != nil && steady.status == 0, "\(steady.words)")
    let audit = try stream.audit()
    #expect(audit.isPerfect, "\(audit)")
  }
}
