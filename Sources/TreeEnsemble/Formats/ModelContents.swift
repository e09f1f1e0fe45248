/// What a reader makes of a file, whatever its format: checked trees and what is known of them.
struct ModelContents {
  var forest: Forest
  var library: TreeEnsemble.Library
  var writtenBy: String
  var objective: Objective
  var featureNames: [String]?
  /// The trees grown side by side in each round.
  var parallelTreeCount = 1
  var bestIteration: Int?
  /// True when the base margin is added after the trees rather than before them.
  var addsBaseLast = false

  /// The forest as engines add it up, base margin first.
  var summedForest: Forest {
    guard addsBaseLast else { return forest }
    // A last tree that is one leaf stands for the base.
    var forest = forest
    let leaf = TreeNode(
      value: Double(forest.baseMargin),
      feature: TreeNode.leaf,
      leftChild: 0,
      defaultsLeft: false
    )
    forest.trees.append(Tree(nodes: [leaf], covers: [1], depth: 0))
    forest.baseMargin = 0
    return forest
  }

  /// Keeps the first rounds only.
  ///
  /// - Parameter rounds: Which ones.
  /// - Throws: ``ModelFormatError`` when there are not so many, or it is not known which is the best.
  mutating func keep(_ rounds: TreeEnsemble.Rounds) throws(ModelFormatError) {
    let roundCount = forest.trees.count / parallelTreeCount
    let kept: Int
    switch rounds {
    case .all: return
    case .first(let count): kept = count
    case .untilBest:
      guard let bestIteration else {
        throw ModelFormatError(
          .missing,
          "the file does not tell the best iteration; train with early stopping, or use all rounds"
        )
      }
      kept = bestIteration < Int.max ? bestIteration + 1 : bestIteration
    }
    guard kept >= 0, kept <= roundCount else {
      throw ModelFormatError(.outOfRange, "\(kept) rounds of \(roundCount) cannot be kept")
    }
    forest.trees.removeSubrange((kept * parallelTreeCount)...)
  }
}

extension ModelContents {
  /// Checks the trees of an XGBoost file.
  ///
  /// - Parameter record: The file's numbers.
  /// - Throws: ``ModelFormatError`` when trees are damaged or of another kind.
  init(_ record: XGBoostModelRecord) throws(ModelFormatError) {
    guard
      let baseMargin = BaseMargin.margin(
        baseScore: record.baseScore,
        objective: record.objective,
        version: record.version
      )
    else {
      throw ModelFormatError(
        .outOfRange,
        "base score \(record.baseScore) is no probability",
        at: "$.learner.learner_model_param"
      )
    }
    var trees: [Tree] = []
    trees.reserveCapacity(record.trees.count)
    for (index, var tree) in record.trees.enumerated() {
      if let weight = record.treeWeights?[index] { tree.multiplyLeaves(with: weight) }
      let path = "$.learner.gradient_booster.model.trees[\(index)]"
      trees.append(try TreeBuilder(record: tree, featureCount: record.featureCount, path: path).build())
    }
    forest = Forest(trees: trees, baseMargin: baseMargin, featureCount: record.featureCount)
    library = .xgboost
    writtenBy = record.version.description
    objective = record.objective
    featureNames = record.featureNames.isEmpty ? nil : record.featureNames
    parallelTreeCount = record.parallelTreeCount
    bestIteration = record.bestIteration
    // XGBoost 1.3 summed the weighted trees of "dart" and then added the base.
    addsBaseLast = record.treeWeights != nil && record.version < XGBoostVersion(major: 1, minor: 4)
  }
}

extension TreeRecord {
  /// Weighs the tree as XGBoost's "dart" does: the leaf, added to a zero, times the weight, in 32-bit floats.
  fileprivate mutating func multiplyLeaves(with weight: Float) {
    for node in leftChildren.indices where leftChildren[node] == -1 && node < splitConditions.count {
      splitConditions[node] = (0 + splitConditions[node]) * weight
    }
  }
}
