import TestSupport
import Testing

@testable import TreeEnsemble

@Suite("PlainContributionEngine")
struct PlainContributionEngineTests {
  @Test("Contributions are Shapley values by their definition, over all coalitions", arguments: 0..<60)
  func definition(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let featureCount = Int.random(in: 1...7, using: &random)
    let trees = (0..<3).map { _ in
      RandomTree.make(featureCount: featureCount, depth: seed % 8, isMixed: seed % 2 == 1, random: &random)
    }
    let forest = Forest(trees: trees, baseMargin: 0.25, featureCount: featureCount)
    let engine = PlainContributionEngine(forest)
    let margins = PlainMarginEngine(forest)
    for _ in 0..<4 {
      let row = (0..<featureCount).map { _ in
        Int.random(in: 0..<5, using: &random) == 0 ? Float.nan : Float(Int.random(in: -3...3, using: &random))
      }
      let contributions = engine.values(row, featureCount: featureCount)
      let margin = row.withUnsafeBufferPointer { margins.margin($0) }
      let expected = ShapleyDefinition.values(of: trees, row: row)
      for feature in 0..<featureCount {
        #expect(abs(contributions[feature] - expected[feature]) < 1e-12)
      }
      #expect(abs(contributions.reduce(0, +) - Double(margin)) < 1e-5)
    }
  }

  @Test("A path of 64 different features is exact, too")
  func longestPath() {
    let depth = 64
    var nodes: [TreeNode] = []
    // A chain to the right: leaf values are 0 but the last.
    for level in 0..<depth {
      if level > 0 {
        nodes.append(TreeNode(value: 0, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false))
      }
      nodes.append(
        TreeNode(value: 0, feature: Int32(level), leftChild: Int32(2 * level + 1), defaultsLeft: false)
      )
    }
    nodes += [0.0, 1].map { TreeNode(value: $0, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false) }
    let tree = Tree(nodes: nodes, covers: nodes.map { _ in 1 }, depth: depth)
    let engine = PlainContributionEngine(Forest(trees: [tree], baseMargin: 0, featureCount: depth))
    let contributions = engine.values(Array(repeating: 1, count: depth), featureCount: depth)
    // By symmetry all features share what the base does not explain: 1 - 2^-64.
    for feature in 0..<depth { #expect(abs(contributions[feature] - 1.0 / 64) < 1e-14) }
    #expect(abs(contributions.reduce(0, +) - 1) < 1e-12)
  }
}

/// Shapley values as their definition has them: the mean, over all orders of the features, of what a feature adds.
enum ShapleyDefinition {
  static func values(of trees: [Tree], row: [Float]) -> [Double] {
    let count = row.count
    let worth = (0..<(1 << count)).map { coalition in
      trees.reduce(0.0) { $0 + value(of: $1, node: 0, row, coalition) }
    }
    return (0..<count).map { feature in
      (0..<(1 << count)).filter { $0 & (1 << feature) == 0 }.reduce(0.0) { sum, coalition in
        let size = coalition.nonzeroBitCount
        let weight = factorial(size) * factorial(count - 1 - size) / factorial(count)
        return sum + weight * (worth[coalition | (1 << feature)] - worth[coalition])
      }
    }
  }

  /// The tree's mean where features outside the coalition go both ways, by their covers.
  private static func value(of tree: Tree, node index: Int, _ row: [Float], _ coalition: Int) -> Double {
    let node = tree.nodes[index]
    guard !node.isLeaf else { return node.value }
    let left = Int(node.leftChild)
    if coalition & (1 << Int(node.feature)) != 0 {
      let goesLeft = row.withUnsafeBufferPointer { tree.goesLeft(node, $0) }
      return value(of: tree, node: goesLeft ? left : left + 1, row, coalition)
    }
    let share = tree.leftShare(node)
    return share * value(of: tree, node: left, row, coalition)
      + (1 - share) * value(of: tree, node: left + 1, row, coalition)
  }

  private static func factorial(_ n: Int) -> Double {
    n < 2 ? 1 : Double(n) * factorial(n - 1)
  }
}
