/// One tree as a file gives it: parallel arrays over nodes, not yet checked.
///
/// The arrays are XGBoost's; what only LightGBM has stands at the end.
struct TreeRecord {
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
  /// Thresholds and leaf values.
  var splitConditions: [Float]
  var defaultLeft: [Int64]
  /// How much of the training data passed each node.
  var sumHessian: [Float]
  /// 1 for categorical splits; empty in files that know none.
  var splitTypes: [Int64]
  /// The categorical splits, by node.
  var categorySplits: [Int: CategorySplit] = [:]
  /// The lengths of all arrays but ``leftChildren``, also of those that only training needs.
  var lengths: [(name: String, count: Int)]
  /// Thresholds and leaf values of 64 bits, in place of ``splitConditions``; empty for XGBoost.
  var doubleConditions: [Double] = []
  /// By node, whether zeros count as missing; empty for XGBoost.
  var zeroIsMissing: [Bool] = []
}
