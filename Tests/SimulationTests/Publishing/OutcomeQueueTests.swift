import CreditEvents
import TestSupport
import Testing

@testable import Simulation

@Suite("OutcomeQueue")
struct OutcomeQueueTests {
  @Test("Outcomes come out by time, equal times in the order they went in")
  func order() {
    for seed in 0..<50 {
      var random = SplitMix64(seed: UInt64(seed))
      let outcomes = (0..<Int.random(in: 0...200, using: &random)).map { number in
        LoanOutcome(
          applicationID: "\(number)",
          outcome: .repaid,
          knownAtMilliseconds: Int64.random(in: 0..<40, using: &random)
        )
      }
      var queue = OutcomeQueue()
      for outcome in outcomes { queue.add(outcome) }
      var taken: [LoanOutcome] = []
      for moment: Int64? in [10, 25, nil] {
        while let outcome = queue.take(knownBy: moment) { taken.append(outcome) }
        #expect(taken.count == outcomes.count { moment == nil || $0.knownAtMilliseconds <= moment ?? 0 })
      }
      let sorted = outcomes.enumerated().sorted {
        ($0.element.knownAtMilliseconds, $0.offset) < ($1.element.knownAtMilliseconds, $1.offset)
      }
      #expect(taken == sorted.map(\.element), "seed \(seed)")
      #expect(queue.count == 0)
    }
  }
}
