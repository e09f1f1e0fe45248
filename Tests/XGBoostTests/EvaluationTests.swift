import Testing

@testable import XGBoost

@Suite("Booster.Evaluation")
struct EvaluationTests {
  @Test("The library's line is read by position, since names and metrics may hold any separator")
  func reads() throws {
    let line = "[12]\ttrain-auc:0.75\ttrain-error@0.4:1e-05\tout-of-time-auc:nan\tout-of-time-error@0.4:-1"
    let results = try Booster.parse(line, names: ["train", "out-of-time"])
    #expect(results.map(\.matrix) == ["train", "train", "out-of-time", "out-of-time"])
    #expect(results.map(\.metric) == ["auc", "error@0.4", "auc", "error@0.4"])
    #expect(results[1].value == 1e-5)
    #expect(results[2].value.isNaN)
  }

  @Test("Other lines are refused", arguments: ["[0]\ta-auc", "[0]\tb-auc:1", "[0]\ta-auc:x", "[0]\ta-auc:"])
  func refuses(line: String) {
    #expect(throws: XGBoostError.self) { try Booster.parse(line, names: ["a"]) }
  }
}

@Suite("XGBoostLibrary")
struct XGBoostLibraryTests {
  @Test("The version has three numbers")
  func version() {
    let parts = XGBoostLibrary.version.split(separator: ".").compactMap { Int($0) }
    #expect(parts.count == 3)
    #expect((parts.first ?? 0) >= 1)
  }
}
