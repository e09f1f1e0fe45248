/// The inner loops of ``HeapMarginEngine``, with unchecked memory accesses.
///
/// In a perfect heap of depth d, slot n has the children 2n and 2n + 1, and the slots from 2^d on are leaves. With
/// the way to 2n + 1 for keys below the threshold, a step is `n = 2n + (key < threshold)`, free of branches.
/// Eight or sixteen descents that do not depend on each other hide the latency of each one's loads, and a depth
/// that the compiler knows unrolls all steps and turns the distances between trees into constants.
///
/// **Safety:** n stays below 2^(d+1) by construction, and features are positions of keys: ``HeapMarginEngine`` fills
/// the tables so, and hands over whole groups of trees and whole rows.
struct HeapKernel<Leaf: BinaryFloatingPoint> {
  /// The slots' thresholds, as keys; slot 0 of each tree is unused.
  let thresholds: UnsafePointer<UInt32>
  /// The distances in bytes of the keys that the slots read, within one row.
  let offsets: UnsafePointer<UInt16>
  /// The trees' leaves, from left to right by slot.
  let leaves: UnsafePointer<Leaf>

  /// Adds a group's leaves to the sum of one row, in the order of the trees.
  ///
  /// - Parameters:
  ///   - depth: The depth of the group's heaps.
  ///   - row: The row's keys.
  ///   - sum: The sum so far.
  @inline(__always)
  func addGroup(depth: Int, row: UnsafeRawPointer, to sum: inout Leaf) {
    switch depth {
    case 0: HeapDescent<0>.add(self, row, to: &sum)
    case 1: HeapDescent<1>.add(self, row, to: &sum)
    case 2: HeapDescent<2>.add(self, row, to: &sum)
    case 3: HeapDescent<3>.add(self, row, to: &sum)
    case 4: HeapDescent<4>.add(self, row, to: &sum)
    case 5: HeapDescent<5>.add(self, row, to: &sum)
    case 6: HeapDescent<6>.add(self, row, to: &sum)
    case 7: HeapDescent<7>.add(self, row, to: &sum)
    case 8: HeapDescent<8>.add(self, row, to: &sum)
    case 9: HeapDescent<9>.add(self, row, to: &sum)
    default: HeapDescent<10>.add(self, row, to: &sum)
    }
  }

  /// Adds one tree's leaves to the sums of a block of rows.
  ///
  /// - Parameters:
  ///   - depth: The depth of the heap.
  ///   - tree: The tree's position in its group.
  ///   - rows: The rows' keys, interleaved: all rows' first keys, all rows' second keys, and so on.
  ///   - sums: The rows' sums so far.
  @inline(__always)
  func addTree(depth: Int, tree: Int, rows: UnsafeRawPointer, to sums: UnsafeMutablePointer<Leaf>) {
    switch depth {
    case 0: HeapDescent<0>.add(self, tree, rows, to: sums)
    case 1: HeapDescent<1>.add(self, tree, rows, to: sums)
    case 2: HeapDescent<2>.add(self, tree, rows, to: sums)
    case 3: HeapDescent<3>.add(self, tree, rows, to: sums)
    case 4: HeapDescent<4>.add(self, tree, rows, to: sums)
    case 5: HeapDescent<5>.add(self, tree, rows, to: sums)
    case 6: HeapDescent<6>.add(self, tree, rows, to: sums)
    case 7: HeapDescent<7>.add(self, tree, rows, to: sums)
    case 8: HeapDescent<8>.add(self, tree, rows, to: sums)
    case 9: HeapDescent<9>.add(self, tree, rows, to: sums)
    default: HeapDescent<10>.add(self, tree, rows, to: sums)
    }
  }
}

/// The sizes that the kernels are written for.
enum HeapShape {
  /// The greatest depth there are loops for.
  static let maximumDepth = 10
  /// The trees of a group, which one row descends together.
  static let groupCount = 16
  /// The rows of a block, which descend one tree together.
  static let blockCount = 8
}

/// The descents for one depth.
///
/// It is a generic argument, not one of a function, so that each depth is compiled for itself: calls that differ
/// by a number only would be merged into one again.
private enum HeapDescent<let depth: Int> {
  /// One row, sixteen trees.
  ///
  /// The levels are written out, here and below: so large a loop would not be unrolled.
  static func add<Leaf: BinaryFloatingPoint>(
    _ heaps: HeapKernel<Leaf>,
    _ row: UnsafeRawPointer,
    to sum: inout Leaf
  ) {
    var first = Lanes()
    var second = Lanes()
    if depth > 0 { step(&first, &second, heaps, row) }
    if depth > 1 { step(&first, &second, heaps, row) }
    if depth > 2 { step(&first, &second, heaps, row) }
    if depth > 3 { step(&first, &second, heaps, row) }
    if depth > 4 { step(&first, &second, heaps, row) }
    if depth > 5 { step(&first, &second, heaps, row) }
    if depth > 6 { step(&first, &second, heaps, row) }
    if depth > 7 { step(&first, &second, heaps, row) }
    if depth > 8 { step(&first, &second, heaps, row) }
    if depth > 9 { step(&first, &second, heaps, row) }
    first.forEach { sum += heaps.leaves[$0 &+ ($1 &- 1) << depth] }
    second.forEach { sum += heaps.leaves[$0 &+ ($1 &+ 7) << depth] }
  }

  /// Eight rows, one tree.
  static func add<Leaf: BinaryFloatingPoint>(
    _ heaps: HeapKernel<Leaf>,
    _ tree: Int,
    _ rows: UnsafeRawPointer,
    to sums: UnsafeMutablePointer<Leaf>
  ) {
    let heap = HeapKernel(
      thresholds: heaps.thresholds + tree << depth,
      offsets: heaps.offsets + tree << depth,
      leaves: heaps.leaves + tree << depth
    )
    var lanes = Lanes()
    if depth > 0 { step(&lanes, heap, rows) }
    if depth > 1 { step(&lanes, heap, rows) }
    if depth > 2 { step(&lanes, heap, rows) }
    if depth > 3 { step(&lanes, heap, rows) }
    if depth > 4 { step(&lanes, heap, rows) }
    if depth > 5 { step(&lanes, heap, rows) }
    if depth > 6 { step(&lanes, heap, rows) }
    if depth > 7 { step(&lanes, heap, rows) }
    if depth > 8 { step(&lanes, heap, rows) }
    if depth > 9 { step(&lanes, heap, rows) }
    lanes.forEach { sums[$1] += heap.leaves[$0 &- 1 << depth] }
  }

  @inline(__always)
  private static func step<Leaf>(
    _ first: inout Lanes,
    _ second: inout Lanes,
    _ heaps: HeapKernel<Leaf>,
    _ row: UnsafeRawPointer
  ) {
    first.step { slot, lane in
      let at = slot &+ lane << depth
      let key = row.load(fromByteOffset: Int(heaps.offsets[at]), as: UInt32.self)
      return slot &+ slot &+ (key < heaps.thresholds[at] ? 1 : 0)
    }
    second.step { slot, lane in
      let at = slot &+ (lane &+ 8) << depth
      let key = row.load(fromByteOffset: Int(heaps.offsets[at]), as: UInt32.self)
      return slot &+ slot &+ (key < heaps.thresholds[at] ? 1 : 0)
    }
  }

  @inline(__always)
  private static func step<Leaf>(_ lanes: inout Lanes, _ heap: HeapKernel<Leaf>, _ rows: UnsafeRawPointer) {
    lanes.step { slot, lane in
      let offset =
        Int(heap.offsets[slot]) &* HeapShape.blockCount &+ lane &* MemoryLayout<UInt32>.size
      let key = rows.load(fromByteOffset: offset, as: UInt32.self)
      return slot &+ slot &+ (key < heap.thresholds[slot] ? 1 : 0)
    }
  }
}

/// The slots of eight descents, in registers: an array would be kept in memory.
private struct Lanes {
  private var a = 1
  private var b = 1
  private var c = 1
  private var d = 1
  private var e = 1
  private var f = 1
  private var g = 1
  private var h = 1

  @inline(__always)
  mutating func step(_ next: (_ slot: Int, _ lane: Int) -> Int) {
    a = next(a, 0)
    b = next(b, 1)
    c = next(c, 2)
    d = next(d, 3)
    e = next(e, 4)
    f = next(f, 5)
    g = next(g, 6)
    h = next(h, 7)
  }

  @inline(__always)
  func forEach(_ body: (_ slot: Int, _ lane: Int) -> Void) {
    body(a, 0)
    body(b, 1)
    body(c, 2)
    body(d, 3)
    body(e, 4)
    body(f, 5)
    body(g, 6)
    body(h, 7)
  }
}
