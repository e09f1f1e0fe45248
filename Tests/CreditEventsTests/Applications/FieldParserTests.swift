import CreditEvents
import Testing

@Suite("FieldParser")
struct FieldParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var field: Int
    var cell: String
    var value: Double?
    var problem: FieldProblem?
    var testDescription: String { "\(SampleSchema.fields[field].name) ← \(cell.debugDescription)" }

    init(_ field: Int, _ cell: String, _ value: Double) {
      (self.field, self.cell, self.value) = (field, cell, value)
    }

    init(_ field: Int, _ cell: String, _ problem: FieldProblem) {
      (self.field, self.cell, self.problem) = (field, cell, problem)
    }
  }

  static let cells: [Case] = [
    Case(0, "", .nan), Case(0, "  ", .nan), Case(0, "12", 12), Case(0, " 12.50 ", 12.5), Case(0, "-0", 0),
    Case(0, "+7", 7), Case(0, ".5", 0.5), Case(0, "5.", 5), Case(0, "007", 7), Case(0, "1e3", 1000),
    Case(0, "1E-3", 0.001), Case(0, "1e400", .numberOutOfRange), Case(0, "1e-400", 0),
    Case(0, "9007199254740993", 9_007_199_254_740_992), Case(0, "0.1", 0.1),
    Case(0, "nan", .notANumber), Case(0, "inf", .notANumber), Case(0, "0x10", .notANumber),
    Case(0, "1_000", .notANumber), Case(0, "1,5", .notANumber), Case(0, "-", .notANumber),
    Case(0, ".", .notANumber),
    Case(0, "1e", .notANumber), Case(0, "1 2", .notANumber), Case(0, "true", .notANumber),
    Case(0, "１", .notANumber),
    Case(1, "-1", .nan), Case(1, "-1.0", .nan), Case(1, "unknown", .nan), Case(1, "-1.5", -1.5),
    Case(2, "Laborers", 0), Case(2, " Laborers\t", 0), Case(2, "Größe", 1), Case(2, "laborers", -1),
    Case(2, "XNA", .nan), Case(2, "", .nan), Case(2, "A \"b\"", 2), Case(2, "Labourers", -1),
    Case(3, "1", 0), Case(3, "1.0", 0), Case(3, "1e0", 0), Case(3, "01", -1), Case(3, "+1", -1),
    Case(3, "2", 1),
    Case(3, "3.50", 2), Case(3, "35e-1", 2), Case(3, "-0", -1), Case(3, "1e400", -1),
    Case(4, "Y", 1), Case(4, "N", 0), Case(4, "true", 1), Case(4, "false", 0), Case(4, "", .nan),
    Case(4, "1", .notAFlag), Case(4, "0", .notAFlag), Case(4, "y", .notAFlag), Case(4, "yes", .notAFlag),
    Case(5, "1", 1), Case(5, "0", 0), Case(5, "1.0", 1), Case(5, "-0", 0), Case(5, "true", 1),
    Case(5, "2", .notAFlag), Case(5, "Y", .notAFlag),
    Case(6, "M", 1), Case(6, "X", -1),
  ]

  @Test("A cell has the one value of its field, or none", arguments: cells)
  func cellsHaveOneMeaning(_ sample: Case) throws {
    let parser = FieldParser(SampleSchema.fields[sample.field])
    let dictionary = SampleSchema.dictionaries[sample.field] ?? CategoryDictionary()
    let parse = { try withUTF8(sample.cell) { try parser.value(ofCell: $0, code: dictionary.code(utf8:)) } }
    if let problem = sample.problem {
      #expect(throws: problem) { try parse() }
    } else if let value = sample.value {
      #expect(try parse().bitPattern == value.bitPattern)
    }
  }

  @Test("A JSON string is no number, however numeric it looks")
  func quotedNumbersAreRefused() throws {
    let parser = FieldParser(SampleSchema.fields[0])
    #expect(throws: FieldProblem.notANumber) {
      try withUTF8("12") { try parser.value(ofString: $0) { _ in nil } }
    }
    #expect(try withUTF8(" ") { try parser.value(ofString: $0) { _ in nil } }.isNaN)
  }

  @Test("A number of a category is the category of its shortest text")
  func numbersNameCategories() throws {
    let parser = FieldParser(SampleSchema.fields[3])
    let code = SampleSchema.dictionaries[3]?.code(utf8:) ?? { _ in nil }
    #expect(try parser.value(ofNumber: 1, code: code) == 0)
    #expect(try parser.value(ofInteger: 2, code: code) == 1)
    #expect(try parser.value(ofNumber: 3.5, code: code) == 2)
    #expect(try parser.value(ofBoolean: true, code: code) == Application.unseenCategory)
    #expect(throws: FieldProblem.numberOutOfRange) { try parser.value(ofNumber: .infinity, code: code) }
  }

  @Test("A growing dictionary gives new categories the next code")
  func dictionariesGrow() throws {
    let parser = FieldParser(SampleSchema.fields[3])
    var dictionary = CategoryDictionary()
    var codes: [Double] = []
    for cell in ["b", "a", "1.0", "b", "1", ""] {
      codes.append(
        try withUTF8(cell) { try parser.value(ofCell: $0) { dictionary.intern(utf8: $0) } }
      )
    }
    #expect(codes[..<5] == [0, 1, 2, 0, 2])
    #expect(codes[5].isNaN)
    #expect(dictionary.categories == ["b", "a", "1"])
  }

  @Test("Labels that are numbers take the place of 0 and 1")
  func numericLabels() throws {
    let parser = FieldParser(Field(name: "sex", kind: .flag, flagLabels: .init(off: "1", on: "2")))
    #expect(try parser.value(ofInteger: 1) { _ in nil } == 0)
    #expect(try parser.value(ofNumber: 2.0) { _ in nil } == 1)
    #expect(throws: FieldProblem.notAFlag) { try parser.value(ofInteger: 0) { _ in nil } }
  }

  @Test("Each problem names the field and what to send", arguments: FieldProblem.allCases)
  func messagesNameFieldAndRemedy(_ problem: FieldProblem) {
    for field in SampleSchema.fields {
      let message = problem.message(for: field)
      #expect(message.contains("\"\(field.name)\""))
      #expect(message.contains("send"))
    }
  }
}
