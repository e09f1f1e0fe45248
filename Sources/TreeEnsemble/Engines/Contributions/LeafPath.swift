/// What one feature makes of the way to a leaf.
struct LeafFactor {
  let feature: Int
  /// The share of the training data that takes the way, where the feature is unknown.
  var zero: Double
  /// 1 when the row takes the way, else 0.
  var one: Double
}

extension Tree {
  /// Walks to every leaf, with what each feature on the way makes of it.
  ///
  /// - Parameters:
  ///   - row: The row's features; NaN means missing.
  ///   - body: Receives the factors of the different features on the way, and the leaf's value.
  func forEachLeaf(_ row: UnsafeBufferPointer<Float>, _ body: ([LeafFactor], Double) -> Void) {
    var factors: [LeafFactor] = []
    visit(0, row, &factors, body)
  }

  private func visit(
    _ index: Int,
    _ row: UnsafeBufferPointer<Float>,
    _ factors: inout [LeafFactor],
    _ body: ([LeafFactor], Double) -> Void
  ) {
    let node = nodes[index]
    guard !node.isLeaf else { return body(factors, node.value) }
    let share = leftShare(node)
    let goesLeft = goesLeft(node, row)
    for isLeft in [true, false] {
      let child = Int(node.leftChild) + (isLeft ? 0 : 1)
      let step = LeafFactor(
        feature: Int(node.feature),
        zero: isLeft ? share : 1 - share,
        one: goesLeft == isLeft ? 1 : 0
      )
      // A feature that occurs again narrows its own factor; the path has each feature once.
      if let position = factors.firstIndex(where: { $0.feature == step.feature }) {
        let before = factors[position]
        factors[position].zero *= step.zero
        factors[position].one *= step.one
        visit(child, row, &factors, body)
        factors[position] = before
      } else {
        factors.append(step)
        visit(child, row, &factors, body)
        factors.removeLast()
      }
    }
  }
}
