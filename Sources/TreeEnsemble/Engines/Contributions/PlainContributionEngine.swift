/// Computes contributions leaf by leaf: the simplest exact way, and the oracle of all other engines.
///
/// For a leaf of value v below splits on k distinct features, the tree's value over a coalition S is v times the
/// product of its features' factors: o (1 when the row takes the leaf's way, else 0) for features in S, and z
/// (the share of training data that takes it) for the others. The Shapley value of feature i of such a product is
///
///     v · (o_i - z_i) · ∫₀¹ ∏_{j≠i} (z_j + t · (o_j - z_j)) dt,
///
/// the multilinear extension's diagonal (Owen 1972). The integrand is a polynomial of degree k - 1, for which
/// Gauss–Legendre quadrature with ⌈k/2⌉ points is exact. All terms are products of numbers in 0...1: nothing
/// cancels, nothing is divided, and shares of zero are harmless, unlike in the recurrences of classic TreeSHAP.
struct PlainContributionEngine: ContributionEngine {
  private let trees: [Tree]
  private let featureCount: Int
  private let base: Double
  /// At index n the rule of n points.
  private let rules: [GaussLegendre]

  /// Prepares trees.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  init(trees: [Tree], baseMargin: Float, featureCount: Int) {
    self.trees = trees
    self.featureCount = featureCount
    base = ContributionEngines.base(trees: trees, baseMargin: baseMargin)
    let depth = trees.map(\.depth).max() ?? 0
    rules = GaussLegendre.rules(upTo: (depth + 1) / 2)
  }

  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let width = featureCount + 1
    for row in 0..<rowCount {
      let values = UnsafeBufferPointer(rebasing: rows[row * featureCount..<(row + 1) * featureCount])
      let result = UnsafeMutableBufferPointer(rebasing: contributions[row * width..<(row + 1) * width])
      for index in 0..<featureCount { result[index] = 0 }
      result[featureCount] = base
      var path = Path()
      for tree in trees { visit(tree, node: 0, values, &path, result) }
    }
  }

  private func visit(
    _ tree: Tree,
    node index: Int,
    _ row: UnsafeBufferPointer<Float>,
    _ path: inout Path,
    _ contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let node = tree.nodes[index]
    guard !node.isLeaf else {
      path.add(leaf: Double(node.value), rules[(path.factors.count + 1) / 2], to: contributions)
      return
    }
    let share = tree.leftShare(node)
    let goesLeft = Tree.goesLeft(node, row)
    for isLeft in [true, false] {
      let child = Int(node.leftChild) + (isLeft ? 0 : 1)
      let step = Factor(
        feature: Int(node.feature),
        zero: isLeft ? share : 1 - share,
        one: goesLeft == isLeft ? 1 : 0
      )
      // A feature that occurs again narrows its own factor; the path has each feature once.
      if let position = path.factors.firstIndex(where: { $0.feature == step.feature }) {
        let before = path.factors[position]
        path.factors[position].zero *= step.zero
        path.factors[position].one *= step.one
        visit(tree, node: child, row, &path, contributions)
        path.factors[position] = before
      } else {
        path.factors.append(step)
        visit(tree, node: child, row, &path, contributions)
        path.factors.removeLast()
      }
    }
  }
}

/// What one feature makes of the way to a leaf.
private struct Factor {
  let feature: Int
  /// The share of the training data that takes the way, where the feature is unknown.
  var zero: Double
  /// 1 when the row takes the way, else 0.
  var one: Double
}

/// The distinct features on the way from a root to a node.
private struct Path {
  var factors: [Factor] = []
  private var products: [Double] = []

  mutating func add(
    leaf: Double,
    _ rule: GaussLegendre,
    to contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let count = factors.count
    for point in 0..<rule.points.count {
      let t = rule.points[point]
      // Products over the factors before each one; the products over those after it follow on the way back.
      products.removeAll(keepingCapacity: true)
      var product = leaf * rule.weights[point]
      for factor in factors {
        products.append(product)
        product *= factor.zero + t * (factor.one - factor.zero)
      }
      product = 1
      for position in stride(from: count - 1, through: 0, by: -1) {
        let factor = factors[position]
        let difference = factor.one - factor.zero
        contributions[factor.feature] += difference * (products[position] * product)
        product *= factor.zero + t * difference
      }
    }
  }
}
