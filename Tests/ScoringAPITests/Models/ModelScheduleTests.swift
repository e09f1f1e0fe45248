import CreditEvents
import Testing

@testable import ScoringAPI

@Suite("ModelSchedule")
struct ModelScheduleTests {
  private func announcement(_ version: String, _ activeFrom: Int64) -> ModelAnnouncement {
    let identity = ModelIdentity(name: "m", version: version, sha256: String(repeating: "0", count: 64))
    return ModelAnnouncement(model: identity, path: "m/\(version)", activeFromMilliseconds: activeFrom)
  }

  @Test("The latest announcement that is due wins, and a later one that is not due yet waits")
  func due() {
    var schedule = ModelSchedule()
    #expect(schedule.due(at: 0).isEmpty)
    schedule.add(announcement("1", 0))
    schedule.add(announcement("2", 100))
    schedule.add(announcement("3", 500))
    #expect(schedule.due(at: 200).map(\.model.version) == ["2", "1"])
    #expect(schedule.due(at: 300).isEmpty)
    #expect(schedule.due(at: 500).map(\.model.version) == ["3"])
    schedule.add(announcement("1", 0))
    #expect(schedule.due(at: 500).map(\.model.version) == ["1"])
  }

  @Test("Before every activation the first announcement stands in")
  func first() {
    var schedule = ModelSchedule()
    schedule.add(announcement("1", 1_000))
    #expect(schedule.due(at: 0).map(\.model.version) == ["1"])
    #expect(schedule.due(at: 1_000).map(\.model.version) == ["1"])
  }
}
