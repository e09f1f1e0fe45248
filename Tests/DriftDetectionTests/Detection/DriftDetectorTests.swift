import Foundation
import Testing

@testable import DriftDetection

@Suite("Drift detector")
struct DriftDetectorTests {
  /// Rises of the alarm state within so many events, over all features.
  static func alarms(
    _ stream: LoanStream,
    tolerance: DriftTolerance,
    change: LoanStream.Change? = nil,
    events: Int,
    seed: UInt64
  ) throws -> (rises: Int, firstAlarm: Int?, features: Set<String>) {
    var draws = SeededDraws(seed: seed)
    let profile = try stream.reference(rowCount: 15_000, draws: &draws)
    let feed = BlockFeed(slots: stream.slots(in: profile, change: change, draws: &draws), profile: profile)
    var detector = try DriftDetector(profile: profile, tolerance: tolerance)
    var (rises, first, features): (Int, Int?, Set<String>) = (0, nil, [])
    var before = detector.readings.map(\.isAlarm)
    for block in 1...events / 100 {
      let stepped = detector.observe(try feed.block(draws: &draws))
      #expect(stepped)
      let now = detector.readings.map(\.isAlarm)
      let risen = now.indices.filter { now[$0] && !before[$0] }
      rises += risen.count
      if !risen.isEmpty, first == nil {
        first = block * 100
        features = Set(risen.map { profile.features[$0].name })
      }
      before = now
      if change != nil, first != nil { break }
    }
    return (rises, first, features)
  }

  @Test(
    "Unchanged made-up data raise no more alarms than the patience allows, and without tolerance too many"
  )
  func unchangedMadeUp() throws {
    let stream = LoanStream(seed: 1)
    let tolerance = try DriftTolerance()
    var (tolerant, naive) = (0, 0)
    for seed in 0..<2 as Range<UInt64> {
      tolerant += try Self.alarms(stream, tolerance: tolerance, events: 20_000, seed: seed).rises
      naive += try Self.alarms(stream, tolerance: tolerance.naive, events: 20_000, seed: seed).rises
    }
    print("unchanged made-up data, 2 × 20,000 events: \(tolerant) alarms; without tolerance \(naive)")
    // A patience of 100,000 events: less than one alarm expected; five have a probability below 0.0001.
    #expect(tolerant < 5)
    #expect(naive >= 5)
  }

  /// `FAULTS=full` runs every seed, the ordinary run a few of them.
  static let isFull = ProcessInfo.processInfo.environment["FAULTS"] == "full"

  @Test("Unchanged real data stay within the patience; without tolerance they do not")
  func unchangedReal() throws {
    guard let loans = try TaiwanLoans() else { return }
    let stream = LoanStream(loans)
    let tolerance = try DriftTolerance()
    var (tolerant, naive) = (0, 0)
    let runs: UInt64 = Self.isFull ? 10 : 1
    let events = Self.isFull ? 100_000 : 30_000
    for seed in 0..<runs {
      tolerant += try Self.alarms(stream, tolerance: tolerance, events: events, seed: seed).rises
      if seed < 1 {
        naive += try Self.alarms(stream, tolerance: tolerance.naive, events: events, seed: seed).rises
      }
    }
    print(
      "unchanged real data: \(tolerant) alarms in \(runs) × \(events) events; without tolerance \(naive) in one run"
    )
    // At most one a run is expected; 21 of ten, or 5 in one, have a probability below 0.004 by Poisson's law.
    #expect(tolerant < (Self.isFull ? 21 : 5))
    #expect(naive >= 3)
  }
}
