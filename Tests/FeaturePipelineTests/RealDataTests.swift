import CreditEvents
import Foundation
import StrictJSON
import Tables
import TestSupport
import Testing

@testable import FeaturePipeline

/// The whole way from a file to features on real tables, where they are at hand.
@Suite("Real tables")
struct RealDataTests {
  /// A declaration that is guessed from a table: what reads as numbers is a number, anything else a category.
  static func guessedDeclaration(path: String, id: String, target: String) throws -> PipelineDeclaration {
    let rows = try TextRows(path, layout: TableLayout(), idField: id)
    var isNumber = [Bool](repeating: true, count: rows.header.count)
    while let cells = try rows.next() {
      for (column, cell) in cells.enumerated() where isNumber[column] && !cell.isEmpty && Double(cell) == nil
      {
        isNumber[column] = false
      }
    }
    var fields: [FieldDeclaration] = []
    for (column, name) in rows.header.enumerated() where name != id && name != target {
      var field = FieldDeclaration(name: name, kind: isNumber[column] ? .number : .category)
      if isNumber[column] {
        field.numeric = NumericOptions(
          imputation: column % 5 == 0 ? .constant(0) : column % 3 == 0 ? .median : Imputation.none,
          log: column % 5 == 0,
          standardise: column % 2 == 0
        )
      } else {
        field.category.encoding = column % 2 == 0 ? .target : .oneHot
      }
      fields.append(field)
    }
    let numbers = fields.filter { $0.kind == .number }.map(\.name)
    return PipelineDeclaration(
      name: "guessed",
      idField: id,
      targetField: target,
      fields: fields,
      derived: [
        DerivedDeclaration(name: "DERIVED 1", expression: "\(numbers[1]) / \(numbers[2])"),
        DerivedDeclaration(
          name: "DERIVED 2",
          expression: "log1p(abs(\(numbers[3]))) - coalesce(`DERIVED 1`, 0)"
        ),
      ]
    )
  }

  @Test("Every row of the file has the same features alone and in the table")
  func tableEqualsRows() throws {
    guard let path = Checkout.realData("home-credit/application_train.csv.gz") else { return }
    let declaration = try Self.guessedDeclaration(path: path, id: "SK_ID_CURR", target: "TARGET")
    let reader = try ApplicationTableReader(declaration)
    let table = try reader.read(path)
    #expect(table.rowCount == 24_553 && table.schema.fields.count == 120)
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    let matrix = try pipeline.transform(table)
    var row = 0
    var differing = 0
    var features = [Float](repeating: 0, count: pipeline.features.count)
    try ApplicationTableReader(pipeline).forEachApplication(in: path, dictionaries: pipeline.dictionaries) {
      application,
      target,
      _ in
      application.values.withUnsafeBufferPointer { values in
        features.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
      }
      let columns = matrix.columnCount
      let ofTable = matrix.values[row * columns..<(row + 1) * columns]
      if !features.elementsEqual(ofTable, by: { $0.bitPattern == $1.bitPattern }) { differing += 1 }
      #expect(application.id == table.ids[row] && application.quality.unseenCategory.isEmpty)
      row += 1
    }
    #expect(row == table.rowCount)
    #expect(differing == 0)
  }

  @Test("Events made of the rows have the features of the rows")
  func eventsEqualRows() throws {
    guard let path = Checkout.realData("home-credit/application_train.csv.gz") else { return }
    let declaration = try Self.guessedDeclaration(path: path, id: "SK_ID_CURR", target: "TARGET")
    let table = try ApplicationTableReader(declaration).read(path)
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    let matrix = try pipeline.transform(table)
    let rows = try TextRows(path, layout: pipeline.layout, idField: pipeline.schema.idField)
    let encoder = try ApplicationEncoder(schema: pipeline.schema, header: rows.header)
    let decoder = ApplicationDecoder(schema: pipeline.schema, dictionaries: pipeline.dictionaries)
    var application = Application(schema: pipeline.schema)
    var writer = JSONWriter()
    var row = 0
    while let cells = try rows.next() {
      defer { row += 1 }
      // Every seventh row is enough here: all rows are compared where the whole stream is tested.
      guard row % 7 == 0 else { continue }
      writer.removeAll(keepingCapacity: true)
      _ = try encoder.encode(cells, into: &writer)
      try writer.bytes.withUnsafeBytes { try decoder.decode($0, into: &application) }
      let features = FittedPipelineTests.features(of: application.values, by: pipeline)
      let columns = matrix.columnCount
      let ofTable = matrix.values[row * columns..<(row + 1) * columns]
      #expect(application.id == table.ids[row])
      #expect(features.elementsEqual(ofTable) { $0.bitPattern == $1.bitPattern }, "row \(row)")
    }
    #expect(row == 24_553)
  }

  @Test("Two lines of header, a label with blanks")
  func twoHeaderLines() throws {
    guard let path = Checkout.realData("taiwan-default/default_of_credit_card_clients.csv") else { return }
    let rows = try TextRows(path, layout: TableLayout(skippedLines: 1), idField: "ID")
    let target = try #require(rows.header.last)
    let declaration = PipelineDeclaration(
      name: "two-lines",
      idField: "ID",
      targetField: target,
      layout: TableLayout(skippedLines: 1),
      fields: rows.header.dropFirst().dropLast().map { FieldDeclaration(name: $0, kind: .number) }
    )
    let table = try ApplicationTableReader(declaration).read(path)
    #expect(table.rowCount == 30_000)
    let defaults = table.targets?.reduce(0, +) ?? 0
    #expect(defaults == 6636)
  }

  @Test("No header, no ids, outcomes 1 and 2")
  func noHeader() throws {
    guard let path = Checkout.realData("german-credit/german.data") else { return }
    let names = (1...20).map { "A\($0)" }
    let numbers: Set<Int> = [2, 5, 8, 11, 13, 16, 18]
    let declaration = PipelineDeclaration(
      name: "no-header",
      idField: "ID",
      targetField: "CLASS",
      layout: TableLayout(
        delimiter: .whitespace,
        columns: names + ["CLASS"],
        idSource: .rowNumber,
        outcomes: .init(defaulted: "2", repaid: "1")
      ),
      fields: (1...20).map {
        FieldDeclaration(name: "A\($0)", kind: numbers.contains($0) ? .number : .category)
      }
    )
    #expect(declaration.validate().isEmpty)
    let table = try ApplicationTableReader(declaration).read(path)
    #expect(table.rowCount == 1000 && table.targets?.reduce(0, +) == 300)
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    #expect(try pipeline.transform(table).rowCount == 1000)
  }
}
