/// One node of a ``Tree``: a split or a leaf.
struct TreeNode: Sendable, Equatable {
  /// A split's threshold, or a leaf's value.
  var value: Float
  /// The feature that a split reads; ``leaf`` for leaves.
  var feature: Int32
  /// The child for values below the threshold, with the right child next to it; 0 for leaves.
  var leftChild: Int32
  /// Where rows without a value go.
  var defaultsLeft: Bool

  /// The ``feature`` of a leaf.
  static let leaf: Int32 = -1

  var isLeaf: Bool { feature == Self.leaf }
}

/// One regression tree, checked and laid out breadth first.
///
/// Children follow their parents, siblings stand side by side, and no node is unreachable: whoever walks from
/// node 0 ends in a leaf after at most ``depth`` steps. Only ``TreeBuilder`` makes trees from files.
struct Tree: Sendable, Equatable {
  /// The nodes; node 0 is the root.
  let nodes: [TreeNode]
  /// How much of the training data passed each node: the sum of hessians, not negative.
  let covers: [Float]
  /// The longest way from the root to a leaf, in steps.
  let depth: Int

  /// Where a row goes from a split.
  ///
  /// The comparison is XGBoost's: strictly below goes left, in 32-bit floats, and -0 equals +0.
  ///
  /// - Parameters:
  ///   - node: The split.
  ///   - row: The row's features; NaN means missing.
  /// - Returns: True for the left child.
  @inline(__always)
  static func goesLeft(_ node: TreeNode, _ row: UnsafeBufferPointer<Float>) -> Bool {
    let value = row[Int(node.feature)]
    return value.isNaN ? node.defaultsLeft : value < node.value
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
    var values = nodes.map { Double($0.value) }
    for (index, node) in nodes.enumerated().reversed() where !node.isLeaf {
      let share = leftShare(node)
      values[index] = share * values[Int(node.leftChild)] + (1 - share) * values[Int(node.leftChild) + 1]
    }
    return values[0]
  }
}
