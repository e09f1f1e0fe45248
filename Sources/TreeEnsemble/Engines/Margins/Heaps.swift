/// The tables of ``HeapMarginEngine``: trees as perfect heaps, in groups of 16 of one depth.
struct Heaps: Sendable {
  /// Sixteen trees of one depth; the last group is filled up with trees that add nothing.
  struct Group: Sendable {
    /// The first slot of the first tree.
    let start: Int
    let depth: Int
    let treeCount: Int
  }

  private var groups: [Group] = []
  private var thresholds: [UInt32] = []
  private var offsets: [UInt16] = []
  /// Leaves of 32 bits, for forests that are summed so; else empty.
  private(set) var leaves: [Float] = []
  /// Leaves of 64 bits, for forests that are summed so; else empty.
  private(set) var doubleLeaves: [Double] = []

  /// The size of the tables.
  var byteCount: Int {
    thresholds.count * 4 + offsets.count * 2 + leaves.count * 4 + doubleLeaves.count * 8
  }

  /// How much larger than the trees the heaps may be: beyond it, or for small ones, padding costs too much cache.
  private static let maximumPadding = 4

  /// Lays out trees, unless they are too deep or too lopsided, or the rows too wide for the tables.
  ///
  /// - Parameters:
  ///   - forest: The trees.
  ///   - rowKeys: What their splits compare.
  init?(_ forest: Forest, _ rowKeys: RowKeys) {
    guard (rowKeys.count - 1) * MemoryLayout<UInt32>.size <= Int(UInt16.max) else { return nil }
    let trees = forest.trees
    var slotCount = 0
    for first in stride(from: 0, to: trees.count, by: HeapShape.groupCount) {
      let group = trees[first..<min(first + HeapShape.groupCount, trees.count)]
      let depth = group.map(\.depth).max() ?? 0
      guard depth <= HeapShape.maximumDepth else { return nil }
      groups.append(Group(start: slotCount, depth: depth, treeCount: group.count))
      slotCount += HeapShape.groupCount << depth
    }
    let nodeCount = trees.reduce(0) { $0 + $1.nodes.count }
    guard slotCount <= Self.maximumPadding * max(nodeCount, 1 << 14) else { return nil }
    thresholds = Array(repeating: 0, count: slotCount)
    offsets = Array(repeating: 0, count: slotCount)
    // Adding -0 changes no sum, not even one of -0, as adding +0 would.
    switch forest.summation {
    case .single: leaves = Array(repeating: -0.0, count: slotCount)
    case .double: doubleLeaves = Array(repeating: -0.0, count: slotCount)
    }
    for (index, tree) in trees.enumerated() {
      let group = groups[index / HeapShape.groupCount]
      let start = group.start + (index % HeapShape.groupCount) << group.depth
      place(tree, rowKeys, node: 0, slot: 1, level: 0, depth: group.depth, start: start)
    }
  }

  /// Fills the slots below one; all leaves that stand for a shallower one hold its value, so any way is right.
  private mutating func place(
    _ tree: Tree,
    _ rowKeys: RowKeys,
    node index: Int,
    slot: Int,
    level: Int,
    depth: Int,
    start: Int
  ) {
    let node = tree.nodes[index]
    guard level < depth else {
      let leaf = start + slot - 1 << depth
      if leaves.isEmpty { doubleLeaves[leaf] = node.value } else { leaves[leaf] = Float(node.value) }
      return
    }
    var below = index
    var notBelow = index
    if !node.isLeaf {
      thresholds[start + slot] = RowKeys.threshold(of: node)
      let position = rowKeys.position(of: node, in: tree)
      offsets[start + slot] = UInt16(position * MemoryLayout<UInt32>.size)
      below = Int(node.leftChild)
      notBelow = below + 1
    }
    place(tree, rowKeys, node: below, slot: 2 * slot + 1, level: level + 1, depth: depth, start: start)
    place(tree, rowKeys, node: notBelow, slot: 2 * slot, level: level + 1, depth: depth, start: start)
  }

  /// Calls `body` for each group, with a kernel on its tables.
  ///
  /// - Parameters:
  ///   - leafTable: ``leaves`` or ``doubleLeaves``, whichever is filled.
  ///   - body: Runs the kernel.
  @inline(__always)
  func withKernels<Leaf: BinaryFloatingPoint>(_ leafTable: [Leaf], _ body: (HeapKernel<Leaf>, Group) -> Void)
  {
    thresholds.withUnsafeBufferPointer { thresholds in
      offsets.withUnsafeBufferPointer { offsets in
        leafTable.withUnsafeBufferPointer { leaves in
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
