import StrictJSON
import TestSupport
import Testing

@testable import CreditEvents

@Suite("Scanned events")
struct ScannedEventTests {
  private static func schema() throws -> ApplicationSchema {
    try ApplicationSchema(
      idField: "id",
      targetField: "label",
      fields: SampleSchema.fields,
      ignoredFields: ["note"],
      histories: [
        HistoryTable(
          name: "loans",
          key: "id",
          rowID: "loan",
          fields: [
            Field(name: "sum", kind: .number, missingTexts: ["-1"]), Field(name: "kind", kind: .category),
          ],
          categories: [nil, CategoryDictionary(["car", "3"])],
          readFields: [0, 1],
          summaryCount: 1
        ),
        HistoryTable(
          name: "months",
          parent: 0,
          key: "loan",
          fields: [
            Field(name: "late", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
            Field(name: "x", kind: .number),
          ],
          categories: [nil, nil],
          readFields: [0]
        ),
      ],
      aggregates: ["SUM"]
    )
  }

  private static let event = """
    {"id": "a7","income":1250.75,"age_days":-1,"job":"Laborers","region":3.5,"owns_car":"Y","has_phone":true,
    "gender":"F","loans":[{"sum":12.5,"kind":"car","months":[{"late":"N","x":1e3},{"late":null}]},
    {"kind":3,"more":[1,{"y":"z"}],"sum":-1},{"sum":0.1234567890123456789,"kind":"boat","months":[]}],
    "extra":7,"note":{"deep":[[],{}]},"label":1,"odd":false}
    """

  private func read(
    _ text: [UInt8],
    _ decoder: ApplicationDecoder,
    _ schema: ApplicationSchema
  ) -> Result<Application, Rejection> {
    text.withUnsafeBytes { bytes in
      var application = Application(schema: schema)
      do throws(Rejection) {
        try decoder.decode(bytes, into: &application)
        return .success(application)
      } catch {
        return .failure(error)
      }
    }
  }

  private func same(_ left: Result<Application, Rejection>, _ right: Result<Application, Rejection>) -> Bool {
    switch (left, right) {
    case (.failure(let a), .failure(let b)): a == b
    case (.success(let a), .success(let b)):
      a.id == b.id && a.quality == b.quality && a.values.map(\.bitPattern) == b.values.map(\.bitPattern)
        && a.history.map { $0.values.map(\.bitPattern) } == b.history.map { $0.values.map(\.bitPattern) }
        && a.history.map(\.groupEnds) == b.history.map(\.groupEnds)
    default: false
    }
  }

  @Test("Are read as the parser reads them, and so are those with any byte changed")
  func agreesWithParser() throws {
    let schema = try Self.schema()
    let dictionaries = SampleSchema.dictionaries + [nil]
    let usual = ApplicationDecoder(schema: schema, dictionaries: dictionaries)
    let parsing = ApplicationDecoder(schema: schema, dictionaries: dictionaries)
    parsing.isScanning = false
    let sound = Array(Self.event.utf8)
    guard case .success = read(sound, usual, schema) else {
      Issue.record("the sound event is rejected")
      return
    }
    #expect(usual.scannedCount == 1)
    var random = SplitMix64(seed: 5)
    let alphabet = Array("{}[]\",:\\0123456789.-+eE tfn\u{1}éY".utf8)
    var scanned = 0
    for round in 0..<30_000 {
      var text = sound
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch round % 4 {
        case 0: text[place] = alphabet.randomElement(using: &random) ?? 0
        case 1: text.remove(at: place)
        case 2: text.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        default:
          // A piece of the event once more: keys twice, rows twice, numbers in numbers.
          let other = Int.random(in: 0..<text.count, using: &random)
          text.insert(
            contentsOf: text[min(place, other)..<min(max(place, other), min(place, other) + 30)],
            at: place
          )
        }
      }
      let before = usual.scannedCount
      let result = read(text, usual, schema)
      scanned += usual.scannedCount - before
      let other = read(text, parsing, schema)
      #expect(same(result, other), "\(String(decoding: text, as: UTF8.self))\n\(result)\n\(other)")
    }
    // The comparison means something only if many of the changed events are still scanned.
    #expect(scanned > 1_000)
  }

  @Test("Keys twice are refused in what is read or undeclared, not within what is declared and unused")
  func duplicates() throws {
    let schema = try Self.schema()
    let decoder = ApplicationDecoder(schema: schema, dictionaries: SampleSchema.dictionaries + [nil])
    func isRejected(_ text: String) -> Bool {
      if case .failure(let rejection) = read(Array(text.utf8), decoder, schema) {
        return rejection.class == .duplicateKey
      }
      return false
    }
    #expect(isRejected(#"{"id":1,"income":1,"income":1}"#))
    #expect(isRejected(#"{"id":1,"zz":1,"zz":1}"#))
    #expect(isRejected(#"{"id":1,"loans":[{"sum":1,"sum":2}]}"#))
    #expect(isRejected(#"{"id":1,"loans":[{"zz":1,"zz":2}]}"#))
    #expect(isRejected(#"{"id":1,"loans":[{"months":[{"x":1,"x":2}]}]}"#))
    #expect(isRejected(#"{"id":1,"extra":[{"y":1,"y":1}]}"#))
    #expect(isRejected(#"{"id":1,"extra":{"a":[[{"y":1,"y":1}]]}}"#))
    #expect(!isRejected(#"{"id":1,"note":{"x":1,"x":2}}"#))
    #expect(!isRejected(#"{"id":1,"\u006eote":{"x":1,"x":2}}"#))
  }

  @Test("Numbers have the bits of the parser's, short and long")
  func numbers() throws {
    var random = SplitMix64(seed: 9)
    let parser = JSONParser(limits: .event)
    for _ in 0..<20_000 {
      let digits = (0..<Int.random(in: 1...19, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }
      var text = (Bool.random(using: &random) ? "-" : "") + "\(Int.random(in: 0...99, using: &random))"
      text += "." + digits.map(String.init).joined()
      if Bool.random(using: &random) { text += "e\(Int.random(in: -40...40, using: &random))" }
      let expected = try parser.withRoot(of: Array(text.utf8)) { $0.double }
      Array(text.utf8).withUnsafeBytes { bytes in
        var scanner = JSONScanner(bytes, limits: .event)
        #expect(scanner?.number()?.value.bitPattern == expected?.bitPattern, "\(text)")
      }
    }
  }
}
