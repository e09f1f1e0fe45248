/// Reads one "Tree=" block of a LightGBM text model.
///
/// LightGBM numbers splits and leaves apart, a leaf by the complement of its number; here leaves come after all
/// splits. Its comparison of doubles, `value <= threshold`, becomes one of floats, `value < t`: rows hold 32-bit
/// floats, so t is the next float above the greatest one that is not above the threshold.
struct LightGBMTreeReader {
  private static let zeroMissing = 1
  private static let nanMissing = 2

  private let lines: LightGBMLines
  private let leafCount: Int
  private var splitCount: Int { leafCount - 1 }

  /// Reads a tree.
  ///
  /// - Parameter lines: The block's lines.
  /// - Returns: The tree's arrays.
  /// - Throws: ``ModelFormatError`` when a part is missing, of another type or of another kind.
  static func record(_ lines: LightGBMLines) throws(ModelFormatError) -> TreeRecord {
    try LightGBMTreeReader(lines).record()
  }

  private init(_ lines: LightGBMLines) throws(ModelFormatError) {
    self.lines = lines
    leafCount = try lines.integer("num_leaves")
    // A leaf takes two bytes of the file at least, so the count is no more than the file.
    guard leafCount >= 1, leafCount <= lines.byteCount else {
      throw lines.error(.inconsistent, "num_leaves is \(leafCount)")
    }
    if lines.has("is_linear") {
      guard try lines.integer("is_linear") == 0 else {
        throw lines.error(.unsupported, "its leaves are linear models; train with linear_tree=false")
      }
    }
  }

  private func record() throws(ModelFormatError) -> TreeRecord {
    let nodeCount = splitCount + leafCount
    let left = try children("left_child")
    let right = try children("right_child")
    let thresholds = try lines.doubles("threshold", count: splitCount, mayBeInfinite: true)
    let features = try lines.integers("split_feature", count: splitCount)
    let decisions = try lines.integers("decision_type", count: splitCount)
    var record = TreeRecord(
      nodeCount: nodeCount,
      deletedCount: 0,
      parents: try parents(left, right),
      leftChildren: left + Array(repeating: -1, count: leafCount),
      rightChildren: right + Array(repeating: -1, count: leafCount),
      splitIndices: features + Array(repeating: 0, count: leafCount),
      splitConditions: Array(repeating: 0, count: nodeCount),
      defaultLeft: Array(repeating: 0, count: nodeCount),
      sumHessian: try covers(),
      splitTypes: Array(repeating: 0, count: nodeCount),
      lengths: []
    )
    record.zeroIsMissing = Array(repeating: false, count: nodeCount)
    record.doubleConditions =
      Array(repeating: 0, count: splitCount) + (try lines.doubles("leaf_value", count: leafCount))
    let categories = try LightGBMCategories(lines)
    for split in 0..<splitCount {
      let decision = decisions[split]
      guard (0..<16).contains(decision), decision >> 2 <= Self.nanMissing else {
        throw lines.error(.outOfRange, "split \(split) has the decision type \(decision)")
      }
      if decision & 1 == 1 {
        record.splitTypes[split] = 1
        record.categorySplits[split] = try categories.split(thresholds[split], lines)
      } else {
        place(thresholds[split], decision: Int(decision), split: split, in: &record)
      }
    }
    return record
  }

  private func place(
    _ threshold: Double,
    decision: Int,
    split: Int,
    in record: inout TreeRecord
  ) {
    record.doubleConditions[split] = Self.strictThreshold(threshold)
    let missing = decision >> 2
    record.zeroIsMissing[split] = missing == Self.zeroMissing
    // Without a missing type, NaN is taken for zero.
    let defaultsLeft = missing == 0 ? 0 <= threshold : decision & 2 != 0
    record.defaultLeft[split] = defaultsLeft ? 1 : 0
  }

  /// The bound below which exactly those floats are that are not above a threshold.
  ///
  /// - Parameter threshold: Any number; LightGBM writes infinity where it parts missing from present values.
  /// - Returns: A threshold as ``TreeNode/value`` has it.
  static func strictThreshold(_ threshold: Double) -> Double {
    guard threshold < .infinity else { return .infinity }
    var greatest = Float(threshold)
    if Double(greatest) > threshold { greatest = greatest.nextDown }
    return greatest < .greatestFiniteMagnitude ? Double(greatest.nextUp) : 0x1p128
  }

  private func children(_ name: String) throws(ModelFormatError) -> [Int64] {
    try lines.integers(name, count: splitCount).map { $0 < 0 ? Int64(splitCount) &+ ~$0 : $0 }
  }

  private func parents(_ left: [Int64], _ right: [Int64]) throws(ModelFormatError) -> [Int64] {
    var parents = [Int64](repeating: TreeRecord.noParent, count: splitCount + leafCount)
    for split in 0..<splitCount {
      for child in [left[split], right[split]] {
        guard child > split, child < parents.count else {
          throw lines.error(
            .notATree,
            "split \(split) has a child that is none; children must follow parents"
          )
        }
        parents[Int(child)] = Int64(split)
      }
    }
    return parents
  }

  /// Rows rather than hessians, as LightGBM's own contributions take them.
  private func covers() throws(ModelFormatError) -> [Float] {
    let splits = try lines.integers("internal_count", count: splitCount)
    // A tree that is one leaf may lack the count, or have an empty one.
    let leaves = leafCount == 1 ? [1] : try lines.integers("leaf_count", count: leafCount)
    return (splits + leaves).map { Float($0) }
  }
}

/// The categories of a tree's splits: bits, one split's words after another's.
private struct LightGBMCategories {
  private let bounds: [Int64]
  private let words: [Int64]

  init(_ lines: LightGBMLines) throws(ModelFormatError) {
    let count = try lines.integer("num_cat")
    guard count > 0 else {
      bounds = []
      words = []
      return
    }
    guard count < lines.byteCount else { throw lines.error(.inconsistent, "num_cat is \(count)") }
    bounds = try lines.integers("cat_boundaries", count: count + 1)
    words = try lines.integers("cat_threshold", count: nil)
    guard bounds.first == 0, bounds.last == Int64(words.count),
      zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }),
      words.allSatisfy({ (0...Int64(UInt32.max)).contains($0) })
    else {
      throw lines.error(.inconsistent, "cat_boundaries do not divide cat_threshold")
    }
  }

  func split(_ threshold: Double, _ lines: LightGBMLines) throws(ModelFormatError) -> CategorySplit {
    guard let index = Int(exactly: threshold), index >= 0, index < bounds.count - 1 else {
      throw lines.error(.outOfRange, "a categorical split has no categories")
    }
    var members: [UInt32] = []
    for (position, word) in words[Int(bounds[index])..<Int(bounds[index + 1])].enumerated() where word != 0 {
      for bit in 0..<32 where word >> bit & 1 == 1 { members.append(UInt32(position * 32 + bit)) }
    }
    guard let last = members.last, last < CategorySet.limit else {
      throw lines.error(
        .outOfRange,
        "a categorical split has no category, or one beyond \(CategorySet.limit)"
      )
    }
    return CategorySplit(members: CategorySet(ascending: members), rule: .lightGBM)
  }
}
