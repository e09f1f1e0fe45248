import Testing

@testable import TreeEnsemble

@Suite("LightGBMModelReader")
struct LightGBMModelReaderTests {
  private func text(_ kind: String = "categorical") throws -> String {
    let fixture = try #require(try Fixture.all("lightgbm").first { $0.name.contains(kind) })
    return String(decoding: fixture.model, as: UTF8.self)
  }

  @Test(
    "Models of other kinds are refused, and named",
    arguments: [
      ("version=v4", "version=v2", "v2", ModelFormatError.Code.unsupported),
      ("num_class=1", "num_class=3", "num_class", .unsupported),
      ("num_tree_per_iteration=1", "num_tree_per_iteration=3", "num_tree_per_iteration", .unsupported),
      ("objective=binary sigmoid:1", "objective=multiclass num_class:3", "multiclass", .unsupported),
      ("objective=binary sigmoid:1", "objective=binary sigmoid:2", "sigmoid:2", .unsupported),
      ("objective=binary sigmoid:1\n", "", "objective", .unsupported),
      ("label_index=0", "label_index=0\naverage_output", "average_output", .unsupported),
      ("label_index=0", "label_index=0\nlabel_index=0", "label_index", .inconsistent),
      ("label_index=0", "lambda=0", "lambda", .unsupported),
      ("max_feature_idx=4", "max_feature_idx=99999999", "feature", .tooLarge),
      ("max_feature_idx=4", "max_feature_idx=5", "names", .inconsistent),
      ("tree\n", "forest\n", "JSON", .malformed),
      ("end of trees", "end of tree", "end of trees", .malformed),
      ("end of parameters", "rm -rf", "rm -rf", .malformed),
      ("is_linear=0", "is_linear=1", "tree_sizes", .inconsistent),
      ("Tree=1", "Tree=2", "Tree=1", .inconsistent),
      ("shrinkage=", "shrinkags=", "shrinkags", .unsupported),
    ]
  )
  func refusals(_ old: String, _ new: String, _ named: String, _ code: ModelFormatError.Code) throws {
    let text = try text()
    #expect(text.contains(old))
    // Sizes of trees are checked first, so that one character in a tree keeps them.
    let changed = text.replacing(old, with: new)
    let error = #expect(throws: ModelFormatError.self) { try TreeEnsemble(anyFormat: Array(changed.utf8)) }
    if code == .inconsistent, named == "tree_sizes" {
      #expect(error?.code == .unsupported)
    } else {
      #expect(error?.code == code)
      #expect(error?.description.contains(named) == true, "\(String(describing: error))")
    }
  }

  @Test(
    "A threshold of 64 bits parts the floats where LightGBM parts them",
    arguments: [
      0, -0.0, 1, 0.1, -0.1, 1e-35, -1e-35, 1e-300, -1e-300, 1e300, -1e300, 3.4028234663852886e38, 1e-45,
      Double.infinity, -Double.infinity, 0.20639702595164763,
    ] as [Double]
  )
  func thresholds(_ threshold: Double) {
    let strict = LightGBMTreeReader.strictThreshold(threshold)
    let node = TreeNode(value: strict, feature: 0, leftChild: 1, defaultsLeft: false)
    let near = Float(threshold)
    let values: [Float] = [
      near, near.nextUp, near.nextDown, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .infinity,
      -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    ]
    let tree = Tree(nodes: [node], covers: [1], depth: 0)
    for value in values where !value.isNaN {
      let isLeft = Double(value) <= threshold
      #expect([value].withUnsafeBufferPointer { tree.goesLeft(node, $0) } == isLeft, "\(value)")
      #expect((RowKeys.key(value) < RowKeys.threshold(of: node)) == isLeft, "\(value)")
    }
  }
}
