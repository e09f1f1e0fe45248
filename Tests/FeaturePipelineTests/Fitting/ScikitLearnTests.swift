import CreditEvents
import Foundation
import Testing

@testable import FeaturePipeline

/// What the pipeline learns and computes, held against `Fixtures/scikit_learn.json` from `scikit_learn.py`.
@Suite("Agreement with scikit-learn")
struct ScikitLearnTests {
  /// A column of the fixture's tables.
  enum Column: Decodable {
    case numbers([Double?])
    case texts([String?])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .numbers(try container.decode([Double?].self))
      } catch {
        self = .texts(try container.decode([String?].self))
      }
    }
  }

  struct Fitted: Decodable {
    var fill: Double?
    var mean: Double?
    var deviation: Double?
    var prior: Double?
    var missing: Double?
    var rates: [String: Double]?
  }

  struct Document: Decodable {
    var train: [String: Column]
    var target: [Double]
    var other: [String: Column]
    var fitted: [String: Fitted]
    var expected: [String: [Double?]]
  }

  static let declaration: PipelineDeclaration = {
    func number(_ name: String, _ options: NumericOptions) -> FieldDeclaration {
      var field = FieldDeclaration(name: name, kind: .number)
      field.numeric = options
      return field
    }
    func category(_ name: String, _ options: CategoryOptions) -> FieldDeclaration {
      var field = FieldDeclaration(name: name, kind: .category)
      field.category = options
      return field
    }
    return PipelineDeclaration(
      name: "fixture",
      idField: "ID",
      targetField: "Y",
      fields: [
        number("PLAIN", NumericOptions()),
        number("MEDIAN", NumericOptions(imputation: .median, missingIndicator: true)),
        number("MEAN", NumericOptions(imputation: .mean)),
        number("SCALED", NumericOptions(standardise: true)),
        number("SKEWED", NumericOptions(imputation: .median, log: true, standardise: true)),
        number("CONSTANT", NumericOptions(standardise: true)),
        category("KIND", CategoryOptions(encoding: .oneHot, minimumCount: 15)),
        category("RATE", CategoryOptions(encoding: .target, smoothing: 20)),
        category("RAW_RATE", CategoryOptions(encoding: .target, smoothing: 0)),
      ]
    )
  }()

  static func table(_ rows: [String: Column], target: [Double]?) throws -> ApplicationTable {
    let schema = try declaration.schema()
    var dictionaries: [CategoryDictionary?] = []
    var columns: [[Double]] = []
    for field in schema.fields {
      switch try #require(rows[field.name]) {
      case .numbers(let numbers):
        columns.append(numbers.map { $0 ?? .nan })
        dictionaries.append(nil)
      case .texts(let texts):
        let dictionary = CategoryDictionary(Array(Set(texts.compactMap(\.self))))
        columns.append(texts.map { $0.flatMap { dictionary.code(of: $0) }.map(Double.init) ?? .nan })
        dictionaries.append(dictionary)
      }
    }
    return ApplicationTable(
      schema: schema,
      dictionaries: dictionaries,
      ids: columns[0].indices.map(String.init),
      columns: columns,
      targets: target
    )
  }

  static func fitted() throws -> (document: Document, pipeline: FittedPipeline) {
    let document = try JSONDecoder().decode(Document.self, from: Data(Fixture.bytes("scikit_learn.json")))
    let table = try table(document.train, target: document.target)
    return (document, try FittedPipeline.fit(declaration, table: table, seed: 1))
  }

  static func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12 * max(1, abs(a))
  }

  @Test("Medians, means, deviations and smoothed rates are those of scikit-learn")
  func statistics() throws {
    let (document, pipeline) = try Self.fitted()
    for encoder in pipeline.encoders {
      guard case .field(let slot) = encoder.source else { continue }
      let name = pipeline.schema.fields[slot].name
      let expected = document.fitted[name]
      switch encoder.encoding {
      case .number(let number):
        #expect(Self.isClose(number.fill, expected?.fill), "\(name)")
        #expect(Self.isClose(number.standardisation?.mean, expected?.mean), "\(name)")
        #expect(Self.isClose(number.standardisation?.deviation, expected?.deviation), "\(name)")
      case .target(let target):
        let expected = try #require(expected)
        #expect(Self.isClose(target.prior, expected.prior) && Self.isClose(target.missing, expected.missing))
        let categories = try #require(pipeline.dictionaries[slot]?.categories)
        #expect(expected.rates?.count == categories.count)
        for (category, rate) in zip(categories, target.rates) {
          #expect(Self.isClose(rate, expected.rates?[category]), "\(name) \(category)")
        }
      case .oneHot: break
      }
    }
  }

  @Test("Other rows become the features that scikit-learn makes of them")
  func features() throws {
    let (document, pipeline) = try Self.fitted()
    let matrix = try pipeline.transform(try Self.table(document.other, target: nil))
    #expect(Set(matrix.names) == Set(document.expected.keys))
    for (column, name) in matrix.names.enumerated() {
      let expected = try #require(document.expected[name])
      #expect(expected.count == matrix.rowCount)
      for (row, value) in expected.enumerated() {
        let ours = matrix[row, column]
        if let value {
          let single = Float(value)
          #expect(abs(ours - single) <= single.ulp, "\(name), row \(row): \(ours), not \(single)")
        } else {
          #expect(ours.isNaN, "\(name), row \(row)")
        }
      }
    }
  }

  @Test("One-hot columns stand in the order of the UTF-8 bytes, other and missing last")
  func order() throws {
    let names = try Self.fitted().pipeline.features.filter { $0.group == "KIND" }.map(\.name)
    #expect(Array(names.suffix(2)) == ["KIND is other", "KIND is missing"])
    let categories = names.dropLast(2)
    #expect(categories.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } == Array(categories))
    #expect(categories.last == "KIND=Élan")
  }
}
