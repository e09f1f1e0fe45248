import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("QuadratureContributionEngine")
struct QuadratureContributionEngineTests {
  private func contributions(
    _ engine: any ContributionEngine,
    _ rows: [Float],
    rowCount: Int,
    featureCount: Int
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: rowCount * (featureCount + 1))
    rows.withUnsafeBufferPointer { rows in
      result.withUnsafeMutableBufferPointer { engine.contributions(rows, rowCount: rowCount, into: $0) }
    }
    return result
  }

  /// Compares with the plain engine, and single rows with batches.
  private func check(_ trees: [Tree], rows: [Float], featureCount: Int, tolerance: Double) throws {
    let rowCount = rows.count / featureCount
    let plain = PlainContributionEngine(trees: trees, baseMargin: 0.5, featureCount: featureCount)
    let engine = try #require(
      QuadratureContributionEngine(trees: trees, baseMargin: 0.5, featureCount: featureCount)
    )
    let expected = contributions(plain, rows, rowCount: rowCount, featureCount: featureCount)
    let batch = contributions(engine, rows, rowCount: rowCount, featureCount: featureCount)
    let furthest = zip(batch, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(furthest <= tolerance)
    for row in 0..<rowCount {
      let values = Array(rows[row * featureCount..<(row + 1) * featureCount])
      let single = contributions(engine, values, rowCount: 1, featureCount: featureCount)
      let width = featureCount + 1
      #expect(single.map(\.bitPattern) == batch[row * width..<(row + 1) * width].map(\.bitPattern))
    }
  }

  @Test(
    "On models of libxgboost it agrees with the plain engine, the same bits alone and in a batch",
    arguments: ZooModel.all
  )
  func zoo(model: ZooModel) throws {
    let trees = try TestModel.trees(model.train().encoded(as: .json))
    let thresholds = trees.flatMap { $0.nodes.filter { !$0.isLeaf }.map(\.value) }
    let rows = model.rows(count: 19, thresholds: thresholds, seed: 5)
    try check(trees, rows: rows, featureCount: model.columnCount, tolerance: 2e-6)
  }

  @Test("On random trees, with features repeated and covers of zero, too", arguments: 0..<60)
  func random(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let featureCount = [1, 2, 5, 12, 40].randomElement(using: &random) ?? 1
    let trees = (0..<Int.random(in: 0...70, using: &random)).map { _ in
      RandomTree.make(featureCount: featureCount, depth: seed % 7, random: &random)
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
      #expect(QuadratureContributionEngine(trees: [tree], baseMargin: 0, featureCount: length) == nil)
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
