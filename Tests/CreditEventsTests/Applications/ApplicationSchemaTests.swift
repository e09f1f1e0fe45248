import CreditEvents
import Testing

@Suite("ApplicationSchema")
struct ApplicationSchemaTests {
  @Test("Only fields have slots; id, target and dropped fields are declared without one")
  func slots() throws {
    let schema = try SampleSchema.make()
    #expect(schema.slot(of: "income") == 0)
    #expect(schema.slot(of: "gender") == 6)
    for name in ["id", "label", "note"] {
      #expect(schema.slot(of: name) == nil)
      #expect(schema.declares(name))
    }
    #expect(!schema.declares("Income"))
  }

  @Test("A contradictory declaration is refused by name")
  func refusals() {
    let cases: [(SchemaError.Code, String, [Field], [String])] = [
      (.repeatedName, "a", [Field(name: "a", kind: .number), Field(name: "a", kind: .flag)], []),
      (.repeatedName, "id", [Field(name: "id", kind: .number)], []),
      (.repeatedName, "a", [Field(name: "a", kind: .number)], ["a"]),
      (.emptyName, "", [Field(name: "", kind: .number)], []),
      (.labelsWithoutFlag, "a", [Field(name: "a", kind: .number, flagLabels: .init(off: "N", on: "Y"))], []),
      (.equalLabels, "a", [Field(name: "a", kind: .flag, flagLabels: .init(off: "N", on: "N"))], []),
      (.rangeWithoutNumber, "a", [Field(name: "a", kind: .category, range: 0...1)], []),
    ]
    for (code, name, fields, dropped) in cases {
      let error = #expect(throws: SchemaError.self) {
        try ApplicationSchema(idField: "id", fields: fields, ignoredFields: dropped)
      }
      #expect(error?.code == code)
      #expect(error?.name == name)
      #expect(error?.message.contains(":") == true)
    }
  }
}
