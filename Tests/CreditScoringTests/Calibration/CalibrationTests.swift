import CreditScoring
import StrictJSON
import TestSupport
import Testing

@Suite("Calibration")
struct CalibrationTests {
  @Test("An isotonic calibration gives what scikit-learn gives")
  func isotonicAgrees() throws {
    try Fixture.read("calibration.json") { root in
      let json = try #require(root["isotonic"])
      let calibration = Calibration.isotonic(
        margins: try json.doubles("margins").map { Float($0) },
        probabilities: try json.doubles("probabilities")
      )
      try calibration.validate()
      let expected = try json.doubles("expected")
      let grid = try root.doubles("grid")
      #expect(grid.count == 201)
      for (margin, probability) in zip(grid, expected) {
        #expect(abs(calibration.probability(margin: Float(margin)) - probability) < 1e-12)
      }
    }
  }

  @Test("A logistic calibration gives what scikit-learn gives")
  func plattAgrees() throws {
    try Fixture.read("calibration.json") { root in
      let json = try #require(root["platt"])
      let calibration = Calibration.platt(
        slope: try #require(json["slope"]?.double),
        intercept: try #require(json["intercept"]?.double)
      )
      for (margin, probability) in zip(try root.doubles("grid"), try json.doubles("expected")) {
        #expect(abs(calibration.probability(margin: Float(margin)) - probability) < 1e-14)
      }
    }
  }

  @Test("The identity takes margins as log-odds")
  func identity() {
    #expect(Calibration.identity.probability(margin: 0) == 0.5)
    #expect(abs(Calibration.identity.probability(margin: -2.1972246) - 0.1) < 1e-8)
    #expect(Calibration.identity.probability(margin: -1000) == 0)
    #expect(Calibration.identity.probability(margin: 1000) == 1)
  }

  static func random(using random: inout SplitMix64) -> Calibration {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .identity
    case 1:
      return .platt(
        slope: Double.random(in: 0...3, using: &random),
        intercept: Double.random(in: -3...3, using: &random)
      )
    default:
      let count = Int.random(in: 1...30, using: &random)
      let margins = Set((0..<count).map { _ in Float.random(in: -4...4, using: &random) }).sorted()
      let rates = margins.map { _ in Double.random(in: 0...1, using: &random) }.sorted()
      return .isotonic(margins: margins, probabilities: rates)
    }
  }

  @Test("A higher margin never has a lower probability", arguments: 1...6 as ClosedRange<UInt64>)
  func monotone(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<30 {
      let calibration = Self.random(using: &random)
      try calibration.validate()
      var margins = (0..<200).map { _ in Float.random(in: -6...6, using: &random) }
      if case .isotonic(let points, _) = calibration {
        margins += points.flatMap { [$0.nextDown, $0, $0.nextUp] }
      }
      let probabilities = margins.sorted().map { calibration.probability(margin: $0) }
      let isMonotone = zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 }
      #expect(isMonotone, "seed \(seed): \(calibration)")
      #expect(probabilities.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("Written and read back it is the same to the bit", arguments: [7, 8] as [UInt64])
  func codec(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let calibration = Self.random(using: &random)
      var writer = JSONWriter()
      calibration.encode(into: &writer)
      #expect(try Self.read(String(decoding: writer.bytes, as: UTF8.self)) == calibration, "seed \(seed)")
    }
  }

  @Test(
    "A calibration that is no non-decreasing function into 0...1 is refused",
    arguments: [
      .platt(slope: -0.1, intercept: 0), .platt(slope: .nan, intercept: 0),
      .platt(slope: 1, intercept: .infinity),
      .isotonic(margins: [], probabilities: []), .isotonic(margins: [1], probabilities: [0.1, 0.2]),
      .isotonic(margins: [1, 1], probabilities: [0.1, 0.2]),
      .isotonic(margins: [2, 1], probabilities: [0.1, 0.2]),
      .isotonic(margins: [1, .nan], probabilities: [0.1, 0.2]),
      .isotonic(margins: [1, 2], probabilities: [0.2, 0.1]),
      .isotonic(margins: [1], probabilities: [-0.1]), .isotonic(margins: [1], probabilities: [1.1]),
      .isotonic(margins: [1], probabilities: [.nan]), .isotonic(margins: [.infinity], probabilities: [0.5]),
    ] as [Calibration]
  )
  func refusals(_ calibration: Calibration) {
    let error = #expect(throws: ScoringModelError.self) { try calibration.validate() }
    #expect(error?.code == .invalidCalibration)
    #expect(error?.path.isEmpty == false)
  }

  @Test(
    "A file that is no calibration is refused with its path",
    arguments: [
      (#"{"schema":2,"method":"identity"}"#, "$.schema"), (#"{"schema":1,"method":"beta"}"#, "$.method"),
      (#"{"schema":1,"method":"identity","slope":1}"#, "$.slope"),
      (#"{"schema":1,"method":"platt","slope":1}"#, "$"),
      (#"{"schema":1,"method":"platt","slope":-1,"intercept":0}"#, "$"),
      (#"{"schema":1,"method":"isotonic","margins":["1"],"probabilities":[1]}"#, "$.margins[0]"),
      (#"{"schema":1,"method":"isotonic","margins":[1e300],"probabilities":[1]}"#, "$"), ("[]", "$"),
    ]
  )
  func badFiles(_ text: String, _ path: String) {
    let error = #expect(throws: JSONError.self) { try Self.read(text) }
    #expect(error?.path == path)
  }

  static func read(_ text: String) throws -> Calibration {
    try JSONParser(limits: .document).withRoot(of: Array(text.utf8)) { try Calibration(json: $0) }
  }
}
