import Foundation
import Glibc
import TestSupport
import Testing

/// Random kills of three scorers under load; 6 in an ordinary run, 100 over 100,000 applications with `FAULTS=full`.
@Suite(
  "Kills on a real broker",
  .serialized,
  .enabled(if: RealStream.brokers != nil, RealStream.skipReason),
  .timeLimit(.minutes(20))
)
struct RealBrokerKillTests {
  private static let kills = RealStream.isFull ? 100 : 6
  private static let applications = RealStream.isFull ? 100_000 : 6_000

  @Test("kill -9 again and again: nothing lost, doubled, torn or out of order, and work goes on soon")
  func randomKills() throws {
    let stream = try RealStream("kill", partitions: 6)
    var random = SplitMix64(seed: 9)
    var scorers = try (0..<3).map { try stream.start("\($0)", batch: 200) }
    for scorer in scorers { try #require(scorer.waitForWords("Partitions assigned"), "\(scorer.words)") }
    let perKill = Self.applications / (Self.kills + 1)
    var published = 0
    var recoveries: [Double] = []
    let clock = ContinuousClock()
    for _ in 0..<Self.kills {
      try stream.publish(published..<published + perKill)
      published += perKill
      usleep(UInt32(random.next() % 400_000))
      let victim = Int(random.next() % 3)
      scorers[victim].send(SIGKILL)
      _ = scorers[victim].waitForEnd(withinSeconds: 5)
      let start = clock.now
      scorers[victim] = try stream.start("\(victim)", batch: 200)
      // A static member that comes back has its partitions at once; recovered is who reads again.
      let isBack = scorers[victim].waitForWords("Partitions assigned", withinSeconds: 20)
      #expect(isBack, "\(scorers[victim].words)")
      recoveries.append(Double((clock.now - start) / .milliseconds(1)) / 1_000)
    }
    try stream.publish(published..<Self.applications)
    #expect(try stream.waitForAnswers(Self.applications, withinSeconds: 120))
    for scorer in scorers { scorer.send(SIGTERM) }
    for scorer in scorers {
      #expect(scorer.waitForEnd(withinSeconds: 10) != nil && scorer.status == 0, "\(scorer.words)")
    }
    let audit = try stream.audit()
    #expect(audit.isPerfect, "\(audit)")
    recoveries.sort()
    let tail = recoveries[min(recoveries.count - 1, recoveries.count * 95 / 100)]
    #expect(tail <= 10)
    print(
      "kills: \(Self.kills), \(audit); back at work after p50 \(recoveries[recoveries.count / 2]) s, p95 \(tail) s"
    )
  }
}
