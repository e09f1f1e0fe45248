/// One node of a ``Tree``: a split or a leaf.
struct TreeNode: Sendable, Equatable {
  /// A split's threshold, or a leaf's value; unused by categorical splits.
  ///
  /// Thresholds are 32-bit floats, or one of two that only LightGBM has: 2^128, which is above every finite float,
  /// and infinity, which here is above every number, even above infinite ones.
  var value: Double
  /// The feature that a split reads; ``leaf`` for leaves.
  var feature: Int32
  /// The child for values below the threshold, with the right child next to it; 0 for leaves.
  var leftChild: Int32
  /// Where rows without a value go.
  var defaultsLeft: Bool
  /// True when a value of zero counts as missing, as it may in LightGBM.
  var isZeroMissing = false
  /// The position among the tree's ``Tree/categorySplits``, or ``noCategories`` for thresholds.
  var categories = noCategories

  /// The ``feature`` of a leaf.
  static let leaf: Int32 = -1
  /// The ``categories`` of a split that has a threshold.
  static let noCategories: Int32 = -1
  /// The greatest magnitude that counts as zero where zero is missing: LightGBM's.
  static let zeroMagnitude: Float = 1e-35

  var isLeaf: Bool { feature == Self.leaf }
  var isCategorical: Bool { categories != Self.noCategories }
}

/// One regression tree, checked and laid out breadth first.
///
/// Children follow their parents, siblings stand side by side, and no node is unreachable: whoever walks from
/// node 0 ends in a leaf after at most ``depth`` steps. Only ``TreeBuilder`` makes trees from files.
struct Tree: Sendable, Equatable {
  /// The nodes; node 0 is the root.
  let nodes: [TreeNode]
  /// How much of the training data passed each node: the sum of hessians or the rows, not negative.
  let covers: [Float]
  /// The longest way from the root to a leaf, in steps.
  let depth: Int
  /// What the categorical splits do, by their ``TreeNode/categories``.
  var categorySplits: [CategorySplit] = []

  /// Where a row goes from a split.
  ///
  /// The comparison is XGBoost's: strictly below goes left, and -0 equals +0.
  ///
  /// - Parameters:
  ///   - node: The split.
  ///   - row: The row's features; NaN means missing.
  /// - Returns: True for the left child.
  @inline(__always)
  func goesLeft(_ node: TreeNode, _ row: UnsafeBufferPointer<Float>) -> Bool {
    let value = row[Int(node.feature)]
    if node.isCategorical {
      return categorySplits[Int(node.categories)].goesLeft(value, defaultsLeft: node.defaultsLeft)
    }
    if value.isNaN || node.isZeroMissing && value.magnitude <= TreeNode.zeroMagnitude {
      return node.defaultsLeft
    }
    return Double(value) < node.value || node.value == .infinity
  }

  /// The value of the leaf that a row comes to.
  ///
  /// - Parameter row: The row's features; NaN means missing.
  /// - Returns: The leaf's value.
  /// - Complexity: O(depth).
  func leafValue(_ row: UnsafeBufferPointer<Float>) -> Double {
    var node = nodes[0]
    while !node.isLeaf { node = nodes[Int(node.leftChild) + (goesLeft(node, row) ? 0 : 1)] }
    return node.value
  }

  /// The share of a split's training data that went to its left child.
  ///
  /// Relative to both children rather than to the parent, so that the two shares add up to one; a split that
  /// no training data passed counts as half and half, where a quotient of zeros would poison every sum.
  ///
  /// - Parameter node: The split.
  /// - Returns: A number in 0...1.
  func leftShare(_ node: TreeNode) -> Double {
    let left = Double(covers[Int(node.leftChild)])
    let right = Double(covers[Int(node.leftChild) + 1])
    let sum = left + right
    return sum > 0 ? left / sum : 0.5
  }

  /// The tree's mean value over its training data.
  var expectedValue: Double {
    var values = nodes.map(\.value)
    for (index, node) in nodes.enumerated().reversed() where !node.isLeaf {
      let share = leftShare(node)
      values[index] = share * values[Int(node.leftChild)] + (1 - share) * values[Int(node.leftChild) + 1]
    }
    return values[0]
  }
}
