import Foundation
import StrictJSON
import TestSupport
import Testing

/// The documents of a bundle against their published schemas, and what these must not let pass.
@Suite("Bundle schemas")
struct BundleSchemaTests {
  private static let schemaPath = Checkout.path("Schemas/Bundles/reference.schema.json")
  /// What the program writes; its own tests hold it to this file.
  private static let documentPath = Checkout.path("Tests/ModelRegistryTests/Fixtures/reference.json")

  private static func findings(_ document: String) throws -> [String] {
    let schema = Array(try Data(contentsOf: URL(filePath: schemaPath)))
    return try JSONParser(limits: .document).withRoot(of: schema) { root in
      try JSONParser(limits: .document).withRoot(of: Array(document.utf8)) {
        SchemaChecker(root: root).findings($0)
      }
    }
  }

  @Test("A reference fits its schema")
  func fits() throws {
    #expect(try Self.findings(String(contentsOfFile: Self.documentPath, encoding: .utf8)) == [])
  }

  @Test(
    "A member that is renamed, and a value that cannot be, does not fit",
    arguments: [
      ("\"schema\": 1", "\"schema\": 2"), ("\"least\": ", "\"minimum\": "),
      ("\"source\": \"margin\"", "\"source\": \"score\""), ("\"block_ms\": 60000", "\"block_ms\": 0"),
      ("\"auc\": ", "\"gini\": "), ("\"kind\": \"category\"", "\"kind\": \"number\""),
    ]
  )
  func refuses(_ text: String, _ other: String) throws {
    let document = try String(contentsOfFile: Self.documentPath, encoding: .utf8)
    try #require(document.contains(text))
    #expect(try !Self.findings(document.replacing(text, with: other, maxReplacements: 1)).isEmpty)
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
    #expect(status == 0)
    #expect(output == "fits\n")
  }
}
