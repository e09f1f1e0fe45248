import CreditEvents
import FeaturePipeline
import Foundation
import Settings
import Tables
import TestSupport
import Testing

@testable import ModelTraining

@Suite("Exploration", .timeLimit(.minutes(5)))
struct ExplorationTests {
  /// A pipeline and a table with honest fields, to which a test may add one.
  struct Book {
    var fields = ""
    var header = ""
    var id: (Int, Bool) -> String = { row, _ in "\(10_000 + row * 7)" }
    var cell: ((Int, Bool, inout SplitMix64) -> String)?
    var rows = 1_000

    func explore() throws -> Exploration {
      let text = """
        pipeline: book
        version: 1
        id: NUMBER
        target: BAD
        fields:
          AGE: {kind: number, range: [18, 90], label: {en: Age}}
          INCOME: {kind: number, missing: [NONE]}
          TRADE: category
          OWNER: {kind: flag, labels: [N, Y]}
          SEX: {kind: category, protected: true}
        \(fields)
        drop: {FORM: "the number of the printed form"}
        derived:
          BURDEN: "AGE / INCOME"
        exploration: {first: [AGE]}
        """
      let declaration = try YAMLFile(text: text, path: "book.yaml").decode(TrainingDeclaration.self)
      #expect(declaration.validate() == [])
      return try withTemporaryDirectory { folder in
        let path = folder + "/book.csv"
        try Data(table().utf8).write(to: URL(filePath: path))
        let table = try ExplorationReader(declaration.pipeline).read(path, name: "book.csv")
        return try Exploration(table, declaration: declaration.exploration)
      }
    }

    func table() -> String {
      var random = SplitMix64(seed: 99)
      var lines = ["NUMBER,AGE,INCOME,TRADE,OWNER,SEX,FORM,BAD" + (header.isEmpty ? "" : ",\(header)")]
      for row in 0..<rows {
        let age = Int.random(in: 18...80, using: &random)
        let income =
          Int.random(in: 0..<8, using: &random) == 0
          ? "NONE" : "\(Int.random(in: 800...9_000, using: &random))"
        let trade = ["cook", "clerk", "<b>nurse</b> & \"co\""].randomElement(using: &random) ?? ""
        let isBad = Double.random(in: 0..<1, using: &random) < 0.35 - 0.003 * Double(age)
        var cells = [
          id(row, isBad), "\(age)", income, "\"\(trade.replacing("\"", with: "\"\""))\"",
          row % 3 == 0 ? "Y" : "N",
          row % 2 == 0 ? "F" : "M", "\(row % 4).5", isBad ? "1" : "0",
        ]
        if let cell { cells.append(cell(row, isBad, &random)) }
        lines.append(cells.joined(separator: ","))
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }

  @Test("Honest data have no suspect; every column and formula is told, the declared one first")
  func honest() throws {
    let exploration = try Book().explore()
    #expect(exploration.suspects.isEmpty)
    #expect(exploration.fields.first?.name == "AGE" && exploration.firstCount == 1)
    #expect(
      Set(exploration.fields.map(\.name)) == ["AGE", "INCOME", "TRADE", "OWNER", "SEX", "FORM", "BURDEN"]
    )
    #expect(exploration.overview.rowCount == 1_000 && exploration.overview.knownCount == 1_000)
    func field(_ name: String) throws -> FieldProfile {
      try #require(exploration.fields.first { $0.name == name })
    }
    let age = try field("AGE")
    #expect(age.kind == .number && age.missingCount == 0 && age.outOfRangeCount == 0 && age.bins.count > 15)
    #expect(age.distinctCount == 63 && age.number?.minimum == 18 && age.number?.maximum == 80)
    #expect(age.bins.reduce(0) { $0 + $1.rowCount } == 1_000)
    #expect(age.bins.reduce(0) { $0 + $1.defaultCount } == exploration.overview.defaultCount)
    // The risk falls with age: so does the drawn course, from end to end.
    #expect((age.bins.first?.rate ?? 0) > (age.bins.last?.rate ?? 1))
    let income = try field("INCOME")
    #expect(income.missingCount > 60 && income.missingBin?.rowCount == income.missingCount)
    #expect(income.outOfRangeCount == nil)
    #expect(try field("TRADE").distinctCount == 3 && field("TRADE").bins.count == 3)
    #expect(try field("OWNER").bins.map(\.label) == ["N", "Y"])
    #expect(try field("SEX").role == .protected)
    let form = try field("FORM")
    #expect(form.kind == .number && form.role == .dropped(reason: "the number of the printed form"))
    #expect(form.number?.mean == 2)
    #expect(try field("BURDEN").role == .derived(formula: "AGE / INCOME"))
  }

  @Test("A copy of the target with noise is named, with the evidence")
  func noisyCopy() throws {
    var book = Book(fields: "  SCORE: number", header: "SCORE")
    book.cell = { _, isBad, random in
      "\((isBad ? 1.0 : 0.0) + Double.random(in: -1...1, using: &random) * 0.8)"
    }
    let suspects = try book.explore().suspects
    #expect(suspects.map(\.field) == ["SCORE"] && suspects.map(\.ground) == [.predictsTooWell])
    #expect((suspects.first?.area ?? 0) > 0.85)
    #expect(suspects.first?.evidence.first?.contains("the strongest other field, AGE") == true)
  }

  @Test("A copy with every sixth outcome turned is named as well")
  func turnedCopy() throws {
    var book = Book(fields: "  MARK: flag", header: "MARK", rows: 2_500)
    book.cell = { row, isBad, _ in (row % 6 == 0) == isBad ? "0" : "1" }
    #expect(try book.explore().suspects.map(\.field) == ["MARK"])
  }

  @Test("A field that is filled in only after a default is named for what is missing")
  func filledLater() throws {
    var book = Book(fields: "  RECOVERED: number", header: "RECOVERED")
    book.cell = { _, isBad, random in isBad ? "\(Int.random(in: 1...900, using: &random))" : "" }
    let suspects = try book.explore().suspects
    #expect(suspects.map(\.field) == ["RECOVERED"])
    #expect(suspects.first?.evidence.contains { $0.contains("100.0 % of the defaulted and 0.0 %") } == true)
  }

  @Test("A field declared as known after the decision is named, whatever it predicts, and never a feature")
  func afterDecision() throws {
    var book = Book(fields: "  OFFICER: {kind: number, available: after_decision}", header: "OFFICER")
    book.cell = { row, _, _ in "\(row % 5)" }
    let exploration = try book.explore()
    #expect(exploration.suspects.map(\.field) == ["OFFICER"])
    #expect(exploration.suspects.map(\.ground) == [.afterDecision])
    #expect(exploration.fields.first { $0.name == "OFFICER" }?.role == .afterDecision)
  }

  /// Ways of hiding the outcome in an id.
  static let encodings: [@Sendable (Int, Bool) -> String] = [
    { row, isBad in "\(2 * (row + 500) + (isBad ? 1 : 0))" },
    { row, isBad in "\((isBad ? 90_000 : 10_000) + row)" }, { row, isBad in "L\(isBad ? "X" : "Y")-\(row)" },
    { row, isBad in "\(row)-\(row % 9)\(isBad ? "b" : "g")z" },
    { row, isBad in "\(3 * (row + 500) + (isBad && row % 4 > 0 ? 2 : row % 2))" },
  ]

  @Test("An id that encodes the target is named, however it does", arguments: encodings.indices)
  func identifier(_ index: Int) throws {
    let suspects = try Book(id: Self.encodings[index]).explore().suspects
    #expect(suspects.map(\.field) == ["NUMBER"] && suspects.map(\.ground) == [.identifier])
  }

  @Test("A second identifier among the fields is noted, and suspected where it encodes the target")
  func secondIdentifier() throws {
    var book = Book(fields: "  CONTRACT: category", header: "CONTRACT")
    book.cell = { row, _, _ in "C\(row * 31 % 1_000)" }
    let plain = try book.explore()
    #expect(plain.suspects.isEmpty)
    #expect(plain.notes.contains { $0.field == "CONTRACT" && $0.kind == .identifier })
    book.cell = { row, isBad, _ in "C\(row * 31 % 1_000)\(isBad ? 7 : 3)" }
    #expect(try book.explore().suspects.map(\.field) == ["CONTRACT"])
  }

  @Test("An undeclared column is explored with what it holds, and noted")
  func undeclared() throws {
    var book = Book(header: "EXTRA")
    book.cell = { row, _, _ in "\(row % 7).25" }
    let exploration = try book.explore()
    let extra = try #require(exploration.fields.first { $0.name == "EXTRA" })
    #expect(extra.role == .undeclared && extra.kind == .number && extra.distinctCount == 7)
    #expect(exploration.notes.contains { $0.kind == .undeclared && $0.field == "EXTRA" })
  }

  @Test("Empty and constant columns and codes for none are notes, not failures")
  func emptyAndConstant() throws {
    for (cell, kind) in [("", DataNote.Kind.allMissing), ("4", .constant)] {
      var book = Book(fields: "  X: number", header: "X")
      book.cell = { _, _, _ in cell }
      #expect(try book.explore().notes.contains { $0.field == "X" && $0.kind == kind })
    }
    var book = Book(fields: "  X: {kind: number, range: [0, 100]}", header: "X")
    book.cell = { row, _, _ in row % 20 == 0 ? "365243" : "\(row % 97)" }
    let notes = try book.explore().notes.filter { $0.field == "X" }
    #expect(notes.map(\.kind) == [.outOfRange, .outlyingCode])
    #expect(notes.map(\.detail) == ["50 outside 0 to 100", "365.2k in 5.0 %"])
  }

  @Test("A category with a value for each row stays small on the page and goes with nothing")
  func manyCategories() throws {
    // A hundred thousand take an unoptimised build minutes.
    let isFull = ProcessInfo.processInfo.environment["FAULTS"] == "full"
    var book = Book(fields: "  CODE: category", header: "CODE", rows: isFull ? 100_000 : 3_000)
    book.cell = { row, _, _ in "code \(row &* 7_919 % 100_003)" }
    let exploration = try book.explore()
    let code = try #require(exploration.fields.first { $0.name == "CODE" })
    #expect(code.distinctCount == book.rows && code.bins.count <= FieldProfiler.maximumCategories)
    #expect(!exploration.associations.fields.contains("CODE") && exploration.suspects.isEmpty)
    #expect(exploration.html().count < 200_000)
  }

  @Test("Near-duplicates are listed, whichever way they run")
  func nearDuplicates() throws {
    var book = Book(fields: "  MONTHS: number", header: "MONTHS")
    // The age cannot be seen here; a copy of the other new column can: the dropped form's number.
    book.cell = { row, _, _ in "\(-3 * (row % 4))" }
    let exploration = try book.explore()
    let names = exploration.associations.nearDuplicates.map { pair in
      Set([exploration.associations.fields[pair.left], exploration.associations.fields[pair.right]])
    }
    #expect(names == [["MONTHS", "FORM"]])
    #expect(exploration.associations.nearDuplicates.first?.pearson == -1)
  }

  @Test("A table without outcomes is explored without them")
  func withoutOutcomes() throws {
    let declaration = try ShippedPipeline.all[1].declaration()
    let fields = declaration.pipeline.fields.map(\.name)
    let text =
      "x\n" + (["ID"] + fields).joined(separator: ",") + "\n"
      + (0..<50).map { row in (0...fields.count).map { "\(row * 3 + $0 % 5)" }.joined(separator: ",") }
      .joined(separator: "\n") + "\n"
    try withTemporaryDirectory { folder in
      try Data(text.utf8).write(to: URL(filePath: folder + "/t.csv"))
      let table = try ExplorationReader(declaration.pipeline).read(folder + "/t.csv", name: "t.csv")
      let exploration = try Exploration(table, declaration: declaration.exploration)
      #expect(exploration.overview.knownCount == 0 && exploration.fields.allSatisfy { $0.association == nil })
      let page = String(decoding: exploration.html(), as: UTF8.self)
      #expect(page.contains("Without outcomes") && !page.contains("NaN"))
    }
  }

  @Test("The same table gives the same bytes, on one thread or four")
  func deterministic() throws {
    let (one, two) = (try Book().explore(), try Book().explore())
    #expect(one.html() == two.html() && one.encoded() == two.encoded())
  }

  @Test("No datum becomes markup, and the page needs nothing from elsewhere")
  func page() throws {
    let page = String(decoding: try Book().explore().html(), as: UTF8.self)
    #expect(page.contains("&lt;b&gt;nurse&lt;/b&gt; &amp;") && !page.contains("<b>nurse"))
    for forbidden in ["<script", "http://", "https://", "url(", "NaN", "inf\""] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
    let openings = page.matches(of: /<(div|section|details|figure|svg|table|span|dl|p|text|path)[ >]/).count
    let closings = page.matches(of: /<\/(div|section|details|figure|svg|table|span|dl|p|text|path)>/).count
    #expect(openings == closings && openings > 300)
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
  }
}
