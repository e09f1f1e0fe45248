/// Descends eight trees at once, node by node: for trees too deep or too lopsided for perfect heaps.
///
/// A leaf is its own left child and always goes left, so descents that have ended wait there for the others.
/// Categories are looked up on the way, which pays when rows meet few of very many categorical splits.
struct CompactMarginEngine: MarginEngine {
  private let baseMargin: Float
  private let summation: Forest.Summation
  private let rowKeys: RowKeys
  private let scratch: ScratchMemory
  private var nodes: [Node] = []
  private var values: [Double] = []
  private var roots: [Int] = []
  private var questions: [Question] = []

  private struct Node {
    /// The threshold as a key.
    let threshold: UInt32
    /// The position of the key that is compared; ``question`` and the number of a question for categories.
    let key: UInt32
    /// The child for keys below the threshold; the other one is next to it.
    let below: UInt32
  }

  /// What a categorical split asks for.
  private struct Question {
    let feature: Int
    let defaultsLeft: Bool
    let split: CategorySplit
  }

  private static let laneCount = 8
  /// The bit of ``Node/key`` that tells a question from a key.
  private static let question: UInt32 = 1 << 31

  init?(_ forest: Forest) {
    guard forest.trees.reduce(0, { $0 + $1.nodes.count }) < Int(Self.question) else { return nil }
    baseMargin = forest.baseMargin
    summation = forest.summation
    rowKeys = RowKeys(forest, hasCategories: false)
    scratch = ScratchMemory(byteCount: rowKeys.count * MemoryLayout<UInt32>.size)
    for tree in forest.trees {
      let root = nodes.count
      roots.append(root)
      values += tree.nodes.map(\.value)
      for (index, node) in tree.nodes.enumerated() {
        // The first copy of the first feature's key is never the greatest integer, not even if it is missing.
        nodes.append(
          node.isLeaf
            ? Node(threshold: .max, key: 0, below: UInt32(root + index))
            : Node(
              threshold: RowKeys.threshold(of: node),
              key: key(of: node, tree),
              below: UInt32(root + Int(node.leftChild))
            )
        )
      }
    }
  }

  private mutating func key(of node: TreeNode, _ tree: Tree) -> UInt32 {
    guard node.isCategorical else { return UInt32(rowKeys.position(of: node, in: tree)) }
    questions.append(
      Question(
        feature: Int(node.feature),
        defaultsLeft: node.defaultsLeft,
        split: tree.categorySplits[Int(node.categories)]
      )
    )
    return Self.question | UInt32(questions.count - 1)
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Double {
    scratch.withMemory { memory in
      let written = memory.bindMemory(to: UInt32.self)
      rowKeys.write(row, to: written)
      let keys = UnsafeBufferPointer(written)
      switch summation {
      case .single:
        var sum = baseMargin
        add(row, keys) { sum += Float($0) }
        return Double(sum)
      case .double:
        var sum = Double(baseMargin)
        add(row, keys) { sum += $0 }
        return sum
      }
    }
  }

  /// Finds the trees' leaves, in order.
  @inline(__always)
  private func add(
    _ row: UnsafeBufferPointer<Float>,
    _ keys: UnsafeBufferPointer<UInt32>,
    _ body: (Double) -> Void
  ) {
    var first = 0
    while first + Self.laneCount <= roots.count {
      var slots = SIMD8<UInt32>()
      for lane in 0..<Self.laneCount { slots[lane] = UInt32(truncatingIfNeeded: roots[first + lane]) }
      var before = slots
      repeat {
        before = slots
        for lane in 0..<Self.laneCount { slots[lane] = next(slots[lane], row, keys) }
      } while slots != before
      for lane in 0..<Self.laneCount { body(values[Int(slots[lane])]) }
      first += Self.laneCount
    }
    for root in roots[first...] {
      var slot = UInt32(truncatingIfNeeded: root)
      var before = slot
      repeat {
        before = slot
        slot = next(slot, row, keys)
      } while slot != before
      body(values[Int(slot)])
    }
  }

  @inline(__always)
  private func next(
    _ slot: UInt32,
    _ row: UnsafeBufferPointer<Float>,
    _ keys: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    let node = nodes[Int(slot)]
    if node.key & Self.question != 0 {
      return node.below &+ (goesLeft(node.key & ~Self.question, row) ? 0 : 1)
    }
    return node.below &+ (keys[Int(node.key)] < node.threshold ? 0 : 1)
  }

  private func goesLeft(_ question: UInt32, _ row: UnsafeBufferPointer<Float>) -> Bool {
    let question = questions[Int(question)]
    return question.split.goesLeft(row[question.feature], defaultsLeft: question.defaultsLeft)
  }

  func margins(_ rows: UnsafeBufferPointer<Float>, rowCount: Int, into margins: MarginBuffer) {
    let featureCount = rowKeys.featureCount
    for row in 0..<rowCount {
      let values = rows[row * featureCount..<(row + 1) * featureCount]
      margins.store(margin(UnsafeBufferPointer(rebasing: values)), row: row)
    }
  }
}
