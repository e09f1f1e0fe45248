import Foundation
import Settings
import TestSupport
import Testing

@testable import ModelTraining

@Suite("Exploration as JSON")
struct ExplorationDocumentTests {
  /// The document that `Tests/CreditEventsTests/Schemas/ReportSchemaTests.swift` holds against its schema.
  ///
  /// Made with `creditstream explore --pipeline book.yaml --data book.csv --html /dev/null --json exploration.json`.
  @Test("The fixture that is held against the schema is what the program writes")
  func fixture() throws {
    let folder = Checkout.path("Tests/ModelTrainingTests/Fixtures/Exploration")
    let declaration = try YAMLFile(path: folder + "/book.yaml").decode(TrainingDeclaration.self)
    let table = try ExplorationReader(declaration.pipeline).read(folder + "/book.csv", name: "book.csv")
    let exploration = try Exploration(table, declaration: declaration.exploration)
    let written = try JSONSerialization.jsonObject(with: Data(exploration.encoded()))
    let expected = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: folder + "/exploration.json"))
    )
    #expect(Self.differences(written, expected, at: "") == [])
    // The fixture is worth holding against the schema only while it has something of everything.
    #expect(Set(exploration.suspects.map(\.ground)) == [.afterDecision, .predictsTooWell])
    #expect(Set(exploration.notes.map(\.kind)).count >= 6)
    #expect(!exploration.associations.nearDuplicates.isEmpty)
  }

  /// Where two documents differ; numbers may by a billionth, since tails come from the C library.
  private static func differences(_ left: Any, _ right: Any, at path: String) -> [String] {
    switch (left, right) {
    case (let a as [String: Any], let b as [String: Any]):
      guard Set(a.keys) == Set(b.keys) else { return ["\(path): other keys"] }
      return a.keys.sorted().flatMap { key in
        differences(a[key] ?? "", b[key] ?? "", at: "\(path).\(key)")
      }
    case (let a as [Any], let b as [Any]):
      guard a.count == b.count else { return ["\(path): \(a.count) instead of \(b.count)"] }
      return a.indices.flatMap { differences(a[$0], b[$0], at: "\(path)[\($0)]") }
    case (let a as Double, let b as Double):
      return agreeRelatively(a, b) ? [] : ["\(path): \(a) instead of \(b)"]
    default: return "\(left)" == "\(right)" ? [] : ["\(path): \(left) instead of \(right)"]
    }
  }
}
