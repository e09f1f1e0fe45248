import Foundation
import ModelTraining
import TestSupport
import Testing

@Suite("Experiment as JSON", .timeLimit(.minutes(5)))
struct ExperimentDocumentTests {
  /// The document that `Tests/CreditEventsTests/Schemas/ReportSchemaTests.swift` holds against its schema.
  ///
  /// Made with `creditstream train --experiment … --metrics-json`, its long arrays cut to three elements.
  @Test("The fixture that is held against the schema has the members that the program writes")
  func fixture() throws {
    let report = try SampleExperiment.run(try SyntheticLoans.table(rows: 300, seed: 5)).report
    let written = try JSONSerialization.jsonObject(with: Data(report.encoded()))
    let path = Checkout.path("Tests/ModelTrainingTests/Fixtures/Experiment/experiment.json")
    let expected = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    // Parameters differ from candidate to candidate, and a file's digest is there only when there was a file.
    let optional = Set(["data.sha256"])
    let names = Self.members(written, at: "").subtracting(optional)
    #expect(names == Self.members(expected, at: "").subtracting(optional))
    #expect(names.count > 90)
  }

  private static func members(_ value: Any, at path: String) -> Set<String> {
    switch value {
    case let object as [String: Any] where path != "candidates.parameters":
      return object.reduce(into: []) { names, member in
        let name = path.isEmpty ? member.key : "\(path).\(member.key)"
        names.insert(name)
        names.formUnion(members(member.value, at: name))
      }
    case let array as [Any]: return array.reduce(into: []) { $0.formUnion(members($1, at: path)) }
    default: return []
    }
  }
}
