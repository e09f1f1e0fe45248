import Foundation
import TestSupport

/// Samples and what NumPy and SciPy say of them; `Fixtures/statistics.py` made the file.
struct StatisticsFixture: Decodable {
  struct Counted: Decodable, CustomStringConvertible {
    var reference: [UInt64]
    var current: [UInt64]
    var psiHalf: Double
    var psi1em4: Double
    var psi1em6: Double
    var jensenShannon: Double
    var hellinger: Double
    var totalVariation: Double
    var largestDifference: Double
    var chi2: [Double]
    var g: [Double]

    enum CodingKeys: String, CodingKey {
      case reference, current, hellinger, chi2, g
      case psiHalf = "psi_half"
      case psi1em4 = "psi_1e-4"
      case psi1em6 = "psi_1e-6"
      case jensenShannon = "jensen_shannon"
      case totalVariation = "total_variation"
      case largestDifference = "largest_difference"
    }

    var description: String { "\(reference) against \(current)" }
  }

  struct Sample: Decodable, CustomStringConvertible {
    var name: String
    var referenceValues: [Double]
    var currentValues: [Double]
    var decileEdges: [Double]
    var counts: Counted
    var ks: [Double]
    var wasserstein: Double
    var mean: Double
    var standardDeviation: Double

    enum CodingKeys: String, CodingKey {
      case name, counts, ks, wasserstein, mean
      case referenceValues = "reference_values"
      case currentValues = "current_values"
      case decileEdges = "decile_edges"
      case standardDeviation = "standard_deviation"
    }

    var description: String { name }
  }

  struct Adjusted: Decodable {
    var p: [Double]
    var adjusted: [Double]
  }

  var samples: [Sample]
  var tables: [Counted]
  var kolmogorov: [[Double]]
  var chiSquare: [[Double]]
  var chiSquareQuantiles: [[Double]]
  var benjaminiHochberg: Adjusted

  enum CodingKeys: String, CodingKey {
    case samples, tables, kolmogorov
    case chiSquare = "chi_square"
    case chiSquareQuantiles = "chi_square_quantiles"
    case benjaminiHochberg = "benjamini_hochberg"
  }

  static func read() throws -> StatisticsFixture {
    let path = Checkout.path("Tests/DriftDetectionTests/Fixtures/statistics.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
  }
}

/// Whether a number is the expected one but for rounding.
func isClose(_ value: Double, _ expected: Double, relative: Double, absolute: Double = 1e-15) -> Bool {
  value == expected || (value - expected).magnitude <= max(absolute, relative * expected.magnitude)
}
