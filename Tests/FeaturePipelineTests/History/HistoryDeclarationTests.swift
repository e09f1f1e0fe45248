import CreditEvents
import Settings
import StrictJSON
import Testing

@testable import FeaturePipeline

@Suite("Declared history")
struct HistoryDeclarationTests {
  static func declare(_ history: String) throws -> PipelineDeclaration {
    try PipelineFileTests.decode("pipeline: p\nversion: 1\nid: ID\nfields: {A: number}\nhistory:\n" + history)
  }

  static let sound = """
      credits:
        row_id: CREDIT
        time: DAYS
        fields: {DAYS: number, SUM: number, STATE: {kind: category, missing: [XNA]}, LATE: {kind: flag, labels: [N, Y]}}
        drop: {REST: "not of use"}
        tables:
          months:
            time: MONTH
            fields: {MONTH: number, STATUS: category}
            aggregates: {BAD: {aggregate: count, where: 'STATUS == "1"'}}
        aggregates:
          CREDITS: count
          OPEN_SUM: {aggregate: sum(SUM), where: 'STATE == "Active"', window: 365, log: true, label: {en: "Open"}}
          STATES: distinct(STATE)
          BAD_MONTHS: sum(BAD)

    """

  @Test("Tables, aggregates and what is nested are read")
  func everything() throws {
    let declaration = try Self.declare(Self.sound)
    #expect(declaration.validate() == [])
    #expect(declaration.aggregates.map(\.name) == ["CREDITS", "OPEN_SUM", "STATES", "BAD_MONTHS"])
    #expect(declaration.label(of: "OPEN_SUM") == ["en": "Open"])
    let plan = try declaration.historyPlan()
    #expect(plan.tables.map(\.name) == ["credits", "months"] && plan.tables[1].parent == 0)
    #expect(plan.tables[0].key == "ID" && plan.tables[1].key == "CREDIT")
    // Only what an aggregate, the order or the time uses is read.
    #expect(plan.tables[0].readFields == [0, 1, 2])
    #expect(
      plan.sources == [["credits"], ["credits.SUM", "credits.STATE"], ["credits.STATE"], ["months.STATUS"]]
    )
    let schema = try declaration.schema()
    #expect(schema.readCount == 1 && schema.fields.count == 5 && schema.slot(of: "CREDITS") == 1)
  }

  @Test(
    "Contradictions are told with their place",
    arguments: [
      ("aggregates: {X: median(SUM)}", "X.aggregate", "no aggregate"),
      ("aggregates: {X: sum}", "X.aggregate", "needs a value"),
      ("aggregates: {X: sum(SUM}", "X.aggregate", "not closed"),
      ("aggregates: {X: sum(SUN)}", "X", "SUM"),
      ("aggregates: {X: sum(STATE)}", "X", "category"),
      ("aggregates: {X: sum(REST)}", "X", "no field"),
      ("aggregates: {X: {aggregate: count, where: 'STATE = 1'}}", "X.where", "=="),
      ("aggregates: {X: {aggregate: count, window: 3}}", "X.window", "time"),
      ("aggregates: {X: trend(SUM)}", "X", "time"),
      ("aggregates: {A: count}", "A", "declared twice"),
      ("aggregates: {}", "credits", "nothing is computed"),
      ("time: STATE\n    aggregates: {X: count}", "credits.time", "no number"),
      ("order: [NOT]\n    aggregates: {X: count}", "credits.order", "NOT"),
      ("tables: {m: {fields: {Y: number}, aggregates: {Z: count}}}", "credits.row_id", "row_id"),
    ]
  )
  func problems(_ text: String, _ place: String, _ words: String) throws {
    let declaration = try Self.declare(
      "  credits:\n    fields: {SUM: number, STATE: category}\n    \(text)\n"
    )
    let problem = declaration.validate().first
    #expect(
      problem?.path.joined(separator: ".").hasSuffix(place) == true,
      "\(problem?.description ?? "none")"
    )
    #expect(problem?.message.contains(words) == true, "\(problem?.description ?? "none")")
  }

  @Test("A fitted pipeline with history is written and read back as it was, and names raw fields")
  func roundTrip() throws {
    var declaration = try Self.declare(Self.sound)
    declaration.derived = [DerivedDeclaration(name: "RATIO", expression: "OPEN_SUM / A")]
    let schema = try declaration.schema()
    let table = ApplicationTable(
      schema: schema,
      dictionaries: schema.fields.map { _ in nil },
      ids: ["1", "2"],
      columns: [[1, 2], [0, 3], [.nan, 5], [1, 1], [.nan, 0]],
      targets: nil
    )
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    #expect(pipeline.features.map(\.name) == ["A", "CREDITS", "OPEN_SUM", "STATES", "BAD_MONTHS", "RATIO"])
    #expect(
      pipeline.features.last?.fields == ["credits.SUM", "credits.STATE", "A"].sorted(by: >)
        || pipeline.features.last?.fields == ["A", "credits.SUM", "credits.STATE"]
    )
    var writer = JSONWriter()
    pipeline.encode(into: &writer)
    let read = try JSONParser(limits: .document).withRoot(of: writer.bytes) { try FittedPipeline(json: $0) }
    #expect(read == pipeline && read.historyPlan.tables == pipeline.historyPlan.tables)
    var again = JSONWriter()
    read.encode(into: &again)
    #expect(again.bytes == writer.bytes)
    // A key that is unknown below history is refused like any other.
    let spoilt = String(decoding: writer.bytes, as: UTF8.self).replacing("\"order\":", with: "\"sorder\":")
    #expect(throws: (any Error).self) {
      try JSONParser(limits: .document).withRoot(of: Array(spoilt.utf8)) { try FittedPipeline(json: $0) }
    }
  }
}
