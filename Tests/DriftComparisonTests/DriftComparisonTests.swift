import CreditEvents
import DriftDetection
import FeaturePipeline
import Foundation
import Tables
import TestSupport
import Testing

@testable import DriftComparison

/// Small tables on disk, compared as the command does it.
@Suite("Comparison of two tables")
struct DriftComparisonTests {
  static let declaration = PipelineDeclaration(
    name: "loan-book",
    idField: "ID",
    targetField: "BAD",
    fields: [
      FieldDeclaration(name: "INCOME", kind: .number), FieldDeclaration(name: "PURPOSE", kind: .category),
      FieldDeclaration(name: "OWNER", kind: .flag), FieldDeclaration(name: "EMPTY", kind: .number),
    ],
    derived: [DerivedDeclaration(name: "DOUBLE", expression: "INCOME * 2")]
  )

  /// A table as CSV text; `change` gets income and purpose of each row.
  static func table(
    _ rows: Int,
    seed: UInt64,
    hasOutcome: Bool = true,
    change: (inout Double, inout String) -> Void = { _, _ in }
  ) -> String {
    var random = SplitMix64(seed: seed)
    var lines = ["ID,INCOME,PURPOSE,OWNER,EMPTY" + (hasOutcome ? ",BAD" : "")]
    for row in 0..<rows {
      var income = Double.random(in: 0..<1, using: &random) * Double.random(in: 1_000..<9_000, using: &random)
      var purpose = ["car", "house", "\"other, or none\"", ""].randomElement(using: &random) ?? ""
      change(&income, &purpose)
      let isBad = Double.random(in: 0..<1, using: &random) < 0.1
      lines.append(
        "\(seed)-\(row),\(income),\(purpose),\(row % 3 == 0 ? 1 : 0),"
          + (hasOutcome ? ",\(isBad ? 1 : 0)" : "")
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func report(_ before: String, _ now: String, evidently: Bool = false) throws -> DriftReport {
    try withTemporaryDirectory { folder in
      try Data(before.utf8).write(to: URL(filePath: folder + "/before.csv"))
      try Data(now.utf8).write(to: URL(filePath: folder + "/now.csv"))
      let reader = SampleReader(declaration)
      let reference = try reader.read(folder + "/before.csv", name: "before")
      let current = try reader.read(folder + "/now.csv", name: "now", as: reference)
      let comparison = DriftComparison(
        reference: reference,
        current: current,
        options: ComparisonOptions(tolerance: try DriftTolerance(), hasEvidently: evidently)
      )
      return DriftReport(try comparison.state(pipeline: "loan-book"))
    }
  }

  private static func index(_ report: DriftReport, _ name: String) -> Int {
    report.state.profile.features.firstIndex { $0.name == name } ?? -1
  }

  @Test("Two samples of one population: nothing drifts, and fields come with formulas and outcomes")
  func null() throws {
    let report = try Self.report(Self.table(3_000, seed: 1), Self.table(3_000, seed: 2))
    #expect(!report.isDrift && report.differing.isEmpty)
    #expect(
      report.state.profile.features.map(\.name) == ["BAD", "INCOME", "PURPOSE", "OWNER", "EMPTY", "DOUBLE"]
    )
    #expect(report.state.columns.map(\.role) == [.outcome, .field, .field, .field, .field, .derived])
    #expect(report.state.windows.count == 10 && report.state.quality.filter(\.isConcern).isEmpty)
    #expect(report.state.remarks.contains { $0.contains("EMPTY") })
  }

  @Test("A shift and a new category are found and named")
  func shifts() throws {
    let now = Self.table(3_000, seed: 2, hasOutcome: false) { income, purpose in
      income *= 2
      if purpose == "house", income > 4_000 { purpose = "boat" }
    }
    let report = try Self.report(Self.table(12_000, seed: 1), now, evidently: true)
    let drifted = report.drifted.map { report.state.profile.features[$0].name }
    #expect(Set(drifted) == ["INCOME", "DOUBLE", "PURPOSE"])
    // Nobody knows the outcomes of the current rows.
    #expect(Self.index(report, "BAD") == -1)
    let note = try #require(report.state.quality.first { $0.check == "new categories" })
    #expect(note.subject == "PURPOSE" && note.finding.contains("\"boat\"") && note.isConcern)
    let alarms = report.state.detection?.alarms.map { report.state.profile.features[$0.feature].name } ?? []
    #expect(Set(alarms) == ["INCOME", "DOUBLE", "PURPOSE"])
    #expect(report.state.evidently?.columns.map(\.name) == ["INCOME", "PURPOSE", "OWNER", "EMPTY"])
  }

  @Test("A field that was empty and now has values is a shift, and one that is empty now too")
  func emptyFields() throws {
    let before = Self.table(2_000, seed: 1)
    let filled = before.replacing(",,", with: ",5,").replacing("1-", with: "2-")
    let report = try Self.report(before, filled)
    #expect(report.verdict(Self.index(report, "EMPTY")) == .differs(.major))
    #expect(report.features[Self.index(report, "EMPTY")].unseen.now == 1)
    let back = try Self.report(filled, before)
    #expect(back.verdict(Self.index(back, "EMPTY")) == .differs(.major))
    #expect(back.features[Self.index(back, "EMPTY")].missing.now == 1)
  }

  @Test("Random halves of one table hold all rows, each once, and are the same for the same seed")
  func halves() throws {
    try withTemporaryDirectory { folder in
      try Data(Self.table(1_001, seed: 1).utf8).write(to: URL(filePath: folder + "/a.csv"))
      let sample = try SampleReader(Self.declaration).read(folder + "/a.csv", name: "a")
      let (one, other) = DriftComparison.halves(of: sample, seed: 7)
      #expect(one.rowCount == 500 && other.rowCount == 501)
      #expect((one.ids + other.ids).sorted() == sample.ids.sorted())
      #expect(DriftComparison.halves(of: sample, seed: 7).reference.ids == one.ids)
      #expect(DriftComparison.halves(of: sample, seed: 8).reference.ids != one.ids)
    }
  }

  @Test("A table without rows is refused with its name")
  func noRows() throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/head.csv"
      try Data("ID,INCOME,PURPOSE,OWNER,EMPTY\n".utf8).write(to: URL(filePath: path))
      let error = #expect(throws: TableError.self) {
        try SampleReader(Self.declaration).read(path, name: "head")
      }
      #expect(error?.description.contains("head.csv") == true && error?.message.contains("no rows") == true)
    }
  }
}
