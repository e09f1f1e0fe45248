import Foundation
import StrictJSON
import TestSupport
import Testing

/// The documents beside reports against their published schemas, and what these must not let pass.
@Suite("Report schemas")
struct ReportSchemaTests {
  private static let schemaPath = Checkout.path("Schemas/Reports/exploration.schema.json")
  private static let experimentSchemaPath = Checkout.path("Schemas/Reports/experiment.schema.json")
  private static let experimentPath = Checkout.path(
    "Tests/ModelTrainingTests/Fixtures/Experiment/experiment.json"
  )
  /// What the program writes; its own tests hold it to this file.
  private static let documentPath = Checkout.path(
    "Tests/ModelTrainingTests/Fixtures/Exploration/exploration.json"
  )

  private static func findings(_ document: String, by path: String = schemaPath) throws -> [String] {
    let schema = Array(try Data(contentsOf: URL(filePath: path)))
    return try JSONParser(limits: .document).withRoot(of: schema) { root in
      try JSONParser(limits: .document).withRoot(of: Array(document.utf8)) {
        SchemaChecker(root: root).findings($0)
      }
    }
  }

  @Test("An exploration fits its schema")
  func fits() throws {
    let document = try String(contentsOfFile: Self.documentPath, encoding: .utf8)
    #expect(try Self.findings(document) == [])
  }

  @Test(
    "A member that is renamed, and a value that cannot be, does not fit",
    arguments: [
      ("\"schema\": 1", "\"schema\": 2"), ("\"ground\": \"after_decision\"", "\"ground\": \"hearsay\""),
      ("\"missing\": ", "\"absent\": "), ("\"kind\": \"flag\"", "\"kind\": \"text\""),
      ("\"role\": \"protected\"", "\"role\": \"hidden\""), ("\"default_rate\": 0.", "\"default_rate\": 7."),
      ("\"spearman\": ", "\"kendall\": "), ("\"evidence\": [", "\"evidence\": [1, "),
      ("\"distinct\": ", "\"distinct\": -"),
    ]
  )
  func refuses(_ text: String, _ other: String) throws {
    let document = try String(contentsOfFile: Self.documentPath, encoding: .utf8)
    try #require(document.contains(text))
    #expect(try !Self.findings(document.replacing(text, with: other, maxReplacements: 1)).isEmpty)
  }

  @Test("An experiment fits its schema")
  func experimentFits() throws {
    let document = try String(contentsOfFile: Self.experimentPath, encoding: .utf8)
    #expect(try Self.findings(document, by: Self.experimentSchemaPath) == [])
  }

  @Test(
    "A figure that is renamed, and a value that cannot be, does not fit the experiment's schema",
    arguments: [
      ("\"schema\": 1", "\"schema\": 2"), ("\"gini\": ", "\"ginny\": "),
      ("\"resampling\": \"smote_nc\"", "\"resampling\": \"luck\""),
      ("\"calibration\": \"platt\"", "\"calibration\": \"beta\""), ("\"threshold\": 0.", "\"threshold\": 7."),
      ("\"true_positives\": ", "\"true_positives\": -"), ("\"disparate_impact\": ", "\"impact\": "),
    ]
  )
  func experimentRefuses(_ text: String, _ other: String) throws {
    let document = try String(contentsOfFile: Self.experimentPath, encoding: .utf8)
    try #require(document.contains(text))
    let changed = document.replacing(text, with: other)
    #expect(try !Self.findings(changed, by: Self.experimentSchemaPath).isEmpty)
  }

  /// Draft 2020-12 by an implementation that is not ours; only where Python has it.
  @Test("Python's jsonschema agrees")
  func fitsByPython() throws {
    let script = """
      import json, sys
      try:
          from jsonschema import Draft202012Validator as Validator
      except ImportError:
          sys.exit(77)
      schema, document = json.load(open(sys.argv[1], encoding="utf-8"))
      Validator.check_schema(schema)
      Validator(schema).validate(document)
      assert not Validator(schema).is_valid({**document, "surprise": 1})
      print("fits")
      """
    let schema = try String(contentsOfFile: Self.schemaPath, encoding: .utf8)
    let document = try String(contentsOfFile: Self.documentPath, encoding: .utf8)
    guard let (status, output) = try Python.run(script, input: "[\(schema),\(document)]"), status != 77 else {
      print("skipped fitsByPython: python3 with jsonschema is not there (pip install jsonschema)")
      return
    }
    #expect(status == 0 && output == "fits\n")
  }
}
