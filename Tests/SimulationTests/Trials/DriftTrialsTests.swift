import FeaturePipeline
import Foundation
import Testing

@testable import Simulation

@Suite("Trials of drift detectors")
struct DriftTrialsTests {
  private static func options() -> DriftTrials.Options {
    var options = DriftTrials.Options()
    options.referenceRows = 7_000
    options.onset = 1_000
    options.changedRows = 3_000
    options.nullRows = 3_000
    options.runs = 2
    return options
  }

  private static func scenario(_ name: String, _ change: (inout DriftPart) -> Void) -> DriftScenario {
    var part = DriftPart()
    change(&part)
    return DriftScenario(name: name, about: "A test.", parts: [part])
  }

  private static func report() throws -> TrialReport {
    let scenarios = [
      scenario("rise") { $0.scale = ["INCOME": 1.5] },
      scenario("news") {
        $0.share = 0.1
        $0.set = ["KIND": "boat"]
      },
      scenario("nothing") { $0.scale = ["INCOME": 1] },
    ]
    return try DriftTrials(DriftPlanterTests.table(4_000), scenarios: scenarios, options: options()).run()
  }

  @Test("The dummies are what they are called, and a detector worth its name is better than both")
  func dummies() throws {
    let report = try Self.report()
    let never = try #require(report.detectors.first { $0.name == "never" })
    #expect(never.missedCount == 6 && never.falseAlarmCount == 0 && never.elsewhereCount == 0)
    let always = try #require(report.detectors.first { $0.name == "always" })
    // Every step of 100 rows, in two runs of 3,000.
    #expect(always.missedCount == 0 && always.falseAlarmCount == 60 && always.elsewhereCount == 6)
    #expect(always.outcomes.allSatisfy { $0.delays == [100, 100] })
    let ours = try #require(report.detectors.first { $0.name == "sequential, tolerates 0.005" })
    #expect(ours.falseAlarmCount == 0 && ours.elsewhereCount == 0)
    #expect(ours.outcomes.map(\.missedCount) == [0, 0, 2])
    #expect(ours.outcomes.prefix(2).allSatisfy { $0.medianDelay ?? .max <= 500 })
    let windows = try #require(report.detectors.first { $0.name.hasPrefix("PSI from 0.1") })
    #expect(windows.outcomes[0].delays.allSatisfy { $0 % 1_000 == 0 })
    #expect(report.detectors.contains { $0.name.hasPrefix("Evidently") })
  }

  @Test("The same seed gives the same report to the byte")
  func deterministic() throws {
    #expect(try Self.report().encoded() == Self.report().encoded())
  }
}
