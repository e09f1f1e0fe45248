import Foundation
import Testing

@testable import FeaturePipeline

@Suite("PortableMath")
struct PortableMathTests {
  /// One line of `Fixtures/portable_math.txt`, which `portable_math.py` made with mpmath.
  struct Case {
    var function: String
    var input: Double
    var truth: Double
    var algorithm: Double
  }

  static let functions: [String: @Sendable (Double) -> Double] = [
    "exp": { PortableMath.exp($0) },
    "log": { PortableMath.log($0) },
    "log1p": { PortableMath.log1p($0) },
    "sigmoid": { PortableMath.sigmoid($0) },
  ]

  static func cases(of function: String) throws -> [Case] {
    try Fixture.text("portable_math.txt").split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts[0] == function else { return nil }
      let numbers = try parts[1...].map {
        Double(bitPattern: try #require(UInt64($0, radix: 16)))
      }
      return Case(function: function, input: numbers[0], truth: numbers[1], algorithm: numbers[2])
    }
  }

  /// The number of doubles from one to the other.
  static func distanceInUlps(_ a: Double, _ b: Double) -> UInt64 {
    func ordered(_ x: Double) -> Int64 {
      let bits = Int64(bitPattern: x.bitPattern)
      return bits < 0 ? Int64.min - bits : bits
    }
    return (ordered(a) - ordered(b)).magnitude
  }

  @Test("Results are within one ulp of mpmath", arguments: ["exp", "log", "log1p", "sigmoid"])
  func accuracy(function: String) throws {
    let cases = try Self.cases(of: function)
    let compute = try #require(Self.functions[function])
    #expect(cases.count > 400)
    for one in cases {
      let result = compute(one.input)
      if one.truth.isNaN {
        #expect(result.isNaN, "\(function)(\(one.input))")
      } else {
        #expect(Self.distanceInUlps(result, one.truth) <= 1, "\(function)(\(one.input)) = \(result)")
      }
    }
  }

  @Test(
    "Results have the bits of the written algorithm without fused operations",
    arguments: ["exp", "log", "log1p", "sigmoid"]
  )
  func reproducibility(function: String) throws {
    let compute = try #require(Self.functions[function])
    for one in try Self.cases(of: function) where !one.algorithm.isNaN {
      #expect(compute(one.input).bitPattern == one.algorithm.bitPattern, "\(function)(\(one.input))")
    }
  }

  @Test("The logistic function is monotone, symmetric to an ulp, and stays within 0 and 1")
  func logistic() {
    var last = 0.0
    for step in -100_000...100_000 {
      let x = Double(step) / 1000
      let probability = PortableMath.sigmoid(x)
      #expect(probability >= last && probability <= 1)
      last = probability
      if abs(x) < 30 {
        #expect(abs(probability + PortableMath.sigmoid(-x) - 1) <= 0x1p-52)
      }
    }
    #expect(PortableMath.sigmoid(0) == 0.5)
    #expect(PortableMath.sigmoid(-750) == 0)
    #expect(PortableMath.sigmoid(.nan).isNaN)
  }

  @Test("The single-precision logarithm is the double one, rounded")
  func singlePrecision() {
    #expect(PortableMath.log(Float(0.5)) == Float(-0.6931471805599453))
    #expect(PortableMath.log(Float(0)) == -.infinity)
    #expect(PortableMath.log(Float(-1)).isNaN)
  }
}
