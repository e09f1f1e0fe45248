import CreditEvents
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("FittedPipeline read from a file")
struct HostilePipelineTests {
  static func pipeline() throws -> FittedPipeline {
    var x = FieldDeclaration(name: "X", kind: .number)
    x.range = [0, 9]
    x.numeric = NumericOptions(imputation: .median, log: true, standardise: true, missingIndicator: true)
    var flag = FieldDeclaration(name: "FLAG", kind: .flag)
    flag.labels = ["N", "Y"]
    let kind = FieldDeclaration(name: "KIND", kind: .category)
    var rate = FieldDeclaration(name: "RATE", kind: .category)
    rate.category.encoding = .target
    var secret = FieldDeclaration(name: "SEX", kind: .category)
    secret.isProtected = true
    let declaration = PipelineDeclaration(
      name: "p",
      idField: "ID",
      targetField: "Y",
      fields: [x, flag, kind, rate, secret],
      dropped: [DroppedDeclaration(name: "GONE", reason: "test")],
      derived: [
        DerivedDeclaration(name: "D", expression: "X / 2"),
        DerivedDeclaration(name: "E", expression: "D + (KIND == 'b')"),
      ],
      defaults: {
        var defaults = PipelineDefaults()
        defaults.category.minimumCount = 2
        return defaults
      }()
    )
    let texts = CategoryDictionary(["b", "a", "c"])
    var table = ApplicationTable(
      schema: try declaration.schema(),
      dictionaries: [nil, nil, texts, texts, texts],
      hasTargets: true
    )
    for row in 0..<12 {
      let code = Double(row % 5 == 4 ? 2 : row % 2)
      let values = [Double(row), row % 3 == 0 ? 1 : 0, code, code, .nan]
      table.append(Application(id: "\(row)", values: values), target: row % 4 == 0 ? 1 : 0)
    }
    return try FittedPipeline.fit(declaration, table: table, seed: 1)
  }

  @Test(
    "What cannot have been written is refused",
    arguments: [
      ("\"format\":1", "\"format\":2"), ("\"version\":1", "\"version\":0"),
      ("\"pipeline\":\"p\"", "\"pipeline\":\"\""),
      ("\"version\":1", "\"version\":1,\"extra\":true"), ("\"version\":1,", ""),
      ("\"id\":\"ID\"", "\"id\":\"X\""),
      ("\"target\":\"Y\"", "\"target\":\"FLAG\""), ("\"kind\":\"flag\"", "\"kind\":\"bool\""),
      ("\"range\":[0.0,9.0]", "\"range\":[9.0,0.0]"), ("\"range\":[0.0,9.0]", "\"range\":[0.0]"),
      ("\"labels\":[\"N\",\"Y\"]", "\"labels\":[\"N\",\"N\"]"),
      ("\"labels\":[\"N\",\"Y\"]", "\"labels\":[\"N\"]"),
      ("\"categories\":[\"a\",\"b\",\"c\"]", "\"categories\":[\"b\",\"a\",\"c\"]"),
      ("\"categories\":[\"a\",\"b\",\"c\"]", "\"categories\":[\"a\",\"a\",\"b\"]"),
      ("\"dropped\":[\"GONE\"]", "\"dropped\":[\"X\"]"), ("\"delimiter\":\",\"", "\"delimiter\":\"ab\""),
      ("\"skip_lines\":0", "\"skip_lines\":-1"), ("\"id_source\":\"column\"", "\"id_source\":\"x\""),
      ("\"repaid\":\"0\"", "\"repaid\":\"1\""), ("\"expression\":\"X / 2\"", "\"expression\":\"X /\""),
      ("\"expression\":\"X / 2\"", "\"expression\":\"SEX == 'a'\""),
      ("\"expression\":\"X / 2\"", "\"expression\":\"E\""),
      ("\"name\":\"E\"", "\"name\":\"D\""), ("\"name\":\"E\"", "\"name\":\"KIND\""),
      ("\"name\":\"E\"", "\"name\":\"\""),
      ("{\"field\":\"X\"", "{\"field\":\"NONE\""), ("{\"field\":\"X\"", "{\"field\":\"SEX\""),
      ("{\"field\":\"X\"", "{\"field\":\"KIND\""), ("{\"field\":\"X\"", "{\"field\":\"FLAG\""),
      ("{\"field\":\"X\"", "{\"field\":\"X\",\"derived\":\"D\""), ("{\"field\":\"X\",", "{"),
      ("\"derived\":\"E\"", "\"derived\":\"X\""), ("\"derived\":\"E\"", "\"derived\":\"D\""),
      ("\"encode\":\"one_hot\"", "\"encode\":\"number\""), ("\"encode\":\"number\"", "\"encode\":\"target\""),
      ("\"deviation\":", "\"deviation\":-"), ("\"deviation\":", "\"dev\":"), ("\"fill\":", "\"fill\":-"),
      ("\"other\":false", "\"other\":0"), ("\"missing\":false", "\"missing\":null"),
      ("\"prior\":0.", "\"prior\":1."),
      ("\"rates\":[", "\"rates\":[0.5,"), ("\"rates\":[0.", "\"rates\":[-0."),
      ("\"rates\":[0.", "\"rates\":[\"x\",0."),
    ]
  )
  func refusals(original: String, replacement: String) throws {
    let text = String(decoding: FittedPipelineTests.json(try Self.pipeline()), as: UTF8.self)
    let range = try #require(text.range(of: original), "\(original) is not in \(text)")
    let changed = text.replacingCharacters(in: range, with: replacement)
    #expect(throws: (any Error).self, "\(original) → \(replacement)") {
      do {
        _ = try FittedPipelineTests.pipeline(from: [UInt8](changed.utf8))
      } catch {
        #expect(error is PipelineError || error is JSONError, "\(error)")
        throw error
      }
    }
  }

  static let extremes: [Double] = [.nan, -1, 0, 1, 2, 3, 1e300, -1e300]

  @Test("Whatever is read can be run", arguments: 0..<300)
  func randomDamage(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    var bytes = FittedPipelineTests.json(try Self.pipeline())
    for _ in 0..<Int.random(in: 1...4, using: &source) {
      let position = Int.random(in: bytes.indices, using: &source)
      switch Int.random(in: 0..<3, using: &source) {
      case 0: bytes[position] = UInt8.random(in: 0x20..<0x7F, using: &source)
      case 1: bytes.remove(at: position)
      default: bytes.insert(UInt8.random(in: 0x20..<0x7F, using: &source), at: position)
      }
    }
    guard let pipeline = try? FittedPipelineTests.pipeline(from: bytes) else { return }
    for _ in 0..<20 {
      let values = pipeline.schema.fields.map { _ in Self.extremes.randomElement(using: &source) ?? 0 }
      let features = FittedPipelineTests.features(of: values, by: pipeline)
      #expect(features.allSatisfy { !$0.isInfinite }, "seed \(seed)")
    }
  }
}
