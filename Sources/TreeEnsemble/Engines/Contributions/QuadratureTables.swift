/// What ``QuadratureKernel`` reads: for each split, the factors and weights of its two edges at all points.
///
/// On the way from a root to a node, feature f has the factor a = z + t · (o - z), as in
/// ``PlainContributionEngine``; its contribution to a leaf below is the leaf's product, times (o - z) / a,
/// summed over the points t. Which of its edges a split's row takes is not known in advance, but there are three
/// cases only, and a line of four vectors is stored for each:
///
/// - 0: the row goes left (if it came so far, for this feature);
/// - 1: the row goes right;
/// - 2: an earlier split on the same feature already sent the row elsewhere, and only shares are left.
///
/// A line holds the factors of the left and of the right edge, and then the weights with which the sums below
/// them count for the feature. Where the feature occurred before, factors and weights are relative to what it
/// had there, so that each edge speaks for the leaves below it only once.
struct QuadratureTables<Vector: SIMD & Sendable>: Sendable where Vector.Scalar == Float {
  /// One tree's part of the arrays.
  struct TreeRange: Sendable {
    var splits: Range<Int>
    var leaves: Range<Int>
  }

  /// The trees in the order of summation.
  private(set) var trees: [TreeRange] = []
  /// The splits, parents before children.
  private(set) var splits: [QuadratureSplit] = []
  /// The leaves.
  private(set) var leaves: [QuadratureLeaf] = []
  /// Two or three lines of four vectors for each split.
  private(set) var lines: [Vector] = []
  /// The weights of the points.
  let weights: Vector
  /// The most nodes and splits of a tree.
  let largestTree: (nodeCount: Int, splitCount: Int)

  /// The points, and their distances from 1.
  private let points: [(t: Double, u: Double)]
  /// What the splits compare.
  let rowKeys: RowKeys

  /// Fills the tables.
  ///
  /// - Parameters:
  ///   - forest: The trees.
  ///   - paths: Each tree's paths.
  init(_ forest: Forest, _ paths: [SplitPaths]) {
    let count = Vector.scalarCount
    let rule = GaussLegendre.rules(upTo: count)[count]
    var weights = Vector()
    for point in 0..<count { weights[point] = Float(rule.weights[point]) }
    self.weights = weights
    rowKeys = RowKeys(forest)
    points = rule.points.map { (t: $0, u: 1 - $0) }
    let nodeCount = forest.trees.map(\.nodes.count).max() ?? 0
    largestTree = (nodeCount: nodeCount, splitCount: nodeCount / 2)
    let splitCount = paths.reduce(0) { $0 + $1.splitCount }
    splits.reserveCapacity(splitCount)
    leaves.reserveCapacity(splitCount + forest.trees.count)
    lines.reserveCapacity(splitCount * 8 + 4 * paths.reduce(0) { $0 + $1.repeatedCount })
    for (tree, paths) in zip(forest.trees, paths) { append(tree, paths) }
  }

  private mutating func append(_ tree: Tree, _ paths: SplitPaths) {
    let firstSplit = splits.count
    let firstLeaf = leaves.count
    for (index, node) in tree.nodes.enumerated() {
      guard !node.isLeaf else {
        leaves.append(QuadratureLeaf(node: Int32(index), value: Float(node.value)))
        continue
      }
      let earlier = paths.earlier[index]
      splits.append(
        QuadratureSplit(
          threshold: RowKeys.threshold(of: node),
          key: UInt32(rowKeys.position(of: node, in: tree)),
          node: Int32(index),
          leftChild: node.leftChild,
          feature: node.feature,
          line: Int32(lines.count / 4),
          earlierSplit: Int32(earlier?.split ?? paths.splitCount),
          earlierState: earlier?.isRight == true ? 1 : 0
        )
      )
      appendLines(share: tree.leftShare(node), earlierZero: earlier.map { paths.zeros[$0.node] })
    }
    trees.append(TreeRange(splits: firstSplit..<splits.count, leaves: firstLeaf..<leaves.count))
  }

  private mutating func appendLines(share: Double, earlierZero: Double?) {
    let zero = earlierZero ?? 1
    let left = zero * share
    let right = zero * (1 - share)
    var hot = (left: Vector(), right: Vector())
    var cold = (left: Vector(), right: Vector())
    var hotWeight = (left: Vector(), right: Vector())
    var coldWeight = Vector()
    for (index, (t, u)) in points.enumerated() {
      let before = earlierZero == nil ? 1 : zero * u + t
      let weightBefore = earlierZero == nil ? 0 : (1 - zero) / before
      hot.left[index] = Float((left * u + t) / before)
      hot.right[index] = Float((right * u + t) / before)
      cold.left[index] = Float(left * u / before)
      cold.right[index] = Float(right * u / before)
      hotWeight.left[index] = Float((1 - left) / (left * u + t) - weightBefore)
      hotWeight.right[index] = Float((1 - right) / (right * u + t) - weightBefore)
      coldWeight[index] = Float(-1 / u - weightBefore)
    }
    append(hot.left, cold.right, hotWeight.left, coldWeight)
    append(cold.left, hot.right, coldWeight, hotWeight.right)
    guard earlierZero != nil else { return }
    append(Vector(repeating: Float(share)), Vector(repeating: Float(1 - share)), Vector(), Vector())
  }

  private mutating func append(
    _ left: Vector,
    _ right: Vector,
    _ leftWeight: Vector,
    _ rightWeight: Vector
  ) {
    lines.append(left)
    lines.append(right)
    lines.append(leftWeight)
    lines.append(rightWeight)
  }
}

/// A split as ``QuadratureKernel`` reads it.
struct QuadratureSplit: Sendable {
  /// The threshold as a key, see ``RowKeys``.
  let threshold: UInt32
  /// The position of the key that is compared.
  let key: UInt32
  /// The node's position in its tree.
  let node: Int32
  /// The left child's position; the right one is next.
  let leftChild: Int32
  /// The feature that is read.
  let feature: Int32
  /// The first of the split's lines.
  let line: Int32
  /// The last split on the same feature on the way here, or the count of splits when there is none.
  let earlierSplit: Int32
  /// The state of that split in which the row comes here, as far as the feature is concerned.
  let earlierState: UInt8
}

/// A leaf as ``QuadratureKernel`` reads it.
struct QuadratureLeaf: Sendable {
  /// The node's position in its tree.
  let node: Int32
  /// The leaf's value.
  let value: Float
}

/// For each split of a tree, where its feature was split on before.
struct SplitPaths {
  /// An edge from an earlier split.
  struct Edge {
    /// The split, by its position among the splits.
    let split: Int
    /// The child that the edge leads to.
    let node: Int
    let isRight: Bool
  }

  /// For each node that is a split, the last edge of the same feature on the way from the root.
  private(set) var earlier: [Edge?]
  /// For each node, the share of training data that takes its edge and all earlier ones of the same feature.
  private(set) var zeros: [Double]
  /// The number of splits.
  private(set) var splitCount = 0
  /// The splits on a feature that was split on before.
  private(set) var repeatedCount = 0
  /// The most different features on the way to a leaf.
  private(set) var longestPath = 0

  /// Walks a tree.
  ///
  /// - Parameter tree: The tree.
  init(_ tree: Tree) {
    earlier = Array(repeating: nil, count: tree.nodes.count)
    zeros = Array(repeating: 1, count: tree.nodes.count)
    var parents = [Int](repeating: 0, count: tree.nodes.count)
    var positions = [Int](repeating: 0, count: tree.nodes.count)
    var pathLengths = [Int](repeating: 0, count: tree.nodes.count)
    for (index, node) in tree.nodes.enumerated() {
      guard !node.isLeaf else {
        longestPath = max(longestPath, pathLengths[index])
        continue
      }
      positions[index] = splitCount
      splitCount += 1
      // Upwards, to the nearest split on the same feature.
      var child = index
      while child != 0, earlier[index] == nil {
        let parent = parents[child]
        if tree.nodes[parent].feature == node.feature {
          let isRight = child != Int(tree.nodes[parent].leftChild)
          earlier[index] = Edge(split: positions[parent], node: child, isRight: isRight)
        }
        child = parent
      }
      if earlier[index] != nil { repeatedCount += 1 }
      let zero = earlier[index].map { zeros[$0.node] } ?? 1
      let share = tree.leftShare(node)
      let left = Int(node.leftChild)
      for (child, share) in [(left, share), (left + 1, 1 - share)] {
        parents[child] = index
        zeros[child] = zero * share
        pathLengths[child] = pathLengths[index] + (earlier[index] == nil ? 1 : 0)
      }
    }
  }
}
