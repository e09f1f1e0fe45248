/// The memory that a call of ``QuadratureContributionEngine`` works in, cut into its parts.
///
/// **Safety:** ``byteCount(_:blockCount:)`` adds up what the initialiser takes, for the largest tree and as many sums
/// as there are features; each part starts at a multiple of the largest vector's alignment.
struct QuadratureScratch<Vector: SIMD & Sendable> where Vector.Scalar == Float {
  private let tables: QuadratureTables<Vector>
  private let values: UnsafeMutableBufferPointer<Vector>
  private let sums: UnsafeMutableBufferPointer<Vector>
  private let keys: UnsafeMutableBufferPointer<UInt32>
  private let sumOfFeature: UnsafeMutableBufferPointer<Int32>
  private let states: UnsafeMutableBufferPointer<UInt8>

  /// The size of the memory that is needed.
  ///
  /// - Parameters:
  ///   - tables: The forest's tables.
  ///   - blockCount: The rows of a block.
  /// - Returns: The number of bytes.
  static func byteCount(_ tables: QuadratureTables<Vector>, blockCount: Int) -> Int {
    let featureCount = tables.rowKeys.featureCount
    let vectors = tables.largestTree.nodeCount + blockCount * featureCount
    let words = blockCount * tables.rowKeys.count + featureCount
    return vectors * MemoryLayout<Vector>.stride + words * 4 + tables.largestTree.splitCount + 1 + 4 * 64
  }

  /// Cuts memory into parts.
  ///
  /// - Parameters:
  ///   - tables: The forest's tables.
  ///   - memory: At least ``byteCount(_:blockCount:)`` bytes, aligned to 64.
  ///   - blockCount: The rows of a block.
  init(_ tables: QuadratureTables<Vector>, _ memory: UnsafeMutableRawBufferPointer, blockCount: Int) {
    precondition(memory.count >= Self.byteCount(tables, blockCount: blockCount))
    self.tables = tables
    var offset = 0
    func part<Element>(_: Element.Type, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
      let size = count * MemoryLayout<Element>.stride
      defer { offset = (offset + size + 63) & ~63 }
      return UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + size])
        .bindMemory(to: Element.self)
    }
    let featureCount = tables.rowKeys.featureCount
    values = part(Vector.self, max(1, tables.largestTree.nodeCount))
    sums = part(Vector.self, blockCount * featureCount)
    keys = part(UInt32.self, blockCount * tables.rowKeys.count)
    sumOfFeature = part(Int32.self, featureCount)
    states = part(UInt8.self, tables.largestTree.splitCount + 1)
  }

  /// Makes all sums zero and says which one a feature counts for.
  func prepare(_ groups: FeatureGroups?) {
    sums.initialize(repeating: Vector())
    for feature in 0..<tables.rowKeys.featureCount {
      sumOfFeature[feature] = Int32(truncatingIfNeeded: groups?.groupOfFeature[feature] ?? feature)
    }
  }

  /// Sets the keys of one row of the block.
  func setKeys(of row: Int, to values: UnsafeBufferPointer<Float>) {
    tables.rowKeys.write(values, to: keys, offset: row * tables.rowKeys.count)
  }

  /// Adds the contributions of some trees to all rows' sums, tree by tree.
  @inline(__always)
  func add(trees: Range<Int>, rowCount: Int, sumCount: Int) {
    let keyCount = tables.rowKeys.count
    tables.splits.withUnsafeBufferPointer { splits in
      tables.leaves.withUnsafeBufferPointer { leaves in
        tables.lines.withUnsafeBufferPointer { lines in
          // Every tree has a leaf, and every array of Swift an address, even an empty one.
          guard let keys = keys.baseAddress, let splits = splits.baseAddress,
            let leaves = leaves.baseAddress, let lines = lines.baseAddress,
            let values = values.baseAddress, let sums = sums.baseAddress,
            let sumOfFeature = sumOfFeature.baseAddress, let states = states.baseAddress
          else { return }
          let kernel = QuadratureKernel(
            splits: splits,
            leaves: leaves,
            lines: lines,
            weights: tables.weights,
            sumOfFeature: sumOfFeature,
            values: values,
            states: states
          )
          for tree in tables.trees[trees] {
            for row in 0..<rowCount {
              kernel.add(
                splits: tree.splits,
                leaves: tree.leaves,
                keys: keys + row * keyCount,
                to: sums + row * sumCount
              )
            }
          }
        }
      }
    }
  }

  /// A sum over the points, in a fixed order; it starts again from zero.
  func takeSum(_ index: Int) -> Float {
    let vector = sums[index]
    sums[index] = Vector()
    var sum: Float = 0
    for point in 0..<Vector.scalarCount { sum += vector[point] }
    return sum
  }
}
