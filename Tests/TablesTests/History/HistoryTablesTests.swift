import CreditEvents
import FeaturePipeline
import Foundation
import Settings
import StrictJSON
import TestSupport
import Testing

@testable import Tables

/// Small history tables with what pandas makes of them.
enum SmallHistory {
  static let folder = Fixture.path("History")
  static let applications = Fixture.path("History/applications.csv")

  static func declaration() throws -> PipelineDeclaration {
    try YAMLFile(path: Fixture.path("History/history.yaml")).decode(PipelineDeclaration.self)
  }

  static func table(memoryBudget: Int = 1 << 20) throws -> ApplicationTable {
    try ApplicationTableReader(declaration())
      .read(applications, history: HistoryFolder(folder, memoryBudget: memoryBudget))
  }

  /// A copy of the folder, to be spoilt.
  static func copy() throws -> URL {
    let copy = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID())")
    try FileManager.default.copyItem(at: URL(filePath: folder), to: copy)
    return copy
  }
}

@Suite("History tables")
struct HistoryTablesTests {
  @Test("Aggregates agree with pandas, whatever order the files have")
  func agreesWithPandas() throws {
    let table = try SmallHistory.table()
    var compared = 0
    try JSONParser(limits: .document).withRoot(of: Fixture.bytes("History/expected.json")) { root in
      for (row, id) in table.ids.enumerated() {
        for member in try #require(root[id]).members {
          let slot = try #require(table.schema.slot(of: member.key.string))
          let value = table.columns[slot][row]
          if let expected = member.value.double {
            #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "\(id) \(member.key.string)")
          } else {
            #expect(value.isNaN, "\(id) \(member.key.string)")
          }
          compared += 1
        }
      }
    }
    #expect(compared == 24 * 17)
  }

  @Test("Sorting on disk gives the bits of sorting in memory", arguments: [64, 2_000])
  func spilling(budget: Int) throws {
    let columns = try SmallHistory.table(memoryBudget: budget).columns
    for (spilt, whole) in zip(columns, try SmallHistory.table().columns) {
      #expect(spilt.map(\.bitPattern) == whole.map(\.bitPattern))
    }
  }

  @Test("Events with nested arrays give the bits of the tables")
  func eventsEqualTables() throws {
    let declaration = try SmallHistory.declaration()
    let table = try SmallHistory.table()
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    let history = try PublishedHistory(
      HistoryFolder(SmallHistory.folder),
      of: SmallHistory.applications,
      layout: declaration.layout,
      idField: "ID",
      plan: pipeline.historyPlan
    )
    let rows = try TextRows(SmallHistory.applications, layout: declaration.layout, idField: "ID")
    let encoder = try ApplicationEncoder(schema: pipeline.schema, header: rows.header)
    let reader = ApplicationEventReader(pipeline)
    var application = Application(schema: pipeline.schema)
    for row in 0..<table.rowCount {
      var writer = JSONWriter()
      let cells = try rows.next() ?? []
      _ = try encoder.encode(cells, history: history.arrays(ofRow: row), into: &writer)
      try writer.bytes.withUnsafeBytes { try reader.read($0, into: &application) }
      let ofTable = table.columns.map { $0[row].bitPattern }
      #expect(application.id == table.ids[row] && application.values.map(\.bitPattern) == ofTable)
      #expect(application.quality.unknownFieldCount == 0)
    }
  }

  @Test("Row by row gives the bits of the whole table")
  func rowByRow() throws {
    let table = try SmallHistory.table()
    let reader = try ApplicationTableReader(SmallHistory.declaration())
    var row = 0
    try reader.forEachApplication(
      in: SmallHistory.applications,
      history: HistoryFolder(SmallHistory.folder),
      dictionaries: table.dictionaries
    ) { application, _, _ in
      #expect(application.values.map(\.bitPattern) == table.columns.map { $0[row].bitPattern })
      row += 1
    }
    #expect(row == 24)
  }

  @Test("A line tells of rows without an application, and of applications without rows")
  func summary() throws {
    var notes: [String] = []
    _ = try ApplicationTableReader(SmallHistory.declaration())
      .read(
        SmallHistory.applications,
        history: HistoryFolder(SmallHistory.folder),
        note: { notes.append($0) }
      )
    #expect(notes.count == 3)
    #expect(notes[0].hasPrefix("installments_payments: "))
    #expect(notes[0].hasSuffix("4 of 24 applications have none"))
    #expect(notes[1].hasPrefix("loans: ") && notes[2].hasPrefix("months: "))
    #expect(notes[2].contains("rows without a row of loans") && !notes[2].contains("; 0 rows"))
  }
}

@Suite("Bad history tables")
struct BadHistoryTests {
  private func refusal(_ spoil: (URL) throws -> Void) throws -> TableError? {
    let folder = try SmallHistory.copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    try spoil(folder)
    do {
      _ = try ApplicationTableReader(SmallHistory.declaration())
        .read(SmallHistory.applications, history: HistoryFolder(folder.path()))
      return nil
    } catch let error as TableError {
      return error
    }
  }

  @Test("A table that is missing")
  func missing() throws {
    let error = try refusal { try FileManager.default.removeItem(at: $0.appending(path: "loans.csv")) }
    #expect(error?.code == .cannotOpen && error?.message.contains("loans.csv.gz") == true)
  }

  @Test("A column that nobody declared, and one that is missing")
  func columns() throws {
    let undeclared = try refusal {
      try "ID,LOAN,STATE,DAYS,SUM,KIND,MORE\n".write(
        to: $0.appending(path: "loans.csv"),
        atomically: true,
        encoding: .utf8
      )
    }
    #expect(undeclared?.code == .header && undeclared?.message.contains("\"MORE\"") == true)
    let missing = try refusal {
      try "ID,LOAN,STATE,DAYS,KIND\n".write(
        to: $0.appending(path: "loans.csv"),
        atomically: true,
        encoding: .utf8
      )
    }
    #expect(missing?.code == .header && missing?.message.contains("\"SUM\"") == true)
  }

  @Test("The id of a parent twice")
  func duplicateParent() throws {
    let error = try refusal {
      try "ID,LOAN,STATE,DAYS,SUM,KIND\na1,L1,Active,-3,,car\na2,L1,Active,-3,,car\n".write(
        to: $0.appending(path: "loans.csv"),
        atomically: true,
        encoding: .utf8
      )
    }
    #expect(error?.code == .id && error?.line != nil && error?.message.contains("months") == true)
  }

  @Test("A value that is no number, a row that is cut off, bytes that are not UTF-8")
  func rows() throws {
    let lines: [(String, TableError.Code)] = [
      ("a1,L1,Active,early,,car\n", .cell), ("a1,L1,Active\n", .ragged), (",L1,Active,-3,,car\n", .id),
    ]
    for (line, code) in lines {
      let error = try refusal {
        try "ID,LOAN,STATE,DAYS,SUM,KIND\n\(line)".write(
          to: $0.appending(path: "loans.csv"),
          atomically: true,
          encoding: .utf8
        )
      }
      #expect(error?.code == code && error?.line == 2, "\(line)")
    }
    let latin = try refusal {
      try Data(Array("ID,LOAN,STATE,DAYS,SUM,KIND\na1,L1,A\n".utf8.dropLast(2)) + [0xE9, 0x2C, 0x0A])
        .write(to: $0.appending(path: "loans.csv"))
    }
    #expect(latin?.code == .notUTF8)
  }

  @Test("A gzip file that ends in the middle")
  func truncated() throws {
    let error = try refusal { folder in
      let path = folder.appending(path: "loans.csv")
      let writer = try CSVWriter(folder.appending(path: "loans.csv.gz").path(), header: ["ID", "LOAN"])
      for row in 0..<5_000 {
        writer.cell("a\(row * 7919 % 5003)")
        writer.cell("L\(row)")
        try writer.endRow()
      }
      try writer.finish()
      let whole = try Data(contentsOf: folder.appending(path: "loans.csv.gz"))
      try whole.prefix(whole.count / 2).write(to: folder.appending(path: "installments_payments.csv.gz"))
      try FileManager.default.removeItem(at: folder.appending(path: "installments_payments.csv"))
      try FileManager.default.removeItem(at: path)
    }
    #expect(error?.code == .header || error?.code == .truncated)
  }

  @Test("A folder where none is wanted, none where one is")
  func folders() throws {
    let reader = try ApplicationTableReader(SmallHistory.declaration())
    #expect(throws: TableError.self) { try reader.read(SmallHistory.applications) }
    var plain = try SmallHistory.declaration()
    plain.history = []
    plain.derived = []
    #expect(throws: TableError.self) {
      try ApplicationTableReader(plain).read(SmallHistory.applications, history: HistoryFolder("nowhere"))
    }
  }
}
