import Foundation
import Testing

/// One case of `metrics.json`: margins with targets, and what scikit-learn says about them.
struct MetricsFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let margins: [Float]
  let targets: [Int]
  let probabilities: [Double]
  let area: Double
  let logLoss: Double
  let brier: Double
  let calibrationError: Double
  let isotonicGrid: [Float]
  let isotonicRates: [Double]
  let plattSlope: Double
  let plattIntercept: Double

  var defaulted: [Bool] { targets.map { $0 == 1 } }
  var testDescription: String { name }

  static let all: [MetricsFixture] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/metrics.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode([MetricsFixture].self, from: Data(contentsOf: file))
    } catch {
      Issue.record("metrics.json: \(error)")
      return []
    }
  }()
}

/// Whether two numbers agree to a billionth.
func agree(_ left: Double, _ right: Double) -> Bool { (left - right).magnitude < 1e-9 }
