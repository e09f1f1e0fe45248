import CreditEvents
import FeaturePipeline
import Testing

@testable import Simulation

@Suite("Simulator tables")
struct SimulatorTableTests {
  /// A pipeline's view of the population: other order, one field fewer, "none" missing, the term a category.
  static func schema() throws -> ApplicationSchema {
    try ApplicationSchema(
      idField: "id",
      targetField: "defaulted",
      fields: [
        Field(name: "job", kind: .category, missingTexts: ["none"]),
        Field(name: "term", kind: .category),
        Field(name: "amount", kind: .number, missingTexts: ["500"]),
        Field(name: "car", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
        Field(name: "phone", kind: .flag),
        Field(name: "score", kind: .number),
      ],
      ignoredFields: ["payment"]
    )
  }

  @Test("A table holds what decoding the published events gives")
  func agreesWithEvents() throws {
    let simulator = try Population.simulator()
    let table = try simulator.table(0..<400, as: Self.schema())
    #expect(table.rowCount == 400)
    #expect(table.dictionaries[0]?.categories.sorted() == ["Clerk", "Größe, \"quoted\""])
    #expect(table.dictionaries[1]?.categories.sorted() == ["12", "36"])
    let decoder = ApplicationDecoder(schema: try Self.schema(), dictionaries: table.dictionaries)
    var source = SimulatedSource(simulator, rows: 0..<400)
    var application = Application(schema: try Self.schema())
    var row = [Double](repeating: 0, count: 6)
    var rows = 0
    for index in 0..<400 {
      guard let record = source.next() else { break }
      rows += 1
      try (record.value ?? []).withUnsafeBytes { try decoder.decode($0, into: &application) }
      table.copyRow(index, into: &row)
      #expect(application.values.map(\.bitPattern) == row.map(\.bitPattern))
      #expect(table.ids[index] == application.id && application.id == record.id)
      #expect(table.targets?[index] == (simulator.application(index).isDefault ? 1 : 0))
      #expect(application.quality.unknownFieldCount == 0)
    }
    #expect(rows == 400)
    #expect(table.columns[0].contains { $0.isNaN })
  }

  @Test("A field that is not simulated, or of another kind, is named")
  func mismatch() throws {
    let simulator = try Population.simulator()
    for (field, reason) in [
      (Field(name: "salary", kind: .number), "has no field salary"),
      (Field(name: "job", kind: .number), "field job does not fit a number"),
    ] {
      let schema = try ApplicationSchema(idField: "id", fields: [field])
      let error = try #require(throws: SimulationError.self) { try simulator.table(0..<9, as: schema) }
      #expect(error.code == .schemaMismatch && error.message.contains(reason))
    }
  }
}
