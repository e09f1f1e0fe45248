import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

/// The contract of margin engines: whichever takes a forest gives the plain one's bits, alone and in batches.
@Suite("MarginEngine")
struct MarginEngineTests {
  private func check(_ forest: Forest, rows: [Float], atLeast engineCount: Int = 1) throws {
    let plain = PlainMarginEngine(forest).bits(rows, featureCount: forest.featureCount)
    #expect(plain.single == plain.batch)
    let engines = MarginEngines.all.compactMap { type in type.init(forest) }
    #expect(engines.count >= engineCount)
    for engine in engines {
      let result = engine.bits(rows, featureCount: forest.featureCount)
      #expect(result.single == plain.single, "\(type(of: engine)), row by row")
      #expect(result.batch == plain.single, "\(type(of: engine)), as a batch")
    }
  }

  @Test("Every engine has the plain one's bits on models of libxgboost", arguments: ZooModel.all)
  func zoo(model: ZooModel) throws {
    let forest = try TestModel.forest(model.train().encoded(as: .json))
    try check(forest, rows: model.rows(count: 123, thresholds: forest.thresholds, seed: 11), atLeast: 2)
  }

  @Test(
    "Every engine has the plain one's bits on random forests of all shapes, kinds of splits and sums",
    arguments: 0..<80
  )
  func random(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let featureCount = [1, 2, 9, 70, 300].randomElement(using: &random) ?? 1
    var forest = Forest(
      trees: (0..<Int.random(in: 0...40, using: &random)).map { _ in
        RandomTree.make(
          featureCount: featureCount,
          depth: .random(in: 0...(seed % 7), using: &random),
          isMixed: seed % 2 == 1,
          random: &random
        )
      },
      baseMargin: seed % 3 == 0 ? -0.0 : 0.5,
      featureCount: featureCount
    )
    let values: [Float] = [
      -3, -1, -0.5, -0.0, 0, 1, 2, 3, 31.5, 32, 64, 1e9, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
      1e-35, -1.1e-35, .greatestFiniteMagnitude,
    ]
    let rows = (0..<133 * featureCount).map { _ in values.randomElement(using: &random) ?? 0 }
    for summation in [Forest.Summation.single, .double] {
      forest.summation = summation
      for rowCount in [0, 1, 7, 8, 9, 16, 133] {
        try check(forest, rows: Array(rows.prefix(rowCount * featureCount)))
      }
    }
  }

  @Test("Sums of negative zeros keep their sign")
  func negativeZero() throws {
    let leaf = TreeNode(value: -0.0, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false)
    let tree = Tree(nodes: [leaf], covers: [1], depth: 0)
    for summation in [Forest.Summation.single, .double] {
      let forest = Forest(trees: [tree, tree], baseMargin: -0.0, featureCount: 1, summation: summation)
      for engine in MarginEngines.all.compactMap({ $0.init(forest) }) {
        let bits = engine.bits(Array(repeating: 1, count: 9), featureCount: 1)
        #expect(bits.single.allSatisfy { $0 == (-0.0).bitPattern })
        #expect(bits.batch == bits.single)
      }
    }
  }

  @Test("Deep and lopsided trees are left to the compact engine, which takes them")
  func lopsided() throws {
    let forest = Forest(
      trees: (0..<11).map { _ in RandomTree.chain(depth: 60) },
      baseMargin: 0,
      featureCount: 1
    )
    #expect(HeapMarginEngine(forest) == nil)
    #expect(MarginEngines.fastest(forest) is CompactMarginEngine)
    try check(forest, rows: [-1, 3.5, 100, .nan, 59], atLeast: 2)
  }
}
