/// Computes interaction values leaf by leaf: what pairs of features contribute together.
///
/// With the factors of ``PlainContributionEngine``, the Shapley interaction index of the features i and j is
///
///     v · (o_i - z_i) · (o_j - z_j) · ∫₀¹ ∏_{k≠i,j} (z_k + t · (o_k - z_k)) dt,
///
/// summed over the leaves. As Lundberg, Erion and Lee (arXiv 1802.03888) and XGBoost do, half of it is given to
/// each of (i, j) and (j, i), and what is left of a feature's contribution to (i, i).
struct PlainInteractionEngine: Sendable {
  private let forest: Forest
  private let rules: [GaussLegendre]

  /// Prepares a forest.
  ///
  /// - Parameter forest: The trees, and the margin before them.
  init(_ forest: Forest) {
    self.forest = forest
    rules = GaussLegendre.rules(upTo: (forest.depth + 1) / 2)
  }

  /// Computes the interaction values of one row.
  ///
  /// - Parameters:
  ///   - row: One value per feature; NaN means missing.
  ///   - interactions: Receives `(featureCount + 1)²` values, row-major; the base stands in the last one.
  /// - Complexity: O(leaves · depth³).
  func interactions(
    _ row: UnsafeBufferPointer<Float>,
    into interactions: UnsafeMutableBufferPointer<Double>
  ) {
    let width = forest.featureCount + 1
    for index in 0..<width * width { interactions[index] = 0 }
    for tree in forest.trees {
      tree.forEachLeaf(row) { factors, leaf in
        let rule = rules[(factors.count + 1) / 2]
        for (t, weight) in zip(rule.points, rule.weights) {
          Self.add(factors, at: t, leaf * weight, width: width, to: interactions)
        }
      }
    }
    interactions[width * width - 1] = forest.expectedMargin
  }

  /// Adds one leaf at one point of the rule.
  private static func add(
    _ factors: [LeafFactor],
    at t: Double,
    _ leaf: Double,
    width: Int,
    to interactions: UnsafeMutableBufferPointer<Double>
  ) {
    let values = factors.map { $0.zero + t * ($0.one - $0.zero) }
    // The products over the factors after each one.
    var after = [Double](repeating: 1, count: factors.count + 1)
    for index in values.indices.reversed() { after[index] = after[index + 1] * values[index] }
    var before = leaf
    for (index, factor) in factors.enumerated() {
      let difference = factor.one - factor.zero
      var product = before * difference
      interactions[factor.feature * (width + 1)] += product * after[index + 1]
      for other in stride(from: index + 1, to: factors.count, by: 1) {
        let second = factors[other]
        let half = product * (second.one - second.zero) * after[other + 1] / 2
        interactions[factor.feature * width + second.feature] += half
        interactions[second.feature * width + factor.feature] += half
        interactions[factor.feature * (width + 1)] -= half
        interactions[second.feature * (width + 1)] -= half
        product *= values[other]
      }
      before *= values[index]
    }
  }
}
