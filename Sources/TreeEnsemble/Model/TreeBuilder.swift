/// Checks the nodes of a tree as a file gives them, and lays them out as a ``Tree``.
///
/// Everything that a hostile or damaged file could do wrong is refused here, so that no engine needs to check
/// again: children before their parents (which would allow cycles), nodes with two parents or none, features
/// out of range, numbers that are not finite, and depths that would exhaust a stack.
struct TreeBuilder {
  /// The longest way from root to leaf that is accepted.
  static let maximumDepth = 64
  /// The greatest magnitude of a leaf: the contributions are computed in 32-bit floats.
  static let maximumLeaf = Double(Float.greatestFiniteMagnitude)

  let record: TreeRecord
  let featureCount: Int
  let path: String

  private var nodeCount: Int { record.leftChildren.count }

  /// Checks and lays out the tree.
  ///
  /// - Returns: The tree, without the nodes that pruning deleted.
  /// - Throws: ``ModelFormatError`` naming the node.
  func build() throws(ModelFormatError) -> Tree {
    try checkLengths()
    // Positions in the file, breadth first: children are appended as pairs, so siblings become neighbours.
    var order = [0]
    var depths = [0]
    var reached = [Bool](repeating: false, count: nodeCount)
    reached[0] = true
    try checkRoot()
    var nodes: [TreeNode] = []
    var categorySplits: [CategorySplit] = []
    var covers: [Float] = []
    nodes.reserveCapacity(nodeCount)
    covers.reserveCapacity(nodeCount)
    while nodes.count < order.count {
      let source = order[nodes.count]
      let depth = depths[nodes.count]
      let children = try children(of: source, depth: depth, reached: &reached)
      var node = try node(source, leftChild: children == nil ? nil : order.count)
      if children != nil, let split = record.categorySplits[source] {
        node.categories = Int32(categorySplits.count)
        categorySplits.append(split)
      }
      nodes.append(node)
      covers.append(max(0, record.sumHessian[source]))
      if let children {
        order.append(contentsOf: [children.left, children.right])
        depths.append(contentsOf: [depth + 1, depth + 1])
      }
    }
    try checkUnreached(reached)
    guard categorySplits.count == record.categorySplits.count else {
      throw error(.inconsistent, "there are categories of nodes that are no splits")
    }
    return Tree(nodes: nodes, covers: covers, depth: depths.last ?? 0, categorySplits: categorySplits)
  }

  private func checkLengths() throws(ModelFormatError) {
    guard nodeCount > 0, nodeCount == record.nodeCount else {
      throw error(.inconsistent, "num_nodes is \(record.nodeCount), but there are \(nodeCount) nodes")
    }
    guard nodeCount <= Int(Int32.max) else { throw error(.tooLarge, "more nodes than 2^31") }
    for (name, count) in record.lengths where count != nodeCount {
      throw error(.inconsistent, "\(name) has \(count) entries for \(nodeCount) nodes")
    }
  }

  private func checkRoot() throws(ModelFormatError) {
    guard record.parents[0] == TreeRecord.noParent || record.parents[0] == -1 else {
      throw error(.notATree, "node 0, the root, has the parent \(record.parents[0])")
    }
  }

  private func children(
    of node: Int,
    depth: Int,
    reached: inout [Bool]
  ) throws(ModelFormatError) -> (left: Int, right: Int)? {
    let left = record.leftChildren[node]
    let right = record.rightChildren[node]
    if left == -1, right == -1 { return nil }
    guard depth < Self.maximumDepth else {
      throw error(.tooLarge, "deeper than \(Self.maximumDepth) at node \(node)")
    }
    for child in [left, right] {
      guard let index = Int(exactly: child), index > node, index < nodeCount else {
        throw error(.notATree, "node \(node) has the child \(child); children must follow their parents")
      }
      guard !reached[index], record.parents[index] == node else {
        throw error(.notATree, "node \(index) has more than one parent")
      }
      reached[index] = true
    }
    return (Int(left), Int(right))
  }

  private func node(_ source: Int, leftChild: Int?) throws(ModelFormatError) -> TreeNode {
    guard record.sumHessian[source].isFinite else {
      throw error(.outOfRange, "node \(source) has a cover that is not finite")
    }
    let feature = record.splitIndices[source]
    guard feature != TreeRecord.deletedFeature else {
      throw error(.notATree, "node \(source) is in use although it is marked as deleted")
    }
    guard let leftChild else {
      let value = condition(source)
      guard value.isFinite, value.magnitude <= Self.maximumLeaf else {
        throw error(.outOfRange, "node \(source) is a leaf whose value is not finite")
      }
      return TreeNode(value: value, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false)
    }
    guard feature >= 0, feature < featureCount else {
      throw error(.outOfRange, "node \(source) reads feature \(feature) of \(featureCount)")
    }
    let defaultsLeft = record.defaultLeft[source]
    guard defaultsLeft == 0 || defaultsLeft == 1 else {
      throw error(.outOfRange, "node \(source) has the default direction \(defaultsLeft)")
    }
    return TreeNode(
      value: try threshold(source),
      feature: Int32(feature),
      leftChild: Int32(leftChild),
      defaultsLeft: defaultsLeft == 1,
      isZeroMissing: record.zeroIsMissing.isEmpty ? false : record.zeroIsMissing[source]
    )
  }

  /// A split's threshold; categorical splits have none, and XGBoost writes NaN there.
  private func threshold(_ source: Int) throws(ModelFormatError) -> Double {
    let type = record.splitTypes.isEmpty ? 0 : record.splitTypes[source]
    let hasCategories = record.categorySplits[source] != nil
    guard type == (hasCategories ? 1 : 0) else {
      throw error(.inconsistent, "node \(source) is of split type \(type), which does not fit its categories")
    }
    if hasCategories { return 0 }
    let threshold = condition(source)
    // Only LightGBM has thresholds above all floats.
    guard threshold.isFinite || !record.doubleConditions.isEmpty && threshold == .infinity else {
      throw error(.outOfRange, "node \(source) has a threshold that is not finite")
    }
    return threshold
  }

  private func condition(_ source: Int) -> Double {
    record.doubleConditions.isEmpty ? Double(record.splitConditions[source]) : record.doubleConditions[source]
  }

  /// Pruning leaves deleted nodes behind in the file; any other unreachable node means damage.
  private func checkUnreached(_ reached: [Bool]) throws(ModelFormatError) {
    var deletedCount = 0
    for (node, isReached) in reached.enumerated() where !isReached {
      guard record.splitIndices[node] == TreeRecord.deletedFeature else {
        throw error(.notATree, "node \(node) has no parent")
      }
      deletedCount += 1
    }
    guard deletedCount == record.deletedCount else {
      throw error(.inconsistent, "num_deleted is \(record.deletedCount), but \(deletedCount) nodes are")
    }
  }

  private func error(_ code: ModelFormatError.Code, _ message: String) -> ModelFormatError {
    ModelFormatError(code, message, at: path)
  }
}
