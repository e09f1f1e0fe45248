import Foundation
import StrictJSON
import TestSupport
import Testing

/// The documents beside reports against their published schemas, and what these must not let pass.
@Suite("Report schemas")
struct ReportSchemaTests {
  /// A schema, and what the program writes; its own tests hold it to this file.
  enum Report: String, CaseIterable {
    case exploration, experiment, drift

    var schemaPath: String { Checkout.path("Schemas/Reports/\(rawValue).schema.json") }
    var documentPath: String {
      switch self {
      case .exploration: Checkout.path("Tests/ModelTrainingTests/Fixtures/Exploration/exploration.json")
      case .experiment: Checkout.path("Tests/ModelTrainingTests/Fixtures/Experiment/experiment.json")
      case .drift: Checkout.path("Tests/DriftDetectionTests/Fixtures/drift.json")
      }
    }
  }

  private static func findings(_ document: String, _ report: Report) throws -> [String] {
    let schema = Array(try Data(contentsOf: URL(filePath: report.schemaPath)))
    return try JSONParser(limits: .document).withRoot(of: schema) { root in
      try JSONParser(limits: .document).withRoot(of: Array(document.utf8)) {
        SchemaChecker(root: root).findings($0)
      }
    }
  }

  @Test("A report fits its schema", arguments: Report.allCases)
  func fits(_ report: Report) throws {
    let document = try String(contentsOfFile: report.documentPath, encoding: .utf8)
    #expect(try Self.findings(document, report) == [])
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
  func refuses(_ text: String, _ other: String) throws { try refuses(text, other, .exploration) }

  @Test(
    "A member that is renamed, and a value that cannot be, does not fit: drift",
    arguments: [
      ("\"schema\": 1", "\"schema\": 2"), ("\"verdict\": \"major\"", "\"verdict\": \"huge\""),
      ("\"psi\": ", "\"csi\": "), ("\"role\": \"score\"", "\"role\": \"target\""),
      ("\"groups\": [", "\"groups\": [0.5, "), ("\"drifted_share\": 0.", "\"drifted_share\": 7."),
      ("\"change\": \"opened\"", "\"change\": \"vanished\""), ("\"method\": \"", "\"method\": \"my "),
      ("\"adjusted_p_value\": ", "\"p\": "), ("\"rows\": 400", "\"rows\": -400"),
    ]
  )
  func refusesDrift(_ text: String, _ other: String) throws { try refuses(text, other, .drift) }

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
    let document = try String(contentsOfFile: Report.experiment.documentPath, encoding: .utf8)
    try #require(document.contains(text))
    #expect(try !Self.findings(document.replacing(text, with: other), .experiment).isEmpty)
  }

  private func refuses(_ text: String, _ other: String, _ report: Report) throws {
    let document = try String(contentsOfFile: report.documentPath, encoding: .utf8)
    try #require(document.contains(text))
    #expect(try !Self.findings(document.replacing(text, with: other, maxReplacements: 1), report).isEmpty)
  }

  /// Draft 2020-12 by an implementation that is not ours; only where Python has it.
  @Test("Python's jsonschema agrees", arguments: Report.allCases)
  func fitsByPython(_ report: Report) throws {
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
    let schema = try String(contentsOfFile: report.schemaPath, encoding: .utf8)
    let document = try String(contentsOfFile: report.documentPath, encoding: .utf8)
    guard let (status, output) = try Python.run(script, input: "[\(schema),\(document)]"), status != 77 else {
      print("skipped fitsByPython: python3 with jsonschema is not there (pip install jsonschema)")
      return
    }
    #expect(status == 0 && output == "fits\n")
  }
}
