/// Descends many trees, or many rows, at once through perfect heaps: the fastest way, for trees that fill them.
///
/// Trees are taken in groups of 16, and each is padded to the depth of the deepest of its group. See
/// ``HeapKernel`` for the descent and ``RowKeys`` for what it compares.
struct HeapMarginEngine: MarginEngine {
  private let baseMargin: Float
  private let summation: Forest.Summation
  private let rowKeys: RowKeys
  private let scratch: ScratchMemory
  private let heaps: Heaps
  /// The blocks of rows that a tree takes one after another.
  ///
  /// Where all trees fit into the first cache the rows should, too; larger forests are read as seldom as possible.
  private let blocksPerPass: Int

  private static let smallForestBytes = 1 << 16

  init?(_ forest: Forest) {
    rowKeys = RowKeys(forest)
    // A key for each categorical split costs about as much as a step: more of them than steps do not pay.
    let stepCount = forest.trees.reduce(0) { $0 + $1.depth }
    guard rowKeys.categoryKeyCount <= 2 * stepCount else { return nil }
    guard let heaps = Heaps(forest, rowKeys) else { return nil }
    self.heaps = heaps
    baseMargin = forest.baseMargin
    summation = forest.summation
    blocksPerPass = heaps.byteCount <= Self.smallForestBytes ? 1 : 8
    let rowsPerPass = HeapShape.blockCount * blocksPerPass
    scratch = ScratchMemory(byteCount: rowKeys.count * rowsPerPass * MemoryLayout<UInt32>.size)
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Double {
    withKeys(count: rowKeys.count) { keys in
      rowKeys.write(row, to: keys)
      switch summation {
      case .single: return Double(sum(Float.self, heaps.leaves, UnsafeRawBufferPointer(keys)))
      case .double: return sum(Double.self, heaps.doubleLeaves, UnsafeRawBufferPointer(keys))
      }
    }
  }

  func margins(_ rows: UnsafeBufferPointer<Float>, rowCount: Int, into margins: MarginBuffer) {
    switch summation {
    case .single: add(Float.self, heaps.leaves, rows, rowCount, margins)
    case .double: add(Double.self, heaps.doubleLeaves, rows, rowCount, margins)
    }
  }

  /// Lends memory for keys: of the stack, as far as the runtime takes that much from it.
  @inline(__always)
  private func withKeys<R>(count: Int, _ body: (UnsafeMutableBufferPointer<UInt32>) -> R) -> R {
    guard count > 256 else {
      return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count, body)
    }
    return scratch.withMemory { body($0.bindMemory(to: UInt32.self)) }
  }

  @inline(__always)
  private func sum<Leaf: BinaryFloatingPoint>(
    _: Leaf.Type,
    _ leaves: [Leaf],
    _ keys: UnsafeRawBufferPointer
  ) -> Leaf {
    var sum = Leaf(baseMargin)
    heaps.withKernels(leaves) { kernel, group in
      guard let keys = keys.baseAddress else { return }
      kernel.addGroup(depth: group.depth, row: keys, to: &sum)
    }
    return sum
  }

  @inline(__always)
  private func add<Leaf: BinaryFloatingPoint>(
    _: Leaf.Type,
    _ leaves: [Leaf],
    _ rows: UnsafeBufferPointer<Float>,
    _ rowCount: Int,
    _ margins: MarginBuffer
  ) {
    let blockCount = HeapShape.blockCount
    let wholeCount = rowCount - rowCount % blockCount
    let passCount = blockCount * blocksPerPass
    scratch.withMemory { memory in
      let keys = memory.bindMemory(to: UInt32.self)
      withUnsafeTemporaryAllocation(of: Leaf.self, capacity: passCount) { sums in
        for first in stride(from: 0, to: wholeCount, by: passCount) {
          let count = min(passCount, wholeCount - first)
          for block in 0..<count / blockCount {
            let start = (first + block * blockCount) * rowKeys.featureCount
            let values = rows[start..<start + blockCount * rowKeys.featureCount]
            let size = blockCount * rowKeys.count
            let part = keys[block * size..<(block + 1) * size]
            rowKeys.writeBlock(UnsafeBufferPointer(rebasing: values), to: .init(rebasing: part))
          }
          sums.initialize(repeating: Leaf(baseMargin))
          add(leaves, UnsafeRawBufferPointer(keys), blocks: count / blockCount, to: sums)
          for row in 0..<count { margins.store(sums[row], row: first + row) }
        }
      }
    }
    for index in wholeCount..<rowCount { margins.store(margin(row(index, of: rows)), row: index) }
  }

  @inline(__always)
  private func add<Leaf: BinaryFloatingPoint>(
    _ leaves: [Leaf],
    _ keys: UnsafeRawBufferPointer,
    blocks: Int,
    to sums: UnsafeMutableBufferPointer<Leaf>
  ) {
    guard let keys = keys.baseAddress, let sums = sums.baseAddress else { return }
    let blockBytes = rowKeys.count * HeapShape.blockCount * MemoryLayout<UInt32>.size
    heaps.withKernels(leaves) { kernel, group in
      for tree in 0..<group.treeCount {
        for block in 0..<blocks {
          kernel.addTree(
            depth: group.depth,
            tree: tree,
            rows: keys + block * blockBytes,
            to: sums + block * HeapShape.blockCount
          )
        }
      }
    }
  }

  private func row(_ index: Int, of rows: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
    let featureCount = rowKeys.featureCount
    return UnsafeBufferPointer(rebasing: rows[index * featureCount..<(index + 1) * featureCount])
  }
}
