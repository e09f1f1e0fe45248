import CreditEvents
import StrictJSON
import TestSupport
import Testing

@Suite("ApplicationEncoder")
struct ApplicationEncoderTests {
  static let header = [
    "id", "label", "income", "age_days", "job", "note", "region", "owns_car", "has_phone", "gender",
  ]

  @Test("A row becomes an event of typed members; target and dropped columns stay at home")
  func row() throws {
    let encoder = try ApplicationEncoder(schema: try SampleSchema.make(), header: Self.header)
    var writer = JSONWriter()
    let cells = [" 100002 ", "1", "406597.50", "-1", "A \"b\"", "secret", "1.0", "Y", "1.0", ""]
    let id = try encoder.encode(cells, into: &writer)
    #expect(id == "100002")
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"id":"100002","income":406597.5,"age_days":null,"job":"A \"b\"","region":"1","owns_car":"Y","has_phone":1,"gender":null}"#
    )
  }

  @Test("A cell that is none of its field's values is refused as the event would be")
  func badCell() throws {
    let encoder = try ApplicationEncoder(schema: try SampleSchema.make(), header: ["id", "income"])
    var writer = JSONWriter()
    let rejection = #expect(throws: Rejection.self) { try encoder.encode(["1", "lots"], into: &writer) }
    #expect(rejection?.class == .wrongType)
    #expect(rejection?.field == "income")
  }

  @Test("A header without ids or with undeclared columns is refused by name")
  func badHeader() throws {
    let schema = try SampleSchema.make()
    let undeclared = #expect(throws: SchemaError.self) {
      try ApplicationEncoder(schema: schema, header: ["id", "Income"])
    }
    #expect(undeclared == SchemaError(.undeclaredColumn, name: "Income"))
    let missing = #expect(throws: SchemaError.self) {
      try ApplicationEncoder(schema: schema, header: ["income"])
    }
    #expect(missing == SchemaError(.missingIdColumn, name: "id"))
  }

  /// The promise that training and scoring read alike: the cell and the event published for it have one value.
  @Test(
    "Cells and the events made of them have the same values to the bit",
    arguments: 1...8 as ClosedRange<UInt64>
  )
  func tablesAndEventsAgree(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let schema = try SampleSchema.make()
    let encoder = try ApplicationEncoder(schema: schema, header: Self.header)
    let decoder = try ApplicationDecoderTests.makeDecoder()
    var application = Application(schema: schema)
    let parsers = schema.fields.map(FieldParser.init)
    var scored = 0
    for row in 0..<500 {
      let cells = Self.header.map { $0 == "id" ? "\(row)" : Self.randomCell(using: &random) }
      var values: [Double] = []
      for field in schema.fields {
        let slot = try #require(schema.slot(of: field.name))
        let column = try #require(Self.header.firstIndex(of: field.name))
        let dictionary = SampleSchema.dictionaries[slot] ?? CategoryDictionary()
        let value = try? withUTF8(cells[column]) { cell in
          try parsers[slot].value(ofCell: cell, code: dictionary.code(utf8:))
        }
        if let value { values.append(value) }
      }
      var writer = JSONWriter()
      guard values.count == schema.fields.count else {
        #expect(throws: Rejection.self) { try encoder.encode(cells, into: &writer) }
        continue
      }
      _ = try encoder.encode(cells, into: &writer)
      try writer.bytes.withUnsafeBytes { try decoder.decode($0, into: &application) }
      #expect(application.values.map(\.bitPattern) == values.map(\.bitPattern), "seed \(seed): \(cells)")
      scored += 1
    }
    #expect(scored > 20)
  }

  @Test(
    "A number in a table and the same number as a JSON token have one value",
    arguments: [11, 12] as [UInt64]
  )
  func tokensAgree(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let dictionary = CategoryDictionary((0..<200).map { "\($0)" } + (0..<50).map { "\(Double($0) / 4)" })
    for kind in [Field.Kind.number, .category] {
      let field = Field(name: "f", kind: kind)
      let schema = try ApplicationSchema(idField: "id", fields: [field])
      let decoder = ApplicationDecoder(schema: schema, dictionaries: [dictionary])
      var application = Application(schema: schema)
      for _ in 0..<500 {
        let text = Self.randomJSONNumber(using: &random)
        let cell = try withUTF8(text) {
          try FieldParser(field).value(ofCell: $0, code: dictionary.code(utf8:))
        }
        try ApplicationDecoderTests.decode("{\"id\":1,\"f\":\(text)}", by: decoder, into: &application)
        #expect(application.values[0].bitPattern == cell.bitPattern, "seed \(seed): \(kind) \(text)")
      }
    }
  }

  @Test("An application is written so that it is read back")
  func applications() throws {
    let schema = try SampleSchema.make()
    let encoder = try ApplicationEncoder(schema: schema)
    let application = Application(id: "7", values: [0.1, -3, 1, 2, 0, 1, .nan])
    var writer = JSONWriter()
    encoder.encode(application, dictionaries: SampleSchema.dictionaries, into: &writer)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(
      text
        == #"{"id":"7","income":0.1,"age_days":-3,"job":"Größe","region":"3.5","owns_car":"N","has_phone":1,"gender":null}"#
    )
    let back = try ApplicationDecoderTests.decode(text)
    #expect(back.values.map(\.bitPattern) == application.values.map(\.bitPattern))
  }

  static func randomCell(using random: inout SplitMix64) -> String {
    let texts = [
      "", " ", "0", "1", "1.0", "-0", "2", "Y", "N", "true", "false", "XNA", "unknown", "Laborers", "Größe",
      "F", "3.5",
      "A \"b\"", "\\", "a\tb", "null", "1e2",
    ]
    // Mostly what fits every kind of field, so that whole rows are scored.
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return randomJSONNumber(using: &random)
    case 1: return texts.randomElement(using: &random) ?? ""
    default: return ["", " ", ""].randomElement(using: &random) ?? ""
    }
  }

  static func randomJSONNumber(using random: inout SplitMix64) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "\(Int.random(in: -3...300, using: &random))"
    case 1: return "\(Int64(bitPattern: random.next()))"
    case 2: return "\(Double(Int.random(in: -100...100, using: &random)) / 4)"
    case 3: return "\(Int.random(in: 0...99, using: &random))e\(Int.random(in: -3...3, using: &random))"
    default:
      let number = Double(bitPattern: random.next())
      return number.isFinite ? number.description : "-0.0"
    }
  }
}
