import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("TreeEnsemble")
struct TreeEnsembleTests {
  @Test("Margins have libxgboost's bits", arguments: ZooModel.all)
  func margins(model: ZooModel) throws {
    let booster = try model.train()
    let ensemble = try TreeEnsemble(xgboostJSON: booster.encoded(as: .json))
    let rows = model.rows(count: 301, thresholds: try ensemble.thresholds(from: booster))
    let expected = try booster.margins(ofRows: rows, rowCount: 301)
    #expect(ensemble.margins(ofRows: rows).bits == expected.bits)
    for row in 0..<20 {
      let start = row * model.columnCount
      let margin = ensemble.margin(ofRow: rows[start..<(start + model.columnCount)])
      #expect(margin.bitPattern == expected[row].bitPattern)
    }
  }

  @Test("Contributions are libxgboost's within 1e-5, and add up to the margin", arguments: ZooModel.all)
  func contributions(model: ZooModel) throws {
    let booster = try model.train()
    let ensemble = try TreeEnsemble(xgboostJSON: booster.encoded(as: .json))
    let rowCount = 40
    let rows = model.rows(count: rowCount, thresholds: try ensemble.thresholds(from: booster), finite: true)
    let matrix = try TrainingMatrix(values: rows, rowCount: rowCount, columnCount: model.columnCount)
    let expected = try booster.contributions(of: matrix)
    let margins = ensemble.margins(ofRows: rows)
    let width = model.columnCount + 1
    for row in 0..<rowCount {
      let start = row * model.columnCount
      let contributions = ensemble.contributions(ofRow: rows[start..<(start + model.columnCount)])
      for feature in 0..<width {
        let theirs = Double(expected[row * width + feature])
        #expect(abs(contributions[feature] - theirs) <= 1e-5, "row \(row), feature \(feature)")
      }
      #expect(abs(contributions.reduce(0, +) - Double(margins[row])) <= 1e-5)
    }
  }

  @Test("What the file says about the model is read")
  func properties() throws {
    let model = ZooModel("named") {
      $0.parameters.parallelTreeCount = 3
      $0.parameters.maximumDepth = 4
      $0.rounds = 2
    }
    let booster = try model.train()
    try booster.setAttribute("best_iteration", to: "1")
    let ensemble = try TreeEnsemble(xgboostJSON: booster.encoded(as: .json))
    #expect(ensemble.treeCount == 6)
    #expect(ensemble.parallelTreeCount == 3)
    #expect(ensemble.depth == 4)
    #expect(ensemble.featureCount == 8)
    #expect(ensemble.featureNames == nil)
    #expect(ensemble.objective == .binaryLogistic)
    #expect(ensemble.writtenBy == XGBoostLibrary.version)
    #expect(ensemble.bestIteration == 1)
    #expect(ensemble.baseMargin == 0)
  }

  @Test("Feature names are read")
  func names() throws {
    let matrix = try TrainingMatrix(
      values: [1, 2, 3, 4],
      rowCount: 2,
      columnCount: 2,
      labels: [0, 1],
      columnNames: ["a", "b \"c\" é"]
    )
    let booster = try Booster(parameters: BoosterParameters(), matrices: [matrix])
    try booster.update(round: 0, on: matrix)
    let ensemble = try TreeEnsemble(xgboostJSON: booster.encoded(as: .json))
    #expect(ensemble.featureNames == ["a", "b \"c\" é"])
  }
}

extension TreeEnsemble {
  /// All thresholds of the model, to be hit exactly.
  func thresholds(from booster: Booster) throws -> [Float] {
    let bytes = try booster.encoded(as: .json)
    return try TestModel.forest(bytes).thresholds
  }
}
