import Foundation
import Testing

/// `statistics.json`: columns, and what SciPy, pandas and scikit-learn say about them.
struct StatisticsFixture: Decodable, Sendable {
  struct Numbers: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let left: [Double?]
    let right: [Double?]
    let targets: [Int]
    let pearson: Double
    let spearman: Double
    let quantiles: [Double]
    let mean: Double
    let deviation: Double
    let skewness: Double
    let mannWhitney: Double
    let kolmogorovSmirnov: Double
    let area: Double
    let areaError: Double

    var testDescription: String { name }
    var x: [Double] { left.map { $0 ?? .nan } }
    var y: [Double] { right.map { $0 ?? .nan } }
    var defaulted: [Bool] { targets.map { $0 == 1 } }
  }

  struct Categories: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let left: [Double?]
    let right: [Double?]
    let numbers: [Double?]
    let chiSquare: Double
    let degrees: Int
    let pValue: Double
    let cramersV: Double
    let ratio: Double

    var testDescription: String { name }
    var a: [Double] { left.map { $0 ?? .nan } }
    var b: [Double] { right.map { $0 ?? .nan } }
    var x: [Double] { numbers.map { $0 ?? .nan } }
  }

  struct Rate: Decodable, Sendable {
    let count: Int
    let total: Int
    let lower: Double
    let upper: Double
  }

  struct Tail: Decodable, Sendable {
    let statistic: Double
    let degrees: Int
    let survival: Double
  }

  let numbers: [Numbers]
  let categories: [Categories]
  let rates: [Rate]
  let tails: [Tail]

  static let shared: StatisticsFixture = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/statistics.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(StatisticsFixture.self, from: Data(contentsOf: file))
    } catch {
      Issue.record("statistics.json: \(error)")
      return StatisticsFixture(numbers: [], categories: [], rates: [], tails: [])
    }
  }()
}

/// Whether two numbers agree to a billionth of their size, or of one.
func agreeRelatively(_ left: Double, _ right: Double) -> Bool {
  (left - right).magnitude <= 1e-9 * max(1, right.magnitude)
}
