import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("MarginEngine")
struct MarginEngineTests {
  /// All engines that take the trees, by name.
  private func engines(
    _ trees: [Tree],
    baseMargin: Float,
    featureCount: Int
  ) -> [(name: String, engine: any MarginEngine)] {
    let heap = HeapMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
    let compact = CompactMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
    return [("heap", heap), ("compact", compact)].compactMap { name, engine in
      (engine as (any MarginEngine)?).map { (name, $0) }
    }
  }

  private func margins(
    _ engine: any MarginEngine,
    _ rows: [Float],
    rowCount: Int,
    featureCount: Int
  ) -> (single: [UInt32], batch: [UInt32]) {
    var single: [Float] = []
    var batch = [Float](repeating: .nan, count: rowCount)
    rows.withUnsafeBufferPointer { rows in
      for row in 0..<rowCount {
        let range = row * featureCount..<(row + 1) * featureCount
        single.append(engine.margin(UnsafeBufferPointer(rebasing: rows[range])))
      }
      batch.withUnsafeMutableBufferPointer { engine.margins(rows, rowCount: rowCount, into: $0) }
    }
    return (single.bits, batch.bits)
  }

  @Test("Every engine has the plain one's bits on models of libxgboost", arguments: ZooModel.all)
  func zoo(model: ZooModel) throws {
    let trees = try TestModel.trees(model.train().encoded(as: .json))
    let thresholds = trees.flatMap { $0.nodes.filter { !$0.isLeaf }.map(\.value) }
    let rowCount = 123
    let rows = model.rows(count: rowCount, thresholds: thresholds, seed: 11)
    let plain = PlainMarginEngine(trees: trees, baseMargin: 0.125, featureCount: model.columnCount)
    let expected = margins(plain, rows, rowCount: rowCount, featureCount: model.columnCount)
    #expect(expected.single == expected.batch)
    for (name, engine) in engines(trees, baseMargin: 0.125, featureCount: model.columnCount) {
      let result = margins(engine, rows, rowCount: rowCount, featureCount: model.columnCount)
      #expect(result.single == expected.single, "\(name), row by row")
      #expect(result.batch == expected.single, "\(name), as a batch")
    }
  }

  @Test("Every engine has the plain one's bits on random trees of all shapes", arguments: 0..<40)
  func random(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let featureCount = [1, 2, 9, 70].randomElement(using: &random) ?? 1
    let trees = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      RandomTree.make(
        featureCount: featureCount,
        depth: .random(in: 0...(seed % 7), using: &random),
        random: &random
      )
    }
    let values: [Float] = [-3, -1, -0.0, 0, 1, 2, 3, .nan, .infinity, -.infinity, .leastNonzeroMagnitude]
    let rows = (0..<33 * featureCount).map { _ in values.randomElement(using: &random) ?? 0 }
    for baseMargin: Float in [-0.0, 0.5] {
      let plain = PlainMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
      let engines = engines(trees, baseMargin: baseMargin, featureCount: featureCount)
      #expect(engines.count == 2)
      for rowCount in [0, 1, 7, 8, 9, 16, 33] {
        let rows = Array(rows.prefix(rowCount * featureCount))
        let expected = margins(plain, rows, rowCount: rowCount, featureCount: featureCount)
        for (name, engine) in engines {
          let result = margins(engine, rows, rowCount: rowCount, featureCount: featureCount)
          #expect(result == expected, "\(name), \(rowCount) rows")
        }
      }
    }
  }

  @Test("Sums of negative zeros keep their sign")
  func negativeZero() {
    let leaf = Tree(
      nodes: [TreeNode(value: -0.0, feature: TreeNode.leaf, leftChild: 0, defaultsLeft: false)],
      covers: [1],
      depth: 0
    )
    for count in [0, 1, 3, 17] {
      let trees = Array(repeating: leaf, count: count)
      for (name, engine) in engines(trees, baseMargin: -0.0, featureCount: 1) {
        let result = margins(engine, [1, 2, 3, 4, 5, 6, 7, 8], rowCount: 8, featureCount: 1)
        #expect(result.single == Array(repeating: 0x8000_0000, count: 8), "\(name)")
        #expect(result.batch == result.single, "\(name)")
      }
    }
  }

  @Test("Heaps take what fills them: not deep trees, lopsided ones or the widest rows")
  func heapsChoose() throws {
    func accepts(_ trees: [Tree], featureCount: Int) -> Bool {
      HeapMarginEngine(trees: trees, baseMargin: 0, featureCount: featureCount) != nil
    }
    var random = SplitMix64(seed: 1)
    let small = RandomTree.make(featureCount: 2, depth: 3, random: &random)
    #expect(accepts([], featureCount: 1))
    #expect(accepts([small], featureCount: 8192))
    #expect(!accepts([small], featureCount: 8193))
    let chain = RandomTree.chain(depth: 10)
    #expect(accepts([chain], featureCount: 1))
    #expect(!accepts(Array(repeating: chain, count: 100), featureCount: 1))
    #expect(!accepts([RandomTree.chain(depth: 11)], featureCount: 1))
  }
}

@Suite("RowKeys")
struct RowKeysTests {
  @Test("Keys are ordered as the values are")
  func order() {
    let values: [Float] = [
      -.infinity, -.greatestFiniteMagnitude, -1, -.leastNormalMagnitude, -.leastNonzeroMagnitude, 0,
      .leastNonzeroMagnitude, .leastNormalMagnitude, 1, Float(1).nextUp, .greatestFiniteMagnitude, .infinity,
    ]
    let keys = values.map { RowKeys.key($0) }
    #expect(keys == keys.sorted())
    #expect(Set(keys).count == keys.count)
    #expect(RowKeys.key(-0.0) == RowKeys.key(0))
    #expect(keys.allSatisfy { $0 > RowKeys.leftmost && $0 < RowKeys.rightmost })
  }
}
