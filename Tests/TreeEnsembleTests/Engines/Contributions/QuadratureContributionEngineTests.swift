import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("QuadratureContributionEngine")
struct QuadratureContributionEngineTests {
  /// Compares with the plain engine, single rows with batches, and groups with sums of features.
  private func check(_ trees: [Tree], rows: [Float], featureCount: Int, tolerance: Double) throws {
    let rowCount = rows.count / featureCount
    let forest = Forest(trees: trees, baseMargin: 0.5, featureCount: featureCount)
    let plain = PlainContributionEngine(forest)
    let engine = try #require(QuadratureContributionEngine(forest))
    let expected = plain.values(rows, featureCount: featureCount)
    let batch = engine.values(rows, featureCount: featureCount)
    let furthest = zip(batch, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(furthest <= tolerance)
    let width = featureCount + 1
    for row in 0..<rowCount {
      let values = Array(rows[row * featureCount..<(row + 1) * featureCount])
      let single = engine.values(values, featureCount: featureCount)
      #expect(single.map(\.bitPattern) == batch[row * width..<(row + 1) * width].map(\.bitPattern))
    }
    let groups = FeatureGroups(groupOfFeature: (0..<featureCount).map { $0 % min(3, featureCount) })
    for tested in [plain.values(rows, featureCount: featureCount, groups: groups)]
      + [engine.values(rows, featureCount: featureCount, groups: groups)]
    {
      var sums = [Double](repeating: 0, count: rowCount * (groups.count + 1))
      for row in 0..<rowCount {
        for feature in 0..<width {
          let group = feature < featureCount ? groups.groupOfFeature[feature] : groups.count
          sums[row * (groups.count + 1) + group] += expected[row * width + feature]
        }
      }
      #expect(zip(tested, sums).allSatisfy { abs($0 - $1) <= tolerance * Double(featureCount) })
    }
  }

  @Test(
    "On models of libxgboost it agrees with the plain engine, the same bits alone and in a batch",
    arguments: ZooModel.all
  )
  func zoo(model: ZooModel) throws {
    let forest = try TestModel.forest(model.train().encoded(as: .json))
    let rows = model.rows(count: 19, thresholds: forest.thresholds, seed: 5)
    try check(forest.trees, rows: rows, featureCount: model.columnCount, tolerance: 2e-6)
  }

  @Test("On random trees, with features repeated and covers of zero, too", arguments: 0..<60)
  func random(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let featureCount = [1, 2, 5, 12, 40].randomElement(using: &random) ?? 1
    let trees = (0..<Int.random(in: 0...70, using: &random)).map { _ in
      RandomTree.make(featureCount: featureCount, depth: seed % 7, isMixed: seed % 2 == 1, random: &random)
    }
    let rows = (0..<11 * featureCount).map { _ in
      Int.random(in: 0..<5, using: &random) == 0 ? Float.nan : Float(Int.random(in: -3...3, using: &random))
    }
    try check(trees, rows: rows, featureCount: featureCount, tolerance: 2e-6 * Double(max(1, trees.count)))
  }

  @Test(
    "Paths of up to 32 different features have a rule; longer ones are left to the plain engine",
    arguments: [1, 8, 9, 16, 17, 32, 33]
  )
  func longPaths(length: Int) throws {
    let tree = RandomTree.chain(depth: length, isSameFeature: false)
    if length > 32 {
      #expect(QuadratureContributionEngine(Forest(trees: [tree], baseMargin: 0, featureCount: length)) == nil)
    } else {
      let rows = [Float](repeating: 100, count: length) + [Float](repeating: .nan, count: length)
      try check([tree], rows: rows, featureCount: length, tolerance: 1e-5)
    }
  }

  @Test("A feature repeated on a long path counts once for the rule")
  func repeatedFeature() throws {
    try check([RandomTree.chain(depth: 60)], rows: [3.5, 100, .nan], featureCount: 1, tolerance: 1e-5)
  }
}

@Suite("SplitPaths")
struct SplitPathsTests {
  @Test("Earlier splits on the same feature are found, with their shares and sides")
  func earlier() {
    // Feature 0, then on its left feature 1, then on its right feature 0 again.
    func split(_ feature: Int32, _ leftChild: Int32) -> TreeNode {
      TreeNode(value: 0, feature: feature, leftChild: leftChild, defaultsLeft: false)
    }
    let leaf = TreeNode(value: 1, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false)
    let tree = Tree(
      nodes: [split(0, 1), split(1, 3), leaf, leaf, split(0, 5), leaf, leaf],
      covers: [8, 6, 2, 3, 3, 1, 2],
      depth: 3
    )
    let paths = SplitPaths(tree)
    #expect(paths.splitCount == 3)
    #expect(paths.longestPath == 2)
    #expect(paths.earlier[1] == nil)
    #expect(paths.earlier[4]?.split == 0)
    #expect(paths.earlier[4]?.node == 1)
    #expect(paths.earlier[4]?.isRight == false)
    #expect(paths.zeros == [1, 0.75, 0.25, 0.5, 0.5, 0.25, 0.5])
  }
}
