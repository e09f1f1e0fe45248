/// Walks each tree node by node: the definition of the margin, and the oracle of all other engines.
struct PlainMarginEngine: MarginEngine {
  let baseMargin: Float
  let featureCount: Int
  /// All trees' nodes one after another; children count from their own tree's root.
  private var nodes: [TreeNode] = []
  private var roots: [Int] = []

  /// Lays out trees.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  init(trees: [Tree], baseMargin: Float, featureCount: Int) {
    self.baseMargin = baseMargin
    self.featureCount = featureCount
    for tree in trees {
      roots.append(nodes.count)
      nodes += tree.nodes
    }
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Float {
    var sum = baseMargin
    for root in roots {
      var node = nodes[root]
      while !node.isLeaf {
        node = nodes[root + Int(node.leftChild) + (Tree.goesLeft(node, row) ? 0 : 1)]
      }
      sum += node.value
    }
    return sum
  }

  func margins(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into margins: UnsafeMutableBufferPointer<Float>
  ) {
    for index in 0..<rowCount {
      let start = index * featureCount
      margins[index] = margin(UnsafeBufferPointer(rebasing: rows[start..<start + featureCount]))
    }
  }
}
