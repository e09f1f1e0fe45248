/// One tree as an XGBoost file gives it: parallel arrays over nodes, not yet checked.
struct XGBoostTreeRecord {
  /// The parent of a root.
  static let noParent: Int64 = 2_147_483_647
  /// The split index of a node that pruning has deleted.
  static let deletedFeature: Int64 = 2_147_483_647

  var nodeCount: Int
  var deletedCount: Int
  var parents: [Int64]
  var leftChildren: [Int64]
  var rightChildren: [Int64]
  var splitIndices: [Int64]
  var splitConditions: [Float]
  var defaultLeft: [Int64]
  var sumHessian: [Float]
  /// 1 for categorical splits; empty in files that know none.
  var splitTypes: [Int64]
  /// The lengths of all arrays but ``leftChildren``, also of those that only training needs.
  var lengths: [(name: String, count: Int)]
}

extension XGBoostTreeRecord {
  private static let known: Set<String> = [
    "base_weights", "categories", "categories_nodes", "categories_segments", "categories_sizes",
    "default_left", "id", "left_children", "loss_changes", "parents", "right_children",
    "split_conditions", "split_indices", "split_type", "sum_hessian", "tree_param",
  ]

  /// Reads one element of a file's "trees".
  ///
  /// - Parameters:
  ///   - value: The element.
  ///   - index: Its position, which its "id" must repeat.
  ///   - path: Where it stands.
  /// - Throws: ``ModelFormatError`` when a part is missing or of another type.
  init<Value: ModelFileValue>(_ value: Value, index: Int, at path: String) throws(ModelFormatError) {
    let tree = try ModelFileObject(value, at: path, known: Self.known)
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
    nodeCount = try parameters.parameter("num_nodes")
    deletedCount = try parameters.parameter("num_deleted", absent: 0)
    parents = try tree.read("parents", \.integers)
    leftChildren = try tree.read("left_children", \.integers)
    rightChildren = try tree.read("right_children", \.integers)
    splitIndices = try tree.read("split_indices", \.integers)
    splitConditions = try tree.read("split_conditions", \.floats)
    defaultLeft = try tree.read("default_left", \.integers)
    sumHessian = try tree.read("sum_hessian", \.floats)
    splitTypes = tree.optional("split_type") == nil ? [] : try tree.read("split_type", \.integers)
    lengths = [
      ("parents", parents.count), ("right_children", rightChildren.count),
      ("split_indices", splitIndices.count), ("split_conditions", splitConditions.count),
      ("default_left", defaultLeft.count), ("sum_hessian", sumHessian.count),
      ("split_type", splitTypes.isEmpty ? leftChildren.count : splitTypes.count),
      ("loss_changes", try tree.read("loss_changes", \.elementCount)),
      ("base_weights", try tree.read("base_weights", \.elementCount)),
    ]
  }
}
