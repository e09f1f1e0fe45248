import Foundation
import Testing

/// `models.json`: what scikit-learn says about ranks, logistic coefficients and neighbours.
struct ModelsFixture: Decodable, Sendable {
  struct Ranking: Decodable, Sendable, CustomTestStringConvertible {
    struct Confusion: Decodable, Sendable { let tn, fp, fn, tp: Int }
    let name: String
    let targets: [Int]
    let first, second: [Double]
    let area, gini, separation, averagePrecision: Double
    let areas: [Double]
    let errorOfDifference: Double
    let confusion: Confusion
    let reliabilityObserved, reliabilityPredicted: [Double]

    var defaulted: [Bool] { targets.map { $0 == 1 } }
    var testDescription: String { name }
  }

  struct Regression: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let columns: Int
    let targets: [Int]
    let c, positiveWeight: Double
    let coefficients: [Double]
    let intercept: Double

    var testDescription: String { name }
  }

  struct Neighbours: Decodable, Sendable {
    let values: [Float]
    let groups: [String]
    let targets: [Int]
    let median: Double
    let neighbours: [[Int]]
    let distances: [[Double]]
  }

  let rankings: [Ranking]
  let regressions: [Regression]
  let neighbours: Neighbours

  static let all: ModelsFixture? = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/models.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(ModelsFixture.self, from: Data(contentsOf: file))
    } catch {
      Issue.record("models.json: \(error)")
      return nil
    }
  }()
}
