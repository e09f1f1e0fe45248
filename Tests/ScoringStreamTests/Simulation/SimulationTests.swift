import Foundation
import Testing

@testable import ScoringStream

@Suite("Exactly once, simulated", .timeLimit(.minutes(30)))
struct SimulationTests {
  /// 20,000 in an ordinary run; `FAULTS=full` (release build) makes it a million; `SEED=n` replays one.
  private static let environment = ProcessInfo.processInfo.environment
  private static let schedules = environment["FAULTS"] == "full" ? 1_000_000 : 20_000

  @Test("Every record is answered once, in order, by the right model, whatever fails")
  func keepsItsPromises() async {
    if let seed = Self.environment["SEED"].flatMap({ UInt64($0) }) {
      #expect(Schedule(seed: seed).run() == nil, "SEED=\(seed)")
      return
    }
    let failures = await Self.firstFailures(in: 0..<UInt64(Self.schedules))
    for (seed, violation) in failures {
      Issue.record("SEED=\(seed): \(violation)")
    }
    #expect(failures.isEmpty)
    print("simulation: \(Self.schedules) schedules, \(failures.count) violations")
  }

  @Test("Every planted bug is found", arguments: Mutant.allCases)
  func findsPlantedBugs(mutant: Mutant) {
    var caught: (seed: UInt64, violation: String)?
    for seed in 0..<UInt64(Self.schedules) {
      if let violation = Schedule(seed: seed, mutant: mutant).run() {
        caught = (seed, violation)
        break
      }
    }
    #expect(caught != nil, "\(mutant.rawValue) went unnoticed")
    if let caught {
      print("planted bug \(mutant.rawValue): found by seed \(caught.seed): \(caught.violation)")
    }
  }

  /// Runs schedules on two threads; a few failures are enough.
  private static func firstFailures(in seeds: Range<UInt64>) async -> [(UInt64, String)] {
    await withTaskGroup(of: [(UInt64, String)].self) { group in
      let lanes = UInt64(max(1, min(8, ProcessInfo.processInfo.activeProcessorCount)))
      for lane in 0..<lanes {
        group.addTask {
          var failures: [(UInt64, String)] = []
          var seed = seeds.lowerBound + lane
          while seed < seeds.upperBound, failures.count < 3 {
            if let violation = Schedule(seed: seed).run() { failures.append((seed, violation)) }
            seed += lanes
          }
          return failures
        }
      }
      return await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }
    }
  }
}
