/// Reads LightGBM's text models, versions v3 and v4, strictly.
///
/// Whatever would make the margin mean something else than a sum of trees is refused by name: several outputs,
/// averages instead of sums, linear leaves, and objectives whose margin is no log-odds and no plain prediction.
struct LightGBMModelReader {
  private static let header: Set<String> = [
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective",
    "feature_names", "monotone_constraints", "feature_infos", "tree_sizes", "average_output",
  ]
  private static let tree: Set<String> = [
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child",
    "right_child", "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_weight",
    "internal_count", "cat_boundaries", "cat_threshold", "is_linear", "leaf_const", "num_features",
    "leaf_features", "leaf_coeff", "shrinkage",
  ]

  /// Reads a file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: The model.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  static func read(_ bytes: [UInt8]) throws(ModelFormatError) -> ModelContents {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ModelFormatError(.malformed, "not readable as a LightGBM model: it is not UTF-8")
    }
    let blocks = try LightGBMBlocks(text)
    let header = try LightGBMLines(blocks.header, at: "header", known: Self.header)
    try checkKind(header)
    let lastFeature = try header.integer("max_feature_idx")
    guard (0..<XGBoostModelRecord.maximumFeatureCount).contains(lastFeature) else {
      throw header.error(.tooLarge, "\(lastFeature) as the last feature")
    }
    let featureCount = lastFeature + 1
    let names = try header.text("feature_names").split(separator: " ").map(String.init)
    guard names.count == featureCount else {
      throw header.error(.inconsistent, "\(names.count) feature names for \(featureCount) features")
    }
    let sizes = try header.integers("tree_sizes", count: blocks.trees.count)
    var trees: [Tree] = []
    for (index, block) in blocks.trees.enumerated() {
      let path = "Tree=\(index)"
      guard block.title == path, sizes[index] == block.byteCount else {
        throw ModelFormatError(.inconsistent, "the tree is not where tree_sizes has it", at: path)
      }
      let lines = try LightGBMLines(block.lines, at: path, known: tree)
      let record = try LightGBMTreeReader.record(lines)
      trees.append(try TreeBuilder(record: record, featureCount: featureCount, path: path).build())
    }
    let areNumbered = names.enumerated().allSatisfy { $0.element == "Column_\($0.offset)" }
    return ModelContents(
      forest: Forest(trees: trees, baseMargin: 0, featureCount: featureCount, summation: .double),
      library: .lightGBM,
      writtenBy: String(try header.text("version")),
      objective: try objective(header),
      featureNames: areNumbered ? nil : names
    )
  }

  private static func checkKind(_ header: LightGBMLines) throws(ModelFormatError) {
    let version = try header.text("version")
    guard version == "v3" || version == "v4" else {
      throw header.error(.unsupported, "version “\(version.prefix(16))”; v3 and v4 are understood")
    }
    for name in ["num_class", "num_tree_per_iteration"] {
      let count = try header.integer(name)
      guard count == 1 else { throw header.error(.unsupported, "\(name) is \(count); train a model of one") }
    }
    if header.has("average_output") {
      throw header.error(
        .unsupported,
        "average_output: a random forest's mean; train with boosting=gbdt or dart"
      )
    }
  }

  private static func objective(_ header: LightGBMLines) throws(ModelFormatError) -> Objective {
    guard header.has("objective") else {
      throw header.error(.unsupported, "it has no objective, or one of its own; train with “binary”")
    }
    let text = try header.text("objective")
    switch text {
    case "binary sigmoid:1": return .binaryLogistic
    case "cross_entropy": return .regressionLogistic
    case "regression": return .regressionSquaredError
    default:
      throw header.error(
        .unsupported,
        "objective “\(text.prefix(64))”; understood are binary sigmoid:1, cross_entropy, regression"
      )
    }
  }
}
