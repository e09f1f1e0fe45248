import CreditEvents
import Testing

@testable import ScoringStream

@Suite("DeadLetterCopy: how much of a record its dead letter carries")
struct DeadLetterCopyTests {
  private func copy(value: Int, headers: Int = 0, key: Int = 10, refusals: Int = 0) -> DeadLetterCopy {
    DeadLetterCopy(value: value, headers: headers, key: key, limit: 100_000, refusals: refusals)
  }

  @Test("What fits stays whole")
  func whole() {
    #expect(copy(value: 90_000, headers: 5_000).cut(ofValue: 90_000).isEmpty)
    #expect(copy(value: 0, key: 0).cut(ofValue: 0).isEmpty)
  }

  @Test("A value that does not fit is cut, the rest stays")
  func value() {
    let copy = copy(value: 500_000, headers: 1_000)
    #expect(copy.cut(ofValue: 500_000) == [.value])
    #expect(copy.valueBytes == 100_000 - 2_048 - 1_000 - 10)
  }

  @Test("Headers and key go when they alone are too large")
  func headersAndKey() {
    #expect(copy(value: 100, headers: 200_000).cut(ofValue: 100) == [.headers])
    #expect(copy(value: 100, key: 200_000).cut(ofValue: 100) == [.key])
    #expect(
      copy(value: 300_000, headers: 300_000, key: 300_000).cut(ofValue: 300_000) == [.value, .headers, .key]
    )
  }

  @Test("Whatever the record, the dead letter keeps within the limit, and each refusal makes it smaller")
  func bounded() {
    for value in [0, 1_000, 97_000, 1_000_000] {
      for headers in [0, 40_000, 60_000, 2_000_000] {
        for key in [0, 40_000, 60_000, 1_000_000] {
          var before = Int.max
          for refusals in 0..<12 {
            let copy = copy(value: value, headers: headers, key: key, refusals: refusals)
            let size = copy.valueBytes + (copy.keepsHeaders ? headers : 0) + (copy.keepsKey ? key : 0)
            #expect(size + 2_048 <= max(100_000 >> min(refusals * 4, 40), DeadLetterCopy.smallestLimit))
            #expect(size <= before)
            #expect(copy.keepsTimestamp == (refusals == 0))
            before = size
          }
        }
      }
    }
  }
}
