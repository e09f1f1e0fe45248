import Testing

@testable import Simulation

@Suite("Pace")
struct PaceTests {
  @Test("Records are spread evenly over the time")
  func even() {
    var pace = Pace(recordsPerSecond: 1000)
    var now: Int64 = 0
    for _ in 0..<500 { now += pace.delay(at: now) }
    #expect(abs(now - 499_000_000) < 1000)
  }

  @Test("Time that was lost is not made up for by a burst")
  func noBurst() {
    var pace = Pace(recordsPerSecond: 1000)
    _ = pace.delay(at: 0)
    var now: Int64 = 10_000_000_000
    var atOnce = 0
    while true {
      let delay = pace.delay(at: now)
      guard delay == 0 else { break }
      atOnce += 1
    }
    #expect(atOnce == 51)
    now += 1
  }

  @Test("Without a bound nothing waits")
  func unbounded() {
    var pace = Pace(recordsPerSecond: nil)
    for _ in 0..<100 { #expect(pace.delay(at: 0) == 0) }
  }
}
