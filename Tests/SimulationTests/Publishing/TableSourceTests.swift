import CreditEvents
import FeaturePipeline
import Foundation
import Tables
import TestSupport
import Testing

@testable import Simulation

@Suite("TableSource")
struct TableSourceTests {
  static func schema() throws -> ApplicationSchema {
    try ApplicationSchema(
      idField: "id",
      targetField: "bad",
      fields: [
        Field(name: "amount", kind: .number),
        Field(name: "job", kind: .category, missingTexts: ["XNA"]),
        Field(name: "car", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
      ],
      ignoredFields: ["comment"]
    )
  }

  static let times = TableSource.Times(
    startMilliseconds: 1_000_000,
    intervalMilliseconds: 250,
    outcomeDelayMilliseconds: 5_000
  )

  static let text = #"""
    comment,id,amount,job,bad,car
    "a, ""b""",7,12.50,"Größe, M",1,Y
    ,8,1e3,XNA,0,N
    x,A-9,,3.0,,
    """#

  static func withTable<R>(_ text: String, _ body: (String) throws -> R) throws -> R {
    try withTemporaryDirectory { directory in
      let path = directory + "/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return try body(path)
    }
  }

  static func records(_ path: String, layout: TableLayout = TableLayout(), limit: Int? = nil) throws
    -> [OutgoingApplication]
  {
    var source = try TableSource(path, layout: layout, schema: schema(), times: times, limit: limit)
    #expect(source.expectedCount == limit)
    var records: [OutgoingApplication] = []
    while let record = try source.next() { records.append(record) }
    return records
  }

  @Test("Rows become events: fields as declared, no label, no dropped column, times at even distances")
  func events() throws {
    let records = try Self.withTable(Self.text) { try Self.records($0) }
    #expect(
      records.map { String(decoding: $0.value ?? [], as: UTF8.self) } == [
        #"{"id":"7","amount":12.5,"job":"Größe, M","car":"Y"}"#,
        #"{"id":"8","amount":1000,"job":null,"car":"N"}"#,
        #"{"id":"A-9","amount":null,"job":"3","car":null}"#,
      ]
    )
    #expect(records.map(\.id) == ["7", "8", "A-9"])
    #expect(records.map(\.eventTimeMilliseconds) == [1_000_000, 1_000_250, 1_000_500])
    #expect(records.map { $0.outcome?.outcome } == [.defaulted, .repaid, nil])
    #expect(records[1].outcome?.knownAtMilliseconds == 1_005_250)
    #expect(records[1].outcome?.applicationID == "8")
  }

  @Test("Decoding the events gives what reading the table gives")
  func noSkew() throws {
    try Self.withTable(Self.text) { path in
      let table = try ApplicationTableReader(layout: TableLayout(), schema: Self.schema()).read(path)
      let decoder = ApplicationDecoder(schema: try Self.schema(), dictionaries: table.dictionaries)
      var application = Application(schema: try Self.schema())
      for (row, record) in try Self.records(path).enumerated() {
        try (record.value ?? []).withUnsafeBytes { try decoder.decode($0, into: &application) }
        #expect(application.values.map(\.bitPattern) == table.application(at: row).values.map(\.bitPattern))
        #expect(application.id == table.ids[row])
      }
    }
  }

  @Test("A limit ends it early")
  func limit() throws {
    #expect(try Self.withTable(Self.text) { try Self.records($0, limit: 2) }.map(\.id) == ["7", "8"])
  }

  @Test("Rows of a table without ids are numbered; labels are what the layout says")
  func layouts() throws {
    var layout = TableLayout(delimiter: .whitespace, columns: ["amount", "job", "car", "bad"])
    layout.idSource = .rowNumber
    layout.outcomes = .init(defaulted: "2", repaid: "1")
    let records = try Self.withTable("5 a Y 2\n6 b N 1\n") { try Self.records($0, layout: layout) }
    #expect(records.map(\.id) == ["1", "2"])
    #expect(records.map { $0.outcome?.outcome } == [.defaulted, .repaid])
  }

  static let faults = [
    ("id,amount\n1,two\n", ":2: ", "amount"),
    ("id,bad\n1,0\n2,7\n", ":3: ", "label"),
    ("id,amount\n ,1\n", ":2: ", "id"),
  ]

  @Test("A cell that cannot be published is named with its line", arguments: faults)
  func named(text: String, line: String, reason: String) throws {
    try Self.withTable(text) { path in
      let error = try #require(throws: SimulationError.self) { try Self.records(path) }
      #expect(error.code == .unreadableRow)
      #expect(error.message.hasPrefix(path + line) && error.message.contains(reason))
    }
  }

  @Test("A ragged row and an undeclared column are refused by those who know")
  func structure() throws {
    _ = try Self.withTable("id,amount\n1\n") { path in
      #expect(throws: TableError.self) { try Self.records(path) }
    }
    _ = try Self.withTable("id,salary\n1,2\n") { path in
      #expect(throws: SchemaError.self) { try Self.records(path) }
    }
  }
}
