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

  init(_ forest: Forest) {
    trees = forest.trees
    featureCount = forest.featureCount
    base = forest.expectedMargin
    let depth = trees.map(\.depth).max() ?? 0
    rules = GaussLegendre.rules(upTo: (depth + 1) / 2)
  }

  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    groups: FeatureGroups?,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let width = (groups?.count ?? featureCount) + 1
    var products: [Double] = []
    for row in 0..<rowCount {
      let values = UnsafeBufferPointer(rebasing: rows[row * featureCount..<(row + 1) * featureCount])
      let result = UnsafeMutableBufferPointer(rebasing: contributions[row * width..<(row + 1) * width])
      for index in 0..<width - 1 { result[index] = 0 }
      result[width - 1] = base
      for tree in trees {
        tree.forEachLeaf(values) { factors, leaf in
          let rule = rules[(factors.count + 1) / 2]
          Self.add(factors, leaf, rule, groups, &products, to: result)
        }
      }
    }
  }

  private static func add(
    _ factors: [LeafFactor],
    _ leaf: Double,
    _ rule: GaussLegendre,
    _ groups: FeatureGroups?,
    _ products: inout [Double],
    to contributions: UnsafeMutableBufferPointer<Double>
  ) {
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
      for position in stride(from: factors.count - 1, through: 0, by: -1) {
        let factor = factors[position]
        let difference = factor.one - factor.zero
        let index = groups?.groupOfFeature[factor.feature] ?? factor.feature
        contributions[index] += difference * (products[position] * product)
        product *= factor.zero + t * difference
      }
    }
  }
}
