import CreditEvents
import FeaturePipeline
import StrictJSON
import TestSupport
import Testing

@testable import ModelTraining

@Suite("Applications joined with their outcomes")
struct MatureApplicationsTests {
  private static let day: Int64 = 86_400_000

  private func outcome(_ id: String, _ outcome: LoanOutcome.Outcome, known: Int64) -> [UInt8] {
    var writer = JSONWriter()
    LoanOutcome(applicationID: id, outcome: outcome, knownAtMilliseconds: known).encode(into: &writer)
    return writer.bytes
  }

  private func application(_ id: String, trade: String, amount: Int = 100) -> [UInt8] {
    Array(
      "{\"id\":\"\(id)\",\"amount\":\(amount),\"income\":50,\"rating\":0.5,\"owner\":1,\"trade\":\"\(trade)\"}"
        .utf8
    )
  }

  /// Joins records of one partition, given as id, value and time, with outcomes.
  private func join(
    _ applications: [(id: String, value: [UInt8], time: Int64)],
    _ outcomes: [[UInt8]],
    maturityDays: Double,
    asOf: Int64
  ) throws -> MatureApplications {
    var refresh = RefreshDeclaration()
    refresh.maturityDays = maturityDays
    var join = try MatureApplications(SyntheticLoans.declaration().pipeline, refresh, asOf: asOf)
    for outcome in outcomes { outcome.withUnsafeBytes { join.add(outcome: $0) } }
    for (offset, record) in applications.enumerated() {
      let place = MatureApplications.Place(partition: 0, offset: Int64(offset))
      record.value.withUnsafeBytes { join.note($0, id: record.id, at: place, of: record.time) }
    }
    for (offset, record) in applications.enumerated() {
      let place = MatureApplications.Place(partition: 0, offset: Int64(offset))
      try record.value.withUnsafeBytes { try join.add($0, id: record.id, at: place) }
    }
    return join
  }

  private var few: RefreshDeclaration {
    var refresh = RefreshDeclaration()
    (refresh.minimumRows, refresh.minimumDefaults) = (1, 1)
    return refresh
  }

  @Test("Mature applications get their outcome; young ones and those without one are left out and counted")
  func joins() throws {
    let join = try join(
      [
        ("b", application("b", trade: "nurse"), 0), ("a", application("a", trade: "pilot"), 0),
        ("young", application("young", trade: "clerk"), 5 * Self.day),
        ("open", application("open", trade: "clerk"), 0), ("broken", Array("{\"id\":".utf8), 0),
      ],
      [
        outcome("a", .defaulted, known: Self.day), outcome("b", .repaid, known: Self.day),
        outcome("young", .defaulted, known: 6 * Self.day), outcome("broken", .repaid, known: Self.day),
        Array("no outcome".utf8),
      ],
      maturityDays: 10,
      asOf: 10 * Self.day
    )
    let table = try join.finished(few)
    #expect(table.ids == ["a", "b"] && table.targets == [1, 0])
    let trades = table.dictionaries[4]?.categories ?? []
    #expect(table.columns[4].map { trades[Int($0)] } == ["pilot", "nurse"])
    #expect(
      join.counts
        == MatureApplications.Counts(joined: 2, withoutOutcome: 1, immature: 1, rejected: 1, badOutcomes: 1)
    )
  }

  @Test(
    "Of an id that comes twice the last record counts, of outcomes the last known, and none from the future"
  )
  func twice() throws {
    let join = try join(
      [
        ("a", application("a", trade: "nurse", amount: 1), 0),
        ("a", application("a", trade: "nurse", amount: 2), 0),
      ],
      [
        outcome("a", .defaulted, known: 3), outcome("a", .repaid, known: 2),
        outcome("a", .repaid, known: 100 * Self.day),
      ],
      maturityDays: 0,
      asOf: Self.day
    )
    let table = try join.finished(few)
    #expect(table.columns[0] == [2] && table.targets == [1])
  }

  @Test("Too few mature rows are refused with what is missing and what to do")
  func tooFew() throws {
    let join = try join([], [], maturityDays: 1, asOf: 0)
    let error = #expect(throws: TrainingError.self) { try join.finished(RefreshDeclaration()) }
    #expect(error?.code == .tooFewRows)
    #expect(error?.message.contains("0 mature applications have an outcome") == true)
    #expect(error?.message.contains("at least 1000 and 50 are needed") == true)
  }
}
