import Logging
import Testing

@testable import ScoringStream

@Suite("ProgressWatch: whether a worker gets on", .timeLimit(.minutes(5)))
struct ProgressWatchTests {
  private typealias Reading = ProgressWatch.Reading

  /// Looks once a second; the readings are functions of the second.
  private func verdicts(
    _ seconds: Range<Int64>,
    steps: (Int64) -> Int,
    events: (Int64) -> Int = { _ in 0 },
    hasBacklog: Bool = true,
    isWaiting: Bool = false
  ) -> [ProgressWatch.Verdict] {
    var watch = ProgressWatch(limit: 10_000)
    return seconds.map { second in
      let reading = Reading(
        steps: steps(second),
        events: events(second),
        hasBacklog: hasBacklog,
        isWaiting: isWaiting
      )
      return watch.judge(reading, at: second * 1_000)
    }
  }

  @Test("A loop that takes no step for the limit is stuck, not a moment earlier")
  func stuck() {
    let verdicts = verdicts(0..<13, steps: { min(Int($0), 2) }, events: { Int($0) })
    #expect(verdicts.firstIndex(of: .stuck(10_000)) == 12)
    #expect(verdicts.prefix(12).allSatisfy { $0 == .fine })
  }

  @Test("Steps without answers while records wait are a stall; without backlog, or on purpose, they are none")
  func stalled() {
    let stalled = verdicts(0..<12, steps: { Int($0) }, events: { min(Int($0), 1) })
    #expect(stalled.last == .stalled(10_000))
    #expect(verdicts(0..<30, steps: { Int($0) }, hasBacklog: false).allSatisfy { $0 == .fine })
    #expect(verdicts(0..<30, steps: { Int($0) }, isWaiting: true).allSatisfy { $0 == .fine })
  }

  @Test("A machine that stood still as a whole is no reason to blame the worker")
  func overslept() {
    var watch = ProgressWatch(limit: 10_000)
    let reading = Reading(steps: 1, events: 1, hasBacklog: true, isWaiting: false)
    #expect(watch.judge(reading, at: 0) == .fine)
    #expect(watch.judge(reading, at: 60_000) == .fine)
    #expect(watch.judge(reading, at: 64_000) == .fine)
    #expect(watch.judge(reading, at: 68_000) == .fine)
    #expect(watch.judge(reading, at: 70_000) == .stuck(10_000))
  }

  @Test("Where there is no worker to look at, everything is fine")
  func absent() {
    var watch = ProgressWatch(limit: 10)
    for time in stride(from: Int64(0), to: 100, by: 5) { #expect(watch.judge(nil, at: time) == .fine) }
  }

  @Test("A worker that hangs is given up with a code on which supervisors start the process again")
  func givesUp() throws {
    let figures = WorkerStatistics()
    figures.setRunning(true)
    figures.noteStep()
    let watchdog = Watchdog(
      [("app.0.0", figures)],
      limit: 2_000,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    var failure: ScoringStreamError?
    watchdog.run { failure = $0 }
    #expect(failure?.exitCode == .internalFailure)
    #expect(failure?.message.hasPrefix("app.0.0 hangs in a call") == true)
  }
}
