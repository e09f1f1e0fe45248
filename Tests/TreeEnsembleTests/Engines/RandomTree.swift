import TestSupport

@testable import TreeEnsemble

/// Random trees with repeated features, equal thresholds and subtrees that no training data passed.
enum RandomTree {
  /// When `isMixed`, there are splits of all kinds: on categories, with zeros missing, with infinite thresholds.
  static func make(
    featureCount: Int,
    depth: Int,
    isMixed: Bool = false,
    random: inout SplitMix64
  ) -> Tree {
    var categorySplits: [CategorySplit] = []
    var nodes = [node(random: &random)]
    var covers: [Float] = [100]
    var depths = [0]
    var index = 0
    while index < nodes.count {
      if depths[index] < depth, index == 0 || Int.random(in: 0..<6, using: &random) > 0 {
        nodes[index].feature = .random(in: 0..<Int32(featureCount), using: &random)
        nodes[index].value = Double(Int.random(in: -3...3, using: &random))
        if isMixed { mix(&nodes[index], &categorySplits, random: &random) }
        nodes[index].leftChild = Int32(nodes.count)
        let shares: [Float] = [0, 0.125, 0.5, 0.75, 1]
        let share = shares.randomElement(using: &random) ?? 0.5
        for part in [share, 1 - share] {
          nodes.append(node(random: &random))
          covers.append(covers[index] * part)
          depths.append(depths[index] + 1)
        }
      }
      index += 1
    }
    return Tree(nodes: nodes, covers: covers, depth: depths.max() ?? 0, categorySplits: categorySplits)
  }

  private static func mix(
    _ node: inout TreeNode,
    _ categorySplits: inout [CategorySplit],
    random: inout SplitMix64
  ) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: node.value = [.infinity, 0x1p128].randomElement(using: &random) ?? 0
    case 1, 2: node.isZeroMissing = true
    case 3, 4:
      let rules: [CategorySplit.Rule] = [.xgboost15, .xgboost16, .xgboost, .lightGBM]
      let members: [[UInt32]] = [[0], [1, 2], [3, 31], [0, 32, 64], [2, 16_000_000]]
      node.categories = Int32(categorySplits.count)
      categorySplits.append(
        CategorySplit(
          members: CategorySet(ascending: members.randomElement(using: &random) ?? [1]),
          rule: rules.randomElement(using: &random) ?? .xgboost
        )
      )
    default: break
    }
  }

  /// A tree whose splits form one chain to the right, on feature 0 or on one after another.
  static func chain(depth: Int, isSameFeature: Bool = true) -> Tree {
    var nodes: [TreeNode] = []
    for level in 0..<depth {
      if level > 0 { nodes.append(leaf(Double(level))) }
      nodes.append(
        TreeNode(
          value: Double(level),
          feature: isSameFeature ? 0 : Int32(level),
          leftChild: Int32(2 * level + 1),
          defaultsLeft: false
        )
      )
    }
    nodes += depth == 0 ? [leaf(0)] : [leaf(-1), leaf(-2)]
    return Tree(nodes: nodes, covers: nodes.map { _ in 1 }, depth: depth)
  }

  private static func leaf(_ value: Double) -> TreeNode {
    TreeNode(value: value, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false)
  }

  private static func node(random: inout SplitMix64) -> TreeNode {
    TreeNode(
      value: Double(Int.random(in: -8...8, using: &random)) / 8,
      feature: TreeNode.leaf,
      leftChild: 0,
      defaultsLeft: .random(using: &random)
    )
  }
}
