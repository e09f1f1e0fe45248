/// The trees of an XGBoost file, and how they are put together: its "gradient_booster".
struct XGBoostBoosterRecord {
  /// The trees grown side by side in each round.
  private(set) var parallelTreeCount = 1
  /// The trees in the order of summation.
  private(set) var trees: [TreeRecord] = []
  /// What each tree's leaves are multiplied with, in the booster "dart".
  private(set) var treeWeights: [Float]?

  /// Reads the booster of a learner.
  ///
  /// - Parameters:
  ///   - learner: The file's "learner".
  ///   - version: The XGBoost that wrote the file.
  /// - Throws: ``ModelFormatError`` when it is another booster, or its parts contradict each other.
  init<Value: ModelFileValue>(
    _ learner: ModelFileObject<Value>,
    version: XGBoostVersion
  ) throws(ModelFormatError) {
    let booster = try learner.object("gradient_booster")
    let name = try booster.read("name", \.text)
    switch name {
    case "gbtree":
      let booster = try learner.object("gradient_booster", known: ["model", "name"])
      try readModel(of: booster, version: version)
    case "dart":
      let booster = try learner.object("gradient_booster", known: ["gbtree", "name", "weight_drop"])
      try readModel(of: try booster.object("gbtree", known: ["model", "name"]), version: version)
      try readWeights(of: booster)
    default:
      throw ModelFormatError(
        .unsupported,
        "booster “\(name.prefix(64))”; train “gbtree” or “dart”",
        at: booster.path
      )
    }
  }

  private mutating func readModel<Value: ModelFileValue>(
    of booster: ModelFileObject<Value>,
    version: XGBoostVersion
  ) throws(ModelFormatError) {
    let model = try booster.object(
      "model",
      known: ["cats", "gbtree_model_param", "iteration_indptr", "tree_info", "trees", "weight_drop"]
    )
    let parameters = try model.object("gbtree_model_param")
    let treeCount = try parameters.parameter("num_trees")
    parallelTreeCount = try parameters.parameter("num_parallel_tree", absent: 1)
    let values = try model.read("trees", \.elements)
    let outputs = try model.read("tree_info", \.integers)
    guard values.count == treeCount, outputs.count == treeCount else {
      throw ModelFormatError(
        .inconsistent,
        "num_trees is \(treeCount), but there are \(values.count) trees and \(outputs.count) in tree_info",
        at: model.path
      )
    }
    guard outputs.allSatisfy({ $0 == 0 }) else {
      throw ModelFormatError(.unsupported, "trees of several outputs; train a model of one", at: model.path)
    }
    try checkRounds(of: model, treeCount: treeCount)
    trees.reserveCapacity(treeCount)
    for (index, value) in values.enumerated() {
      let path = "\(model.path).trees[\(index)]"
      trees.append(try XGBoostTreeReader.record(value, index: index, version: version, at: path))
    }
    // Since 3.4 "dart" is a "gbtree" with weights.
    if model.optional("weight_drop") != nil { try readWeights(of: model) }
  }

  private func checkRounds<Value: ModelFileValue>(
    of model: ModelFileObject<Value>,
    treeCount: Int
  ) throws(ModelFormatError) {
    guard parallelTreeCount > 0, treeCount % parallelTreeCount == 0 else {
      throw ModelFormatError(
        .inconsistent,
        "\(treeCount) trees are no rounds of \(parallelTreeCount)",
        at: model.path
      )
    }
    // Since 2.0 the first tree of each round, and the end.
    guard model.optional("iteration_indptr") != nil else { return }
    let starts = try model.read("iteration_indptr", \.integers)
    guard starts.count == treeCount / parallelTreeCount + 1,
      starts.enumerated().allSatisfy({ $0.element == Int64($0.offset * parallelTreeCount) })
    else {
      throw ModelFormatError(
        .inconsistent,
        "its iteration_indptr are no rounds of \(parallelTreeCount) trees",
        at: model.path
      )
    }
  }

  private mutating func readWeights<Value: ModelFileValue>(
    of booster: ModelFileObject<Value>
  ) throws(ModelFormatError) {
    guard treeWeights == nil else {
      throw ModelFormatError(.inconsistent, "there are two weight_drop", at: booster.path)
    }
    let weights = try booster.read("weight_drop", \.floats)
    guard weights.count == trees.count, weights.allSatisfy(\.isFinite) else {
      throw ModelFormatError(
        .inconsistent,
        "weight_drop has no finite weight for each of \(trees.count) trees",
        at: booster.path
      )
    }
    treeWeights = weights
  }
}
