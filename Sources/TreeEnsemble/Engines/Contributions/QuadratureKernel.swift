/// The inner loops of ``QuadratureContributionEngine``, with unchecked memory accesses.
///
/// One pass down multiplies the factors of the edges, at all points at once; one pass up sums the leaves and
/// gives each split's feature its part. Neither has a branch that depends on the tree's shape or the row.
///
/// **Safety:** all positions in the tables were computed by ``QuadratureTables`` from a checked ``Tree``, and the
/// engine allocates the scratch memory for the largest tree.
struct QuadratureKernel<Vector: SIMD> where Vector.Scalar == Float {
  let splits: UnsafePointer<QuadratureSplit>
  let leaves: UnsafePointer<QuadratureLeaf>
  let lines: UnsafePointer<Vector>
  let weights: Vector
  /// The sum that each feature counts for.
  let sumOfFeature: UnsafePointer<Int32>
  /// One vector for each node of the largest tree.
  let values: UnsafeMutablePointer<Vector>
  /// The states of the largest tree's splits, and one more for "no earlier split".
  let states: UnsafeMutablePointer<UInt8>

  /// Adds one tree's contributions to one row's sums.
  ///
  /// - Parameters:
  ///   - splitRange: The tree's splits.
  ///   - leafRange: The tree's leaves.
  ///   - keys: The row's keys.
  ///   - sums: One vector per feature, or group of features.
  @inline(__always)
  func add(
    splits splitRange: Range<Int>,
    leaves leafRange: Range<Int>,
    keys: UnsafePointer<UInt32>,
    to sums: UnsafeMutablePointer<Vector>
  ) {
    let splits = splits + splitRange.lowerBound
    values[0] = weights
    states[splitRange.count] = 0
    for index in 0..<splitRange.count {
      let split = splits[index]
      let direction: UInt8 = keys[Int(split.key)] < split.threshold ? 0 : 1
      let state = states[Int(split.earlierSplit)] == split.earlierState ? direction : 2
      states[index] = state
      let line = lines + (Int(split.line) &+ Int(state)) &* 4
      let value = values[Int(split.node)]
      let children = values + Int(split.leftChild)
      children[0] = value * line[0]
      children[1] = value * line[1]
    }
    for index in leafRange {
      let leaf = leaves[index]
      values[Int(leaf.node)] *= leaf.value
    }
    var index = splitRange.count
    while index > 0 {
      index &-= 1
      let split = splits[index]
      let line = lines + (Int(split.line) &+ Int(states[index])) &* 4
      let children = values + Int(split.leftChild)
      let left = children[0]
      let right = children[1]
      sums[Int(sumOfFeature[Int(split.feature)])] += left * line[2] + right * line[3]
      values[Int(split.node)] = left + right
    }
  }
}
