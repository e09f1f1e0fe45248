import CreditEvents
import CreditScoring
import DriftDetection
import FeaturePipeline
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import ModelRegistry

@Suite("DriftReference")
struct DriftReferenceTests {
  /// Written by ``text()``; the schema's test reads it.
  private static let fixture = Checkout.path("Tests/ModelRegistryTests/Fixtures/reference.json")

  /// What sixty rows of the sample's population look like.
  static func sample(_ pipeline: FittedPipeline) throws -> DriftReference {
    let watched = WatchedValues(of: pipeline)
    let references = try watched.values.map { value -> FeatureReference? in
      let rows = (0..<60).map(Double.init)
      switch value.source {
      case .field(0):
        return try FeatureReference(
          number: value.name,
          values: rows.map { $0 * 100 },
          contributions: rows.map { $0 / 64 }
        )
      case .field:
        return try FeatureReference(
          category: value.name,
          codes: rows.map { $0 == 7 ? .nan : $0.truncatingRemainder(dividingBy: 2) },
          dictionarySize: 2,
          contributions: rows.map { $0 / 128 }
        )
      case .input: return nil
      case .margin: return try FeatureReference(number: value.name, values: rows.map { 1 - $0 / 16 })
      case .decision:
        let codes = rows.map { $0 < 40 ? 0.0 : 2 }
        return try FeatureReference(category: value.name, codes: codes, dictionarySize: 3)
      }
    }
    return try DriftReference(
      of: watched,
      references: references,
      groups: ["income", "job", "income", "income"],
      performance: .init(
        rows: 60,
        defaultRate: 0.25,
        meanProbability: 0.3,
        areaUnderROC: 0.75,
        brierScore: 0.1875,
        costPerApplication: 0.5
      )
    )
  }

  static func text(_ reference: DriftReference, _ pipeline: FittedPipeline) -> String {
    var writer = JSONWriter(pretty: true)
    reference.encode(into: &writer, inputNames: pipeline.features.map(\.name))
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }

  private static func read(_ text: String, _ pipeline: FittedPipeline) throws -> DriftReference {
    try JSONParser(limits: .document).withRoot(of: Array(text.utf8)) {
      try DriftReference(json: $0, of: pipeline)
    }
  }

  @Test("It is written as the fixture says, and read back equal")
  func roundTrip() throws {
    let pipeline = try SampleBundle.contents().pipeline
    let reference = try Self.sample(pipeline)
    let text = Self.text(reference, pipeline)
    #expect(try text == String(contentsOfFile: Self.fixture, encoding: .utf8))
    #expect(try Self.read(text, pipeline) == reference)
  }

  @Test("Fields, score and decision are watched; the columns of a category belong to its field")
  func watched() throws {
    let watched = WatchedValues(of: try SampleBundle.contents().pipeline).values
    #expect(watched.map(\.name) == ["income", "job", "score", "decision"])
    #expect(watched.map(\.inputs) == [[0], [1, 2], [], []])
  }

  @Test("An application's values come in the order of the reference, without the columns of the model")
  func gathered() throws {
    let watched = WatchedValues(of: try SampleBundle.contents().pipeline)
    var output = [Double](repeating: .nan, count: 4)
    [1_500, 1].withUnsafeBufferPointer { values in
      [Float](repeating: 9, count: 3).withUnsafeBufferPointer { features in
        output.withUnsafeMutableBufferPointer {
          watched.gather(values, features: features, margin: -0.5, outcome: .decline, into: $0)
        }
      }
    }
    #expect(output == [1_500, 1, -0.5, 2])
  }

  @Test("A bundle with a reference is read back with it, under an identity of its own")
  func bundle() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      let plain = try registry.register("m", SampleBundle.contents())
      var contents = try SampleBundle.contents()
      contents.reference = try Self.sample(contents.pipeline)
      let bundle = try registry.register("m", contents)
      #expect(plain.reference == nil)
      #expect(bundle.reference == contents.reference)
      #expect(bundle.manifest.model.sha256 != plain.manifest.model.sha256)
      let path = bundle.path + "/" + BundleFile.reference.rawValue
      var bytes = try Data(contentsOf: URL(filePath: path))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: path))
      #expect(throws: RegistryError.self) { try registry.bundle("m", version: "2") }
    }
  }

  @Test(
    "A reference that contradicts itself or the pipeline is refused",
    arguments: [
      ("\"income\"", "\"incoming\""), ("\"source\": \"margin\"", "\"source\": \"field\""),
      ("\"named\": [\n        \"A\",", "\"named\": [\n        \"C\","),
      ("\"kind\": \"number\"", "\"kind\": \"category\""), ("\"block_ms\": 60000", "\"block_ms\": 0"),
      ("\"unwatched\": []", "\"unwatched\": [\"salary\"]"), ("\"unwatched\": []", "\"unwatched\": [\"job\"]"),
      ("\"schema\": 1", "\"schema\": 2"), ("\"group\": \"job\"", "\"group\": \"trade\""),
      ("\"decile_edges\": [\n        590.0", "\"decile_edges\": [\n        591.0"),
      ("\"counts\": [\n        0,", "\"counts\": [\n        -1,"), ("\"rows\": 60,", ""),
      ("\"least\": 0.0", "\"least\": 9999.0"),
    ]
  )
  func refusals(_ part: String, _ other: String) throws {
    let pipeline = try SampleBundle.contents().pipeline
    let text = Self.text(try Self.sample(pipeline), pipeline)
    try #require(text.contains(part), "\(part)")
    #expect(throws: (any Error).self) {
      try Self.read(text.replacing(part, with: other, maxReplacements: 1), pipeline)
    }
  }
}
