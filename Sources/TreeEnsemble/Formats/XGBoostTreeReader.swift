/// Reads one element of an XGBoost file's "trees".
enum XGBoostTreeReader {
  private static let known: Set<String> = [
    "base_weights", "categories", "categories_nodes", "categories_segments", "categories_sizes",
    "default_left", "id", "left_children", "loss_changes", "parents", "right_children",
    "split_conditions", "split_indices", "split_type", "sum_hessian", "tree_param",
  ]

  /// Reads a tree.
  ///
  /// - Parameters:
  ///   - value: The element.
  ///   - index: Its position, which its "id" must repeat.
  ///   - version: The XGBoost that wrote the file.
  ///   - path: Where it stands.
  /// - Returns: The tree's arrays.
  /// - Throws: ``ModelFormatError`` when a part is missing or of another type.
  static func record<Value: ModelFileValue>(
    _ value: Value,
    index: Int,
    version: XGBoostVersion,
    at path: String
  ) throws(ModelFormatError) -> TreeRecord {
    let tree = try ModelFileObject(value, at: path, known: known)
    let parameters = try tree.object("tree_param")
    let leafSize = try parameters.parameter("size_leaf_vector", absent: 0)
    guard leafSize <= 1 else {
      throw ModelFormatError(
        .unsupported,
        "its leaves are vectors of \(leafSize); train one output per tree",
        at: path
      )
    }
    guard try tree.read("id", \.integer) == index else {
      throw ModelFormatError(.inconsistent, "its id is not its position \(index)", at: path)
    }
    var record = TreeRecord(
      nodeCount: try parameters.parameter("num_nodes"),
      deletedCount: try parameters.parameter("num_deleted", absent: 0),
      parents: try tree.read("parents", \.integers),
      leftChildren: try tree.read("left_children", \.integers),
      rightChildren: try tree.read("right_children", \.integers),
      splitIndices: try tree.read("split_indices", \.integers),
      splitConditions: try tree.read("split_conditions", \.floats),
      defaultLeft: try tree.read("default_left", \.integers),
      sumHessian: try tree.read("sum_hessian", \.floats),
      splitTypes: tree.optional("split_type") == nil ? [] : try tree.read("split_type", \.integers),
      categorySplits: try categorySplits(tree, version: version),
      lengths: []
    )
    record.lengths = [
      ("parents", record.parents.count), ("right_children", record.rightChildren.count),
      ("split_indices", record.splitIndices.count), ("split_conditions", record.splitConditions.count),
      ("default_left", record.defaultLeft.count), ("sum_hessian", record.sumHessian.count),
      ("split_type", record.splitTypes.isEmpty ? record.leftChildren.count : record.splitTypes.count),
      ("loss_changes", try tree.read("loss_changes", \.elementCount)),
      ("base_weights", try tree.read("base_weights", \.elementCount)),
    ]
    return record
  }

  /// The categories of each categorical split, which stand one split after the other in one array.
  private static func categorySplits<Value: ModelFileValue>(
    _ tree: ModelFileObject<Value>,
    version: XGBoostVersion
  ) throws(ModelFormatError) -> [Int: CategorySplit] {
    guard tree.optional("categories_nodes") != nil else { return [:] }
    let nodes = try tree.read("categories_nodes", \.integers)
    let segments = try tree.read("categories_segments", \.integers)
    let sizes = try tree.read("categories_sizes", \.integers)
    let categories = try tree.read("categories", \.integers)
    guard segments.count == nodes.count, sizes.count == nodes.count else {
      throw ModelFormatError(.inconsistent, "the arrays of categories have different lengths", at: tree.path)
    }
    var splits: [Int: CategorySplit] = [:]
    var end = 0
    for (index, node) in nodes.enumerated() {
      guard segments[index] == end, sizes[index] > 0, sizes[index] <= categories.count - end else {
        throw ModelFormatError(
          .inconsistent,
          "the categories of node \(node) are out of place",
          at: tree.path
        )
      }
      let members = categories[end..<end + Int(sizes[index])]
      end += members.count
      guard members.allSatisfy({ (0..<Int64(CategorySet.limit)).contains($0) }),
        zip(members, members.dropFirst()).allSatisfy({ $0 < $1 })
      else {
        throw ModelFormatError(.outOfRange, "the categories of node \(node) do not ascend", at: tree.path)
      }
      let split = CategorySplit(
        members: CategorySet(ascending: members.map { UInt32($0) }),
        rule: rule(of: version)
      )
      guard let node = Int(exactly: node), splits.updateValue(split, forKey: node) == nil else {
        throw ModelFormatError(.inconsistent, "node \(node) has categories twice", at: tree.path)
      }
    }
    guard end == categories.count else {
      throw ModelFormatError(.inconsistent, "there are categories of no node", at: tree.path)
    }
    guard splits.isEmpty || version >= XGBoostVersion(major: 1, minor: 5) else {
      throw ModelFormatError(
        .unsupported,
        "has categorical splits, which XGBoost \(version) could not predict with on a CPU; train with 1.5 or newer",
        at: tree.path
      )
    }
    return splits
  }

  private static func rule(of version: XGBoostVersion) -> CategorySplit.Rule {
    if version < XGBoostVersion(major: 1, minor: 6) { return .xgboost15 }
    return version < XGBoostVersion(major: 1, minor: 7, patch: 3) ? .xgboost16 : .xgboost
  }
}
