import Testing

@testable import ScoringStream

@Suite("PlannedCrash")
struct PlannedCrashTests {
  @Test("There are twelve places, and each is read by its name, with the visit after a colon")
  func names() throws {
    #expect(FailPoint.allCases.count == 12)
    for point in FailPoint.allCases {
      #expect(try PlannedCrash(point.rawValue) == PlannedCrash(point))
      #expect(try PlannedCrash("\(point.rawValue):3") == PlannedCrash(point, visit: 3))
    }
  }

  @Test(
    "What is no order is refused with the list of places",
    arguments: ["", "x", "after_poll:0", "after_poll:1:2"]
  )
  func refused(text: String) {
    #expect {
      _ = try PlannedCrash(text)
    } throws: { error in
      (error as? ScoringStreamError)?.message.contains("during_commit") == true
    }
  }
}
