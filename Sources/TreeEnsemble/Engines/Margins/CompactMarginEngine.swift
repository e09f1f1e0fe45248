/// Descends eight trees at once, node by node: for trees too deep or too lopsided for perfect heaps.
///
/// A leaf is its own left child and always goes left, so descents that have ended wait there for the others.
struct CompactMarginEngine: MarginEngine {
  private let baseMargin: Float
  private let featureCount: Int
  private var nodes: [Node] = []
  private var values: [Float] = []
  private var roots: [Int] = []

  private struct Node {
    /// The threshold as a key.
    let threshold: UInt32
    /// The position of the key that is compared.
    let key: UInt32
    /// The child for keys below the threshold; the other one is next to it.
    let below: UInt32
  }

  private static let laneCount = 8

  /// Lays out trees, unless there are more nodes than fit.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  init?(trees: [Tree], baseMargin: Float, featureCount: Int) {
    guard trees.reduce(0, { $0 + $1.nodes.count }) < Int(UInt32.max) else { return nil }
    self.baseMargin = baseMargin
    self.featureCount = featureCount
    for tree in trees {
      let root = nodes.count
      roots.append(root)
      values += tree.nodes.map(\.value)
      for (index, node) in tree.nodes.enumerated() {
        // The first copy of the first feature's key is never the greatest integer, not even if it is missing.
        nodes.append(
          node.isLeaf
            ? Node(threshold: .max, key: 0, below: UInt32(root + index))
            : Node(
              threshold: RowKeys.key(node.value),
              key: UInt32(RowKeys.position(of: node, featureCount: featureCount)),
              below: UInt32(root + Int(node.leftChild))
            )
        )
      }
    }
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Float {
    let keyCount = RowKeys.count(featureCount: featureCount)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keyCount) { keys in
      RowKeys.write(row, to: keys)
      let keys = UnsafeBufferPointer(keys)
      var sum = baseMargin
      var first = 0
      while first + Self.laneCount <= roots.count {
        addLanes(first, keys, to: &sum)
        first += Self.laneCount
      }
      for root in roots[first...] { sum += values[leaf(from: root, keys)] }
      return sum
    }
  }

  private func addLanes(_ first: Int, _ keys: UnsafeBufferPointer<UInt32>, to sum: inout Float) {
    var slots = SIMD8<UInt32>()
    for lane in 0..<Self.laneCount { slots[lane] = UInt32(truncatingIfNeeded: roots[first + lane]) }
    var before = slots
    repeat {
      before = slots
      for lane in 0..<Self.laneCount { slots[lane] = next(slots[lane], keys) }
    } while slots != before
    for lane in 0..<Self.laneCount { sum += values[Int(slots[lane])] }
  }

  private func leaf(from root: Int, _ keys: UnsafeBufferPointer<UInt32>) -> Int {
    var slot = UInt32(truncatingIfNeeded: root)
    while true {
      let next = next(slot, keys)
      guard next != slot else { return Int(slot) }
      slot = next
    }
  }

  @inline(__always)
  private func next(_ slot: UInt32, _ keys: UnsafeBufferPointer<UInt32>) -> UInt32 {
    let node = nodes[Int(slot)]
    return node.below &+ (keys[Int(node.key)] < node.threshold ? 0 : 1)
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
