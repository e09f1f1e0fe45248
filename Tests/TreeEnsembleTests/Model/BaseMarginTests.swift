import Foundation
import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("BaseMargin")
struct BaseMarginTests {
  private let linked = XGBoostVersion(major: 1, minor: 7)

  @Test("The logarithm has the bits of the system's logf")
  func logarithm() {
    var random = SplitMix64(seed: 1)
    var different = 0
    for _ in 0..<10_000 {
      let x = Float(bitPattern: .random(in: 0x0080_0000..<0x7F80_0000, using: &random))
      if BaseMargin.logarithm(x).bitPattern != logf(x).bitPattern { different += 1 }
      let near = Float.random(in: 0.5...2, using: &random)
      if BaseMargin.logarithm(near).bitPattern != logf(near).bitPattern { different += 1 }
    }
    #expect(different == 0)
    #expect(BaseMargin.logarithm(1) == 0)
  }

  @Test("The base margin has libxgboost's bits over the whole range of base scores")
  func agreesWithLibrary() throws {
    let matrix = try TrainingMatrix(values: [1], rowCount: 1, columnCount: 1)
    var random = SplitMix64(seed: 2)
    var scores: [Float] = [0.5, 0.25, 0.75, 1e-6, 1e-30, Float(1).nextDown, Float(0.5).nextUp, 0.0807]
    scores += (0..<400).map { _ in .random(in: 1e-6..<1, using: &random) }
    scores += (0..<100).map { _ in
      Float(bitPattern: .random(in: 0x0100_0000..<0x3F80_0000, using: &random))
    }
    for score in scores {
      var parameters = BoosterParameters()
      parameters.additional = [.init(name: "base_score", value: "\(score)")]
      let booster = try Booster(parameters: parameters, matrices: [matrix])
      let expected = try booster.margins(of: matrix)[0]
      // The library reads parameters less exactly than model files: only its file says what it holds.
      let ensemble = try TreeEnsemble(xgboostJSON: booster.encoded(as: .json))
      #expect(ensemble.baseMargin.bitPattern == expected.bitPattern, "base score \(score)")
    }
  }

  @Test("Base scores beyond the open interval are refused, and pulled inside since 3.2")
  func range() {
    let newer = XGBoostVersion(major: 3, minor: 2)
    for score: Float in [0, 1, -0.5, 1.5, .leastNonzeroMagnitude] {
      #expect(BaseMargin.margin(baseScore: score, objective: .binaryLogistic, version: linked) == nil)
      #expect(BaseMargin.margin(baseScore: score, objective: .binaryLogitRaw, version: linked) == score)
    }
    let lowest = BaseMargin.margin(baseScore: 0, objective: .regressionLogistic, version: newer)
    #expect(lowest == BaseMargin.margin(baseScore: 1e-6, objective: .regressionLogistic, version: newer))
    #expect(BaseMargin.margin(baseScore: 1, objective: .binaryLogistic, version: newer)?.isFinite == true)
    #expect(BaseMargin.margin(baseScore: 1.5, objective: .binaryLogistic, version: newer) == nil)
  }
}
