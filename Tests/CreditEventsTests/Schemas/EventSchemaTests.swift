import CreditEvents
import Foundation
import StrictJSON
import TestSupport
import Testing

/// Real output of the program against the published schemas, and what they must not let pass.
@Suite("Event schemas")
struct EventSchemaTests {
  static let names = [
    "application", "decision", "dead-letter-headers", "drift-alert", "drift-partial", "loan-outcome",
    "model-announcement",
  ]

  /// Values as this program writes them, by schema.
  static func samples() throws -> [(schema: String, value: [UInt8])] {
    var samples: [(schema: String, value: [UInt8])] = []
    func add(_ schema: String, _ write: (inout JSONWriter) throws -> Void) rethrows {
      var writer = JSONWriter()
      try write(&writer)
      samples.append((schema, writer.bytes))
    }
    add("decision") { SampleDecision.full.encode(into: &$0) }
    for outcome in Decision.Outcome.allCases {
      add("decision") { writer in
        var plain = SampleDecision.full
        plain.outcome = outcome
        plain.rules = []
        plain.reasons = []
        plain.dataQuality = Decision.Quality()
        plain.encode(into: &writer)
      }
    }
    for rejectionClass in RejectionClass.allCases {
      for field in [nil, "income"] {
        let rejection = Rejection(rejectionClass, field: field, message: "what: remedy")
        add("dead-letter-headers") { writer in
          writer.beginObject()
          var headers = DeadLetterHeaders(rejection: rejection, source: SampleDecision.source)
          if field != nil {
            headers.model = .init(name: "home-credit", version: "7")
            let sha256 = String(repeating: "0f", count: 32)
            headers.cut = DeadLetterCut(parts: [.value, .key], valueBytes: 9, sha256: sha256, timestamp: -1)
          }
          for header in headers.headers {
            writer.member(header.name, header.value)
          }
          writer.endObject()
        }
      }
    }
    // What the scorer makes of an event; its own tests hold it to these bytes.
    let scored = Checkout.path("Tests/CreditScoringTests/Fixtures/decision.json")
    samples.append(("decision", Array(try Data(contentsOf: URL(filePath: scored)))))
    add("drift-partial") { DriftPartialTests.sample.encode(into: &$0) }
    for sample in DriftAlertTests.samples { add("drift-alert") { sample.encode(into: &$0) } }
    add("loan-outcome") { LoanOutcomeTests.sample.encode(into: &$0) }
    add("model-announcement") { ModelAnnouncementTests.sample.encode(into: &$0) }
    let encoder = try ApplicationEncoder(
      schema: try SampleSchema.make(),
      header: ApplicationEncoderTests.header
    )
    try add("application") { writer in
      _ = try encoder.encode(["1", "1", "4.5", "-1", "Laborers", "", "1", "Y", "0", ""], into: &writer)
    }
    try add("application") { writer in
      let months = #"[{"month":-1,"status":"0"},{"month":-2,"status":null}]"#
      let history = [
        ("loans", Array(#"[{"sum":1.5,"open":true,"months":\#(months)},{}]"#.utf8)),
        ("cards", Array("[]".utf8)),
      ]
      _ = try encoder.encode(
        ["1", "1", "4.5", "-1", "Laborers", "", "1", "Y", "0", ""],
        history: history.map { (name: $0.0, rows: $0.1) },
        into: &writer
      )
    }
    return samples
  }

  @Test("Everything this program writes fits its schema")
  func outputFits() throws {
    for (schema, value) in try Self.samples() {
      #expect(
        try Self.findings(value, schema: schema) == [],
        "\(schema): \(String(decoding: value, as: UTF8.self))"
      )
    }
  }

  @Test("Each sample with a member missing, unknown or of another kind does not fit")
  func schemasAreClosed() throws {
    for (schema, value) in try Self.samples() where schema != "application" {
      let text = String(decoding: value, as: UTF8.self)
      let keys = try JSONParser(limits: .event).withRoot(of: value) { $0.members.map(\.key.string) }
      #expect(try !Self.findings(Self.withMember("surprise", in: text), schema: schema).isEmpty)
      for key in keys {
        let renamed = text.replacing("\"\(key)\":", with: "\"x\(key)\":", maxReplacements: 1)
        #expect(try !Self.findings(Array(renamed.utf8), schema: schema).isEmpty, "\(schema): \(key)")
      }
    }
  }

  /// Draft 2020-12 by an implementation that is not ours; only where Python has it.
  @Test("Python's jsonschema agrees, on the schemas and on the output")
  func outputFitsByPython() throws {
    let script = """
      import json, sys
      try:
          from jsonschema import Draft202012Validator as Validator
      except ImportError:
          sys.exit(77)
      cases = json.load(open(sys.argv[1], encoding="utf-8"))
      for name, schema in cases["schemas"].items():
          Validator.check_schema(schema)
      for case in cases["samples"]:
          Validator(cases["schemas"][case["schema"]]).validate(case["value"])
          if case["schema"] != "application":
              assert not Validator(cases["schemas"][case["schema"]]).is_valid({**case["value"], "surprise": 1})
      print(len(cases["samples"]))
      """
    let samples = try Self.samples()
    let cases = samples.map {
      "{\"schema\":\"\($0.schema)\",\"value\":\(String(decoding: $0.value, as: UTF8.self))}"
    }
    let schemas = try Self.names.map { "\"\($0)\":\(try Self.schemaText($0))" }
    let input =
      "{\"schemas\":{\(schemas.joined(separator: ","))},\"samples\":[\(cases.joined(separator: ","))]}"
    guard let (status, output) = try Python.run(script, input: input), status != 77 else {
      print("skipped outputFitsByPython: python3 with jsonschema is not there (pip install jsonschema)")
      return
    }
    #expect(status == 0)
    #expect(output == "\(samples.count)\n")
  }

  @Test("Every schema is one of the tested ones")
  func allSchemasAreTested() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Checkout.path("Schemas/Events"))
    let tested = Set(try Self.samples().map { $0.schema + ".schema.json" })
    #expect(tested.isSubset(of: files))
    #expect(tested == Set(Self.names.map { $0 + ".schema.json" }))
  }

  private static func schemaText(_ name: String) throws -> String {
    try String(contentsOfFile: Checkout.path("Schemas/Events/\(name).schema.json"), encoding: .utf8)
  }

  private static func findings(_ value: [UInt8], schema: String) throws -> [String] {
    try JSONParser(limits: .document).withRoot(of: Array(try schemaText(schema).utf8)) { root in
      try JSONParser(limits: .document).withRoot(of: value) { SchemaChecker(root: root).findings($0) }
    }
  }

  private static func withMember(_ key: String, in text: String) -> [UInt8] {
    Array("{\"\(key)\":1,\(text.dropFirst())".utf8)
  }
}
