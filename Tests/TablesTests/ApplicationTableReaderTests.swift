import CreditEvents
import FeaturePipeline
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import Tables

@Suite("ApplicationTableReader")
struct ApplicationTableReaderTests {
  static func declaration(layout: TableLayout = TableLayout()) -> PipelineDeclaration {
    var amount = FieldDeclaration(name: "AMOUNT", kind: .number)
    amount.range = [0, 1000]
    amount.missing = ["365243"]
    var owner = FieldDeclaration(name: "OWNER", kind: .flag)
    owner.labels = ["N", "Y"]
    var job = FieldDeclaration(name: "JOB", kind: .category)
    job.missing = ["XNA"]
    var secret = FieldDeclaration(name: "SEX", kind: .category)
    secret.isProtected = true
    return PipelineDeclaration(
      name: "test",
      idField: "ID",
      targetField: "BAD",
      layout: layout,
      fields: [amount, owner, job, secret],
      dropped: [DroppedDeclaration(name: "JUNK", reason: "constant")]
    )
  }

  static func withFile<R>(_ text: String, _ body: (String) throws -> R) throws -> R {
    try withTemporaryDirectory { folder in
      let path = folder + "/table.csv"
      try Data(text.utf8).write(to: URL(filePath: path))
      return try body(path)
    }
  }

  static func read(_ text: String, layout: TableLayout = TableLayout()) throws -> ApplicationTable {
    try withFile(text) { try ApplicationTableReader(declaration(layout: layout)).read($0) }
  }

  @Test("Cells are read by what the columns are declared to be, in any order of columns")
  func reading() throws {
    let table = try Self.read(
      """
      JOB,BAD,ID,JUNK,SEX,AMOUNT,OWNER
      Cook,1,A1,?,F,12.5,Y
      "Big, Boss",0,A2,,M,365243,N
      XNA,,A3,"x\ny",,,
      3.0,1, A4 ,?,F,-1e3,true
      3,0.0,A5,?,F,2,Y

      """
    )
    #expect(table.ids == ["A1", "A2", "A3", "A4", "A5"])
    #expect(
      table.dictionaries.map { $0?.categories } == [nil, nil, ["Cook", "Big, Boss", "3"], ["F", "M"]]
    )
    #expect(table.columns[0].map(\.description) == ["12.5", "nan", "nan", "-1000.0", "2.0"])
    #expect(table.columns[1].map(\.description) == ["1.0", "0.0", "nan", "1.0", "1.0"])
    #expect(table.columns[2].map(\.description) == ["0.0", "1.0", "nan", "2.0", "2.0"])
    #expect(table.targets?.map(\.description) == ["1.0", "0.0", "nan", "1.0", "0.0"])
  }

  @Test("Dropped and protected columns and the outcome may be absent")
  func absentColumns() throws {
    let table = try Self.read("ID,AMOUNT,OWNER,JOB\n1,5,N,Cook\n")
    #expect(table.targets == nil)
    #expect(table.columns[3][0].isNaN)
    #expect(try Self.read("ID,AMOUNT,OWNER,JOB\n").rowCount == 0)
  }

  @Test("Lines before the header, other delimiters, other outcomes")
  func layouts() throws {
    let layout = TableLayout(
      delimiter: .character(UInt8(ascii: ";")),
      skippedLines: 2,
      outcomes: .init(defaulted: "2", repaid: "1")
    )
    let table = try Self.read(";X1;X2\n\"\nID;AMOUNT;OWNER;JOB;BAD\n7;1;N;a,b;2\n8;1;N;c;1\n", layout: layout)
    #expect(table.ids == ["7", "8"] && table.targets == [1, 0])
    #expect(table.dictionaries[2]?.categories == ["a,b", "c"])
  }

  @Test("A table without header and ids, with or without its outcomes")
  func headerless() throws {
    let layout = TableLayout(
      delimiter: .whitespace,
      columns: ["JOB", "AMOUNT", "OWNER", "BAD"],
      idSource: .rowNumber
    )
    let table = try Self.read("\nCook 5 N 1\n\nBoss  6\tY 0\n", layout: layout)
    #expect(table.ids == ["1", "2"] && table.targets == [1, 0] && table.columns[0] == [5, 6])
    let scored = try Self.read("Cook 5 N\nBoss 6 Y\n", layout: layout)
    #expect(scored.columns[1] == [0, 1] && scored.targets?.allSatisfy(\.isNaN) == true)
  }

  @Test(
    "What is wrong is named with file, line, column and remedy",
    arguments: [
      ("", nil, nil, .header, "header"), ("ID,AMOUNT,OWNER\n", 1, nil, .header, "\"JOB\""),
      ("ID,AMOUNT,OWNER,JOB,OTHER\n", 1, nil, .header, "\"OTHER\""),
      ("AMOUNT,OWNER,JOB\n", 1, nil, .header, "\"ID\""),
      ("ID;AMOUNT;OWNER;JOB\n", 1, nil, .header, "declare"),
      ("ID,ID,AMOUNT,OWNER,JOB\n", 1, nil, .header, "twice"),
      ("\nID,AMOUNT,,JOB\n", 2, nil, .header, "column 3 has no name"),
      ("ID,AMOUNT,OWNER,JOB\n1,2,N,a\n2,3,N\n", 3, nil, .ragged, "3 cells instead of 4"),
      ("ID,AMOUNT,OWNER,JOB\n1,2,N,a,b\n", 2, nil, .ragged, "5 cells instead of 4"),
      ("ID,AMOUNT,OWNER,JOB\n1,much,N,a\n", 2, "AMOUNT", .cell, "not a number"),
      ("ID,AMOUNT,OWNER,JOB\n1,1e999,N,a\n", 2, "AMOUNT", .cell, "too large"),
      ("ID,AMOUNT,OWNER,JOB\n1,1,maybe,a\n", 2, "OWNER", .cell, "neither \"N\" nor \"Y\""),
      ("ID,AMOUNT,OWNER,JOB,BAD\n1,1,N,a,2\n", 2, "BAD", .cell, "default and repaid"),
      ("ID,AMOUNT,OWNER,JOB\n,1,N,a\n", 2, "ID", .id, "missing"),
      ("ID,AMOUNT,OWNER,JOB\n1,1,N,a\n2,1,N,a\n\n1,1,N,a\n", 5, "ID", .id, "line 2 already"),
      ("ID,AMOUNT,OWNER,JOB\n1,1,N,\"a\n", 2, nil, .malformed, "not closed"),
    ] as [(String, Int?, String?, TableError.Code, String)]
  )
  func refusals(text: String, line: Int?, column: String?, code: TableError.Code, words: String) {
    #expect { try Self.read(text) } throws: { error in
      guard let error = error as? TableError else { return false }
      return error.code == code && error.line == line && error.column == column
        && error.message.contains(words)
        && error.file.hasSuffix("table.csv")
    }
  }

  @Test("Row by row, categories get frozen codes and the deviations are noted")
  func streaming() throws {
    let dictionaries = [nil, nil, CategoryDictionary(["Boss", "Cook"]), CategoryDictionary(["F"])]
    var values: [[Double]] = []
    var lines: [Int] = []
    var qualities: [DataQuality] = []
    try Self.withFile("ID,AMOUNT,OWNER,JOB\n1,5,N,Cook\n\n2,5000,,Pilot\n") { path in
      let reader = ApplicationTableReader(layout: TableLayout(), schema: try Self.declaration().schema())
      try reader.forEachApplication(in: path, dictionaries: dictionaries) { application, target, line in
        #expect(target.isNaN)
        values.append(application.values)
        lines.append(line)
        qualities.append(application.quality)
      }
    }
    #expect(lines == [2, 4])
    #expect(values[0][2] == 1 && values[1][2] == Application.unseenCategory)
    #expect(qualities[0] == DataQuality())
    #expect(qualities[1] == DataQuality(missing: 1, unseenCategory: [2], outOfRange: [0]))
  }

  @Test("Rows as texts, with row numbers for ids where there are none")
  func texts() throws {
    try Self.withFile("a b\n\nc d\n") { path in
      let layout = TableLayout(delimiter: .whitespace, columns: ["X", "Y"], idSource: .rowNumber)
      let rows = try TextRows(path, layout: layout, idField: "ID")
      #expect(rows.header == ["ID", "X", "Y"])
      #expect(try rows.next() == ["1", "a", "b"])
      #expect(try rows.next() == ["2", "c", "d"])
      #expect(rows.line == 3)
      #expect(try rows.next() == nil)
    }
    try Self.withFile("ID,X\n7,\"q,\"\"\"\n8\n") { path in
      let rows = try TextRows(path, layout: TableLayout(), idField: "ID")
      #expect(try rows.next() == ["7", "q,\""])
      #expect { try rows.next() } throws: { ($0 as? TableError)?.line == 3 }
    }
  }

  @Test("The events written from a table are decoded to the table's values")
  func eventsAgree() throws {
    let text =
      "ID,AMOUNT,OWNER,JOB,SEX\n1,5.0,N,3.0,F\n2,1e-7,Y,\"say \"\"hi\"\"\",\n3,,,XNA,M\n4,365243,true, Cook ,F\n"
    let table = try Self.read(text)
    let encoder = try ApplicationEncoder(
      schema: table.schema,
      header: ["ID", "AMOUNT", "OWNER", "JOB", "SEX"]
    )
    let decoder = ApplicationDecoder(schema: table.schema, dictionaries: table.dictionaries)
    try Self.withFile(text) { path in
      let rows = try TextRows(path, layout: TableLayout(), idField: "ID")
      var row = 0
      while let cells = try rows.next() {
        var writer = JSONWriter()
        _ = try encoder.encode(cells, into: &writer)
        var application = Application(schema: table.schema)
        try writer.bytes.withUnsafeBytes { try decoder.decode($0, into: &application) }
        #expect(application.id == table.ids[row])
        #expect(application.values.map(\.bitPattern) == table.application(at: row).values.map(\.bitPattern))
        row += 1
      }
      #expect(row == 4)
    }
  }
}
