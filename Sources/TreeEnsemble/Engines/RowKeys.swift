/// A row as the fast engines read it: integers that compare as the floats do, so that every split is one comparison.
///
/// Each feature has two keys, which differ only where its value is missing: the first copy then holds a key below
/// every threshold, the second one above every threshold. A split reads the copy that sends missing values
/// its own default way, so the inner loops know no missing values. Where a model has splits for which zeros are
/// missing, two more copies hold the keys for them. Each different categorical split has a key of its own, which
/// says which way it sends the row.
struct RowKeys: Sendable {
  /// The key of a missing value for splits that send it left: below that of any threshold.
  static let leftmost: UInt32 = 0
  /// The key of a missing value for splits that send it right: not below that of any threshold.
  static let rightmost = UInt32.max
  /// The threshold of categorical splits, between the two.
  private static let middle: UInt32 = 1

  /// One way of asking for a category.
  private struct Question: Hashable {
    let feature: Int
    let defaultsLeft: Bool
    let split: CategorySplit
  }

  /// The number of values in a row.
  let featureCount: Int
  /// How many keys a row has.
  private(set) var count: Int
  private let hasZeroCopies: Bool
  private var questions: [Question] = []
  private var positions: [Question: Int] = [:]

  /// Plans the keys for trees.
  ///
  /// - Parameters:
  ///   - forest: The trees.
  ///   - hasCategories: False to give categorical splits no keys, for engines that ask for categories themselves.
  init(_ forest: Forest, hasCategories: Bool = true) {
    featureCount = forest.featureCount
    hasZeroCopies = forest.trees.contains { $0.nodes.contains { $0.isZeroMissing } }
    count = forest.featureCount * (hasZeroCopies ? 4 : 2)
    guard hasCategories else { return }
    for tree in forest.trees where !tree.categorySplits.isEmpty {
      for node in tree.nodes where node.isCategorical {
        let question = Self.question(node, tree)
        guard positions[question] == nil else { continue }
        positions[question] = count
        questions.append(question)
        count += 1
      }
    }
  }

  /// The keys that only categorical splits need.
  var categoryKeyCount: Int { questions.count }

  private static func question(_ node: TreeNode, _ tree: Tree) -> Question {
    Question(
      feature: Int(node.feature),
      defaultsLeft: node.defaultsLeft,
      split: tree.categorySplits[Int(node.categories)]
    )
  }

  /// The key of a value, ordered as the floats are; both zeros have the same.
  ///
  /// - Parameter value: A number, or an infinity.
  /// - Returns: Its key.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    // Adding zero makes -0 to +0. Then positive numbers get the sign bit, negative ones are reversed.
    let bits = (value + 0).bitPattern
    let sign = UInt32(bitPattern: Int32(bitPattern: bits) >> 31)
    return bits ^ (sign | 0x8000_0000)
  }

  /// The key below which values go left.
  ///
  /// - Parameter node: A split.
  /// - Returns: The key of its threshold.
  static func threshold(of node: TreeNode) -> UInt32 {
    if node.isCategorical { return middle }
    // 2^128 rounds to infinity, which all finite floats are below; infinity itself is above that.
    return node.value < .infinity ? key(Float(node.value)) : key(.infinity) + 1
  }

  /// The position of the key that a split reads.
  ///
  /// - Parameters:
  ///   - node: The split.
  ///   - tree: Its tree.
  /// - Returns: The position among the row's keys.
  func position(of node: TreeNode, in tree: Tree) -> Int {
    if node.isCategorical { return positions[Self.question(node, tree)] ?? 0 }
    let copy = (node.defaultsLeft ? 0 : 1) + (node.isZeroMissing ? 2 : 0)
    return Int(node.feature) + copy * featureCount
  }

  /// Writes a row's keys.
  ///
  /// - Parameters:
  ///   - row: The values.
  ///   - keys: Receives the keys.
  ///   - offset: The position of the first key.
  @inline(__always)
  func write(
    _ row: UnsafeBufferPointer<Float>,
    to keys: UnsafeMutableBufferPointer<UInt32>,
    offset: Int = 0
  ) {
    precondition(row.count == featureCount && offset + count <= keys.count)
    for index in 0..<featureCount {
      let value = row[index]
      let key = Self.key(value)
      keys[offset + index] = value.isNaN ? Self.leftmost : key
      keys[offset + featureCount + index] = value.isNaN ? Self.rightmost : key
    }
    if hasZeroCopies { writeZeroCopies(row, to: keys, offset: offset, stride: 1) }
    if !questions.isEmpty { writeAnswers(row, to: keys, offset: offset, stride: 1) }
  }

  /// Writes the keys of eight rows, interleaved: all rows' first keys, all rows' second keys, and so on.
  ///
  /// - Parameters:
  ///   - rows: The values, row-major.
  ///   - keys: Receives the keys; aligned to a vector of eight.
  func writeBlock(_ rows: UnsafeBufferPointer<Float>, to keys: UnsafeMutableBufferPointer<UInt32>) {
    let laneCount = SIMD8<UInt32>.scalarCount
    precondition(rows.count == laneCount * featureCount && keys.count >= laneCount * count)
    keys.withMemoryRebound(to: SIMD8<UInt32>.self) { vectors in
      for index in 0..<featureCount {
        var values = SIMD8<Float>()
        for lane in 0..<laneCount { values[lane] = rows[lane * featureCount + index] }
        let bits = unsafeBitCast(values + 0, to: SIMD8<UInt32>.self)
        let signs = unsafeBitCast(bits, to: SIMD8<Int32>.self) &>> SIMD8(repeating: 31)
        let key = bits ^ (unsafeBitCast(signs, to: SIMD8<UInt32>.self) | SIMD8(repeating: 0x8000_0000))
        let isMissing = values .!= values
        vectors[index] = key.replacing(with: Self.leftmost, where: isMissing)
        vectors[featureCount + index] = key.replacing(with: Self.rightmost, where: isMissing)
      }
    }
    guard hasZeroCopies || !questions.isEmpty else { return }
    for lane in 0..<laneCount {
      let row = UnsafeBufferPointer(rebasing: rows[lane * featureCount..<(lane + 1) * featureCount])
      if hasZeroCopies { writeZeroCopies(row, to: keys, offset: lane, stride: laneCount) }
      if !questions.isEmpty { writeAnswers(row, to: keys, offset: lane, stride: laneCount) }
    }
  }

  private func writeZeroCopies(
    _ row: UnsafeBufferPointer<Float>,
    to keys: UnsafeMutableBufferPointer<UInt32>,
    offset: Int,
    stride: Int
  ) {
    for index in 0..<featureCount {
      let value = row[index]
      let isMissing = value.isNaN || value.magnitude <= TreeNode.zeroMagnitude
      let key = Self.key(value)
      keys[offset + (2 * featureCount + index) * stride] = isMissing ? Self.leftmost : key
      keys[offset + (3 * featureCount + index) * stride] = isMissing ? Self.rightmost : key
    }
  }

  private func writeAnswers(
    _ row: UnsafeBufferPointer<Float>,
    to keys: UnsafeMutableBufferPointer<UInt32>,
    offset: Int,
    stride: Int
  ) {
    let first = count - questions.count
    for (index, question) in questions.enumerated() {
      let goesLeft = question.split.goesLeft(row[question.feature], defaultsLeft: question.defaultsLeft)
      keys[offset + (first + index) * stride] = goesLeft ? Self.leftmost : Self.rightmost
    }
  }
}
