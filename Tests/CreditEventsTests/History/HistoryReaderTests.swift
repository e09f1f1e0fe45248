import CreditEvents
import Testing

@Suite("History in events")
struct HistoryReaderTests {
  private static func schema() throws -> ApplicationSchema {
    let months = [Field(name: "month", kind: .number), Field(name: "status", kind: .category)]
    return try ApplicationSchema(
      idField: "id",
      fields: [Field(name: "income", kind: .number)],
      histories: [
        HistoryTable(
          name: "loans",
          key: "id",
          rowID: "loan",
          fields: [Field(name: "sum", kind: .number), Field(name: "note", kind: .number)],
          categories: [nil, nil],
          readFields: [0],
          summaryCount: 1
        ),
        HistoryTable(
          name: "months",
          parent: 0,
          key: "loan",
          fields: months,
          categories: [nil, CategoryDictionary(["late"])],
          readFields: [0, 1]
        ),
      ],
      aggregates: ["LOANS"]
    )
  }

  private func decode(_ text: String) throws -> Application {
    let schema = try Self.schema()
    let decoder = ApplicationDecoder(schema: schema, dictionaries: schema.fields.map { _ in nil })
    var application = Application(schema: schema)
    try Array(text.utf8).withUnsafeBytes { try decoder.decode($0, into: &application) }
    return application
  }

  private func rejection(_ text: String) -> Rejection? {
    do {
      _ = try decode(text)
      return nil
    } catch {
      return error as? Rejection
    }
  }

  @Test("Rows are read in groups, only the fields that are used")
  func rows() throws {
    let application = try decode(
      """
      {"id":"a","loans":[{"note":"no number, not read","sum":5,"months":[{"month":-1,"status":"late"},
      {"status":null,"other":[1,{"x":2}]}]},{"months":[]},{"sum":null},{"months":null,"sum":7.5}],"income":3,"LOANS":9}
      """
    )
    #expect(application.values[0] == 3 && application.values[1].isNaN)
    #expect(application.history[0].rowCount == 4 && application.history[0].groupEnds == [4])
    #expect(application.history[0].values[0] == 5 && application.history[0].values[6] == 7.5)
    #expect(application.history[1].groupEnds == [2, 2, 2, 2])
    #expect(application.history[1].values[0...1] == [-1, 0] && application.history[1].values[3].isNaN)
    // An aggregate is computed and never sent; a client without history lacks nothing.
    #expect(application.quality.unknownFields == ["LOANS"] && application.quality.missing == 0)
  }

  @Test("Absent, null and empty are the same", arguments: ["", #","loans":null"#, #","loans":[]"#])
  func none(_ member: String) throws {
    let application = try decode(#"{"id":"a","income":1\#(member)}"#)
    #expect(application.history[0].groupEnds == [0] && application.history[1].groupEnds == [])
  }

  @Test(
    "What is no array of objects, or has a value of another kind, is rejected",
    arguments: [
      (#""loans":{}"#, "loans"), (#""loans":[1]"#, "loans"), (#""loans":[{"months":7}]"#, "months"),
      (#""loans":[{"sum":"5"}]"#, "loans.sum"), (#""loans":[{"months":[{"month":true}]}]"#, "months.month"),
    ]
  )
  func wrongType(_ member: String, _ field: String) {
    let rejection = rejection(#"{"id":"a",\#(member)}"#)
    #expect(rejection?.class == .wrongType && rejection?.field == field)
  }

  @Test("A key that stands twice in a row is rejected")
  func duplicate() {
    #expect(rejection(#"{"id":"a","loans":[{"sum":1,"sum":1}]}"#)?.class == .duplicateKey)
  }

  @Test("More rows than a limit are rejected")
  func tooMany() {
    let rows = Array(repeating: "{}", count: (1 << 16) + 1).joined(separator: ",")
    #expect(rejection(#"{"id":"a","loans":[\#(rows)]}"#)?.class == .tooLarge)
    #expect(rejection(#"{"id":"a","loans":[\#(rows.dropLast(3))]}"#) == nil)
  }
}
