import Foundation
import Glibc
import Testing

/// Pressure over minutes; only where `SOAK_MINUTES` says how many.
@Suite(
  "Soak on a real broker",
  .serialized,
  .enabled(
    if: RealStream.brokers != nil && ProcessInfo.processInfo.environment["SOAK_MINUTES"] != nil,
    "skipped: set KAFKA_BOOTSTRAP_SERVERS and SOAK_MINUTES (10 is the figure in the documentation)"
  ),
  .timeLimit(.minutes(60))
)
struct RealBrokerSoakTests {
  private static let minutes = ProcessInfo.processInfo.environment["SOAK_MINUTES"].flatMap { Double($0) } ?? 1
  private static let rate = ProcessInfo.processInfo.environment["SOAK_RATE"].flatMap { Int($0) } ?? 300

  @Test("Memory and file descriptors of a scorer stay flat, and everything is answered once")
  func flat() throws {
    let stream = try RealStream("soak", partitions: 4)
    let scorer = try stream.start("0", batch: 1_000, workers: 2)
    try #require(scorer.waitForWords("Partitions assigned"))
    var samples: [(minute: Double, kibibytes: Int, descriptors: Int)] = []
    let clock = ContinuousClock()
    let start = clock.now
    var published = 0
    while true {
      let elapsed = Double((clock.now - start) / .milliseconds(1)) / 60_000
      guard elapsed < Self.minutes else { break }
      let due = Int(elapsed * 60 * Double(Self.rate))
      if due > published {
        try stream.publish(published..<due)
        published = due
      }
      // The first tenth warms up: buffers grow to their size.
      if elapsed > Self.minutes / 10, let footprint = scorer.footprint {
        samples.append((elapsed, footprint.kibibytes, footprint.descriptors))
      }
      usleep(500_000)
    }
    #expect(try stream.waitForAnswers(published, withinSeconds: 60))
    scorer.send(SIGTERM)
    #expect(scorer.waitForEnd(withinSeconds: 10) != nil && scorer.status == 0, "\(scorer.words)")
    let audit = try stream.audit()
    #expect(audit.isPerfect, "\(audit)")
    let slope = Self.slope(samples.map { ($0.minute, Double($0.kibibytes) / 1_024) })
    let descriptors = Set(samples.map(\.descriptors))
    let peak = samples.map(\.kibibytes).max() ?? 0
    print(
      "soak: \(Self.minutes) min, \(audit); RSS slope \(slope) MiB/min, peak \(peak / 1_024) MiB, fds \(descriptors.sorted())"
    )
    #expect(slope < 1)
    #expect((descriptors.max() ?? 0) - (descriptors.min() ?? 0) <= 4)
  }

  @Test("Five times what a scorer can do, for thirty seconds: memory stays bounded, and the backlog drains")
  func overload() throws {
    let stream = try RealStream("overload", partitions: 4)
    // Batches of at most 16 by one worker make a slow scorer of any machine.
    let scorer = try stream.start("0", batch: 16, workers: 1)
    try #require(scorer.waitForWords("Partitions assigned"))
    let clock = ContinuousClock()
    try stream.publish(0..<2_000)
    let start = clock.now
    #expect(try stream.waitForAnswers(2_000, withinSeconds: 60))
    let capacity = 2_000 / (Double((clock.now - start) / .milliseconds(1)) / 1_000)
    var published = 2_000
    let flood = clock.now
    var peak = 0
    while clock.now - flood < .seconds(30) {
      let elapsed = Double((clock.now - flood) / .milliseconds(1)) / 1_000
      let due = 2_000 + Int(elapsed * capacity * 5)
      try stream.publish(published..<max(published, due))
      published = max(published, due)
      peak = max(peak, scorer.footprint?.kibibytes ?? 0)
      usleep(50_000)
    }
    let before = scorer.footprint?.kibibytes ?? 0
    #expect(try stream.waitForAnswers(published, withinSeconds: 400))
    let drained = Double((clock.now - flood) / .milliseconds(1)) / 1_000
    scorer.send(SIGTERM)
    #expect(scorer.waitForEnd(withinSeconds: 10) != nil && scorer.status == 0, "\(scorer.words)")
    let audit = try stream.audit()
    #expect(audit.isPerfect, "\(audit)")
    print(
      "overload: capacity \(Int(capacity))/s, \(published) published, drained after \(drained) s, RSS peak \(peak / 1_024) MiB; \(audit)"
    )
    #expect(peak < 400 << 10 && before < 400 << 10)
  }

  /// Least squares.
  private static func slope(_ points: [(Double, Double)]) -> Double {
    let n = Double(points.count)
    let (x, y) = (points.reduce(0) { $0 + $1.0 } / n, points.reduce(0) { $0 + $1.1 } / n)
    let covariance = points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    let variance = points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    return variance > 0 ? covariance / variance : 0
  }
}
