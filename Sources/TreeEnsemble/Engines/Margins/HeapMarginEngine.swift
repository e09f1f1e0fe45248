/// Descends many trees, or many rows, at once through perfect heaps: the fastest way, for trees that fill them.
///
/// Trees are taken in groups of 16, and each is padded to the depth of the deepest of its group. See
/// ``HeapKernel`` for the descent and ``RowKeys`` for what it compares.
struct HeapMarginEngine: MarginEngine {
  private let baseMargin: Float
  private let featureCount: Int
  private var groups: [Group] = []
  private var thresholds: [UInt32] = []
  private var offsets: [UInt16] = []
  private var leaves: [Float] = []

  /// Sixteen trees of one depth; the last group is filled up with trees that add nothing.
  private struct Group {
    /// The first slot of the first tree.
    let start: Int
    let depth: Int
    let treeCount: Int
  }

  /// How much larger than the trees the heaps may be: beyond it, or for small ones, padding costs too much cache.
  private static let maximumPadding = 4

  /// Lays out trees, unless they are too deep or too lopsided, or the rows too wide for the tables.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  init?(trees: [Tree], baseMargin: Float, featureCount: Int) {
    let lastKey = RowKeys.count(featureCount: featureCount) - 1
    guard lastKey * MemoryLayout<UInt32>.size <= Int(UInt16.max) else { return nil }
    self.baseMargin = baseMargin
    self.featureCount = featureCount
    var slotCount = 0
    for first in stride(from: 0, to: trees.count, by: HeapKernel.groupCount) {
      let group = trees[first..<min(first + HeapKernel.groupCount, trees.count)]
      let depth = group.map(\.depth).max() ?? 0
      guard depth <= HeapKernel.maximumDepth else { return nil }
      groups.append(Group(start: slotCount, depth: depth, treeCount: group.count))
      slotCount += HeapKernel.groupCount << depth
    }
    let nodeCount = trees.reduce(0) { $0 + $1.nodes.count }
    guard slotCount <= Self.maximumPadding * max(nodeCount, 1 << 14) else { return nil }
    thresholds = Array(repeating: 0, count: slotCount)
    offsets = Array(repeating: 0, count: slotCount)
    // Adding -0 changes no sum, not even one of -0, as adding +0 would.
    leaves = Array(repeating: -0.0, count: slotCount)
    for (index, tree) in trees.enumerated() {
      let group = groups[index / HeapKernel.groupCount]
      let start = group.start + (index % HeapKernel.groupCount) << group.depth
      place(tree, node: 0, slot: 1, level: 0, depth: group.depth, start: start)
    }
  }

  /// Fills the slots below one; all leaves that stand for a shallower one hold its value, so any way is right.
  private mutating func place(_ tree: Tree, node index: Int, slot: Int, level: Int, depth: Int, start: Int) {
    let node = tree.nodes[index]
    guard level < depth else {
      leaves[start + slot - 1 << depth] = node.value
      return
    }
    var below = index
    var notBelow = index
    if !node.isLeaf {
      thresholds[start + slot] = RowKeys.key(node.value)
      let position = RowKeys.position(of: node, featureCount: featureCount)
      offsets[start + slot] = UInt16(position * MemoryLayout<UInt32>.size)
      below = Int(node.leftChild)
      notBelow = below + 1
    }
    place(tree, node: below, slot: 2 * slot + 1, level: level + 1, depth: depth, start: start)
    place(tree, node: notBelow, slot: 2 * slot, level: level + 1, depth: depth, start: start)
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Float {
    let keyCount = RowKeys.count(featureCount: featureCount)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keyCount) { keys in
      RowKeys.write(row, to: keys)
      let keys = UnsafeRawBufferPointer(keys)
      var sum = baseMargin
      withKernels { kernel, group in
        guard let keys = keys.baseAddress else { return }
        kernel.addGroup(depth: group.depth, row: keys, to: &sum)
      }
      return sum
    }
  }

  func margins(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into margins: UnsafeMutableBufferPointer<Float>
  ) {
    let blockCount = HeapKernel.blockCount
    let wholeCount = rowCount - rowCount % blockCount
    let keyCount = RowKeys.count(featureCount: featureCount) * blockCount
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keyCount) { keys in
      for first in stride(from: 0, to: wholeCount, by: blockCount) {
        for row in 0..<blockCount {
          RowKeys.write(self.row(first + row, of: rows), to: keys, offset: row, stride: blockCount)
          margins[first + row] = baseMargin
        }
        let sums = UnsafeMutableBufferPointer(rebasing: margins[first..<first + blockCount])
        add(UnsafeRawBufferPointer(keys), to: sums)
      }
    }
    for index in wholeCount..<rowCount { margins[index] = margin(row(index, of: rows)) }
  }

  private func row(_ index: Int, of rows: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(rebasing: rows[index * featureCount..<(index + 1) * featureCount])
  }

  private func add(_ keys: UnsafeRawBufferPointer, to sums: UnsafeMutableBufferPointer<Float>) {
    guard let keys = keys.baseAddress, let sums = sums.baseAddress else { return }
    withKernels { kernel, group in
      for tree in 0..<group.treeCount {
        kernel.addTree(depth: group.depth, tree: tree, rows: keys, to: sums)
      }
    }
  }

  /// Calls `body` for each group, with a kernel on its tables.
  @inline(__always)
  private func withKernels(_ body: (HeapKernel, Group) -> Void) {
    thresholds.withUnsafeBufferPointer { thresholds in
      offsets.withUnsafeBufferPointer { offsets in
        leaves.withUnsafeBufferPointer { leaves in
          // The tables are empty only when there are no groups.
          guard let thresholds = thresholds.baseAddress, let offsets = offsets.baseAddress,
            let leaves = leaves.baseAddress
          else { return }
          for group in groups {
            let kernel = HeapKernel(
              thresholds: thresholds + group.start,
              offsets: offsets + group.start,
              leaves: leaves + group.start
            )
            body(kernel, group)
          }
        }
      }
    }
  }
}
