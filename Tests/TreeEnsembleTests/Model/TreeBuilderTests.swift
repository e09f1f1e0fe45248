import Testing

@testable import TreeEnsemble

@Suite("TreeBuilder")
struct TreeBuilderTests {
  /// A root that splits on feature 0, whose left child splits on feature 1.
  private static let sound = TreeRecord(
    parents: [2_147_483_647, 0, 0, 1, 1],
    left: [1, 3, -1, -1, -1],
    right: [2, 4, -1, -1, -1],
    features: [0, 1, 0, 0, 0],
    values: [0.5, 1.5, 3, 4, 5]
  )

  private func build(_ record: TreeRecord) throws -> Tree {
    try TreeBuilder(record: record, featureCount: 2, path: "$.tree").build()
  }

  @Test("A sound tree is laid out breadth first, siblings side by side")
  func layout() throws {
    // In the file the right child stands first.
    let tree = try build(
      TreeRecord(
        parents: [-1, 0, 0, 2, 2],
        left: [2, -1, 4, -1, -1],
        right: [1, -1, 3, -1, -1],
        features: [0, 0, 1, 0, 0],
        values: [0.5, 3, 1.5, 5, 4]
      )
    )
    #expect(tree.nodes.map(\.value) == [0.5, 1.5, 3, 4, 5])
    #expect(tree.nodes.map(\.leftChild) == [1, 3, 0, 0, 0])
    #expect(tree.depth == 2)
    #expect(try build(Self.sound).nodes == tree.nodes)
  }

  @Test("Nodes that pruning deleted are left out")
  func deleted() throws {
    var record = Self.sound
    record.leftChildren[1] = -1
    record.rightChildren[1] = -1
    record.splitIndices[3] = TreeRecord.deletedFeature
    record.splitIndices[4] = TreeRecord.deletedFeature
    record.deletedCount = 2
    #expect(try build(record).nodes.map(\.value) == [0.5, 1.5, 3])
    record.deletedCount = 1
    #expect(throws: ModelFormatError.self) { try build(record) }
  }

  /// One way of damaging the sound tree.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: ModelFormatError.Code
    let apply: @Sendable (inout TreeRecord) -> Void

    init(
      _ name: String,
      _ code: ModelFormatError.Code,
      _ apply: @escaping @Sendable (inout TreeRecord) -> Void
    ) {
      testDescription = name
      self.code = code
      self.apply = apply
    }
  }

  static let damages = [
    Damage("no nodes", .inconsistent) {
      $0 = TreeRecord(parents: [], left: [], right: [], features: [], values: [])
    },
    Damage("count of nodes differs", .inconsistent) { $0.nodeCount = 6 },
    Damage("an array is short", .inconsistent) {
      $0.splitConditions.removeLast()
      $0.lengths = [("split_conditions", 4)]
    },
    Damage("child is its own parent", .notATree) { $0.leftChildren[1] = 1 },
    Damage("child before parent", .notATree) { $0.leftChildren[1] = 0 },
    Damage("child beyond the end", .notATree) { $0.rightChildren[1] = 5 },
    Damage("child beyond any integer", .notATree) { $0.rightChildren[1] = .max },
    Damage("negative child", .notATree) { $0.leftChildren[1] = -2 },
    Damage("one child only", .notATree) { $0.leftChildren[1] = -1 },
    Damage("the same child twice", .notATree) { $0.rightChildren[1] = 3 },
    Damage("a child of two parents", .notATree) {
      $0.leftChildren[2] = 3
      $0.rightChildren[2] = 4
    },
    Damage("the parent is another", .notATree) { $0.parents[3] = 2 },
    Damage("the root has a parent", .notATree) { $0.parents[0] = 0 },
    Damage("an orphan", .notATree) {
      $0.leftChildren[1] = -1
      $0.rightChildren[1] = -1
    },
    Damage("a deleted node in use", .notATree) {
      $0.splitIndices[3] = TreeRecord.deletedFeature
      $0.deletedCount = 1
    },
    Damage("feature out of range", .outOfRange) { $0.splitIndices[1] = 2 },
    Damage("negative feature", .outOfRange) { $0.splitIndices[1] = -1 },
    Damage("infinite threshold", .outOfRange) { $0.splitConditions[0] = .infinity },
    Damage("leaf that is no number", .outOfRange) { $0.splitConditions[4] = .nan },
    Damage("infinite cover", .outOfRange) { $0.sumHessian[2] = .infinity },
    Damage("categories of a leaf", .inconsistent) {
      $0.categorySplits[3] = CategorySplit(members: CategorySet(ascending: [1]), rule: .xgboost)
    },
    Damage("default direction 2", .outOfRange) { $0.defaultLeft[0] = 2 },
    Damage("categorical split without categories", .inconsistent) { $0.splitTypes = [0, 1, 0, 0, 0] },
  ]

  @Test("Each kind of damage is refused by its code", arguments: damages)
  func damage(_ damage: Damage) {
    var record = Self.sound
    damage.apply(&record)
    let error = #expect(throws: ModelFormatError.self) { try build(record) }
    #expect(error?.code == damage.code)
    #expect(error?.path == "$.tree")
  }

  @Test("The depth is limited", arguments: [(64, true), (65, false)])
  func depth(_ depth: Int, isAccepted: Bool) throws {
    // A chain: node 2i splits into the leaf 2i + 1 and the node 2i + 2.
    let count = 2 * depth + 1
    var parents: [Int64] = [-1]
    var left: [Int64] = []
    var right: [Int64] = []
    for level in 0..<Int64(depth) {
      parents += [2 * level, 2 * level]
      left += [2 * level + 1, -1]
      right += [2 * level + 2, -1]
    }
    left.append(-1)
    right.append(-1)
    let record = TreeRecord(
      parents: parents,
      left: left,
      right: right,
      features: Array(repeating: 0, count: count),
      values: Array(repeating: 1, count: count)
    )
    if isAccepted {
      #expect(try build(record).depth == depth)
    } else {
      let error = #expect(throws: ModelFormatError.self) { try build(record) }
      #expect(error?.code == .tooLarge)
    }
  }
}

extension TreeRecord {
  /// A record with equal covers and default directions to the left.
  init(parents: [Int64], left: [Int64], right: [Int64], features: [Int64], values: [Float]) {
    self.init(
      nodeCount: left.count,
      deletedCount: 0,
      parents: parents,
      leftChildren: left,
      rightChildren: right,
      splitIndices: features,
      splitConditions: values,
      defaultLeft: left.map { _ in 1 },
      sumHessian: left.map { _ in 1 },
      splitTypes: [],
      lengths: []
    )
  }
}
