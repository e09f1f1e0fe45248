/// Computes contributions by one walk down and one up each tree, at all points of a quadrature rule at once.
///
/// The sums are those of ``PlainContributionEngine``, ordered by edges instead of leaves and in 32-bit floats, as
/// in Quadrature-TreeSHAP (Wettenstein, Mitchell and Yu, arXiv 2605.04497). A rule of n points is exact for
/// paths of up to 2n different features. Every 32 trees the floats are added to doubles, so that the error
/// does not grow with the number of trees.
struct QuadratureContributionEngine: ContributionEngine {
  private let tables: Tables
  private let base: Double
  private let featureCount: Int

  /// The tables for as many points as the longest path needs.
  private enum Tables {
    case four(QuadratureTables<SIMD4<Float>>)
    case eight(QuadratureTables<SIMD8<Float>>)
    case sixteen(QuadratureTables<SIMD16<Float>>)
  }

  /// The trees after which floats are added to doubles.
  private static let treesPerSum = 32
  /// The rows that visit a tree one after another, while its tables are in the cache.
  private static let blockCount = 8

  /// Prepares trees, unless there is a path with too many different features.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  init?(trees: [Tree], baseMargin: Float, featureCount: Int) {
    // Positions of lines are kept in 32 bits.
    guard trees.reduce(0, { $0 + $1.nodes.count }) < 1 << 29 else { return nil }
    switch trees.map({ SplitPaths($0).longestPath }).max() ?? 0 {
    case ...8: tables = .four(QuadratureTables(trees: trees, featureCount: featureCount))
    case ...16: tables = .eight(QuadratureTables(trees: trees, featureCount: featureCount))
    case ...32: tables = .sixteen(QuadratureTables(trees: trees, featureCount: featureCount))
    default: return nil
    }
    base = ContributionEngines.base(trees: trees, baseMargin: baseMargin)
    self.featureCount = featureCount
  }

  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    // A switch, since a generic engine behind the protocol would not be compiled for its type.
    switch tables {
    case .four(let tables): add(tables, rows, rowCount, contributions)
    case .eight(let tables): add(tables, rows, rowCount, contributions)
    case .sixteen(let tables): add(tables, rows, rowCount, contributions)
    }
  }

  @inline(__always)
  private func add<Vector>(
    _ tables: QuadratureTables<Vector>,
    _ rows: UnsafeBufferPointer<Float>,
    _ rowCount: Int,
    _ contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let blockCount = min(rowCount, Self.blockCount)
    var scratch = QuadratureScratch<Vector>(tables, rowCount: blockCount, featureCount: featureCount)
    let width = featureCount + 1
    for first in stride(from: 0, to: rowCount, by: Self.blockCount) {
      let count = min(Self.blockCount, rowCount - first)
      for row in 0..<count {
        let start = (first + row) * featureCount
        scratch.setKeys(of: row, to: UnsafeBufferPointer(rebasing: rows[start..<start + featureCount]))
      }
      let result = UnsafeMutableBufferPointer(
        rebasing: contributions[first * width..<(first + count) * width]
      )
      for row in 0..<count {
        for feature in 0..<featureCount { result[row * width + feature] = 0 }
        result[row * width + featureCount] = base
      }
      for tree in stride(from: 0, to: tables.trees.count, by: Self.treesPerSum) {
        let trees = tree..<min(tree + Self.treesPerSum, tables.trees.count)
        scratch.add(tables, trees: trees, rowCount: count)
        for row in 0..<count {
          for feature in 0..<featureCount {
            result[row * width + feature] += Double(scratch.takeSum(row: row, feature: feature))
          }
        }
      }
    }
  }
}

/// The memory that a call works in.
private struct QuadratureScratch<Vector: SIMD & Sendable> where Vector.Scalar == Float {
  private let featureCount: Int
  private var keys: [UInt32]
  private var values: [Vector]
  private var states: [UInt8]
  private var sums: [Vector]

  init(_ tables: QuadratureTables<Vector>, rowCount: Int, featureCount: Int) {
    self.featureCount = featureCount
    keys = Array(repeating: 0, count: rowCount * RowKeys.count(featureCount: featureCount))
    values = Array(repeating: Vector(), count: tables.largestTree.nodeCount)
    states = Array(repeating: 0, count: tables.largestTree.splitCount + 1)
    sums = Array(repeating: Vector(), count: rowCount * featureCount)
  }

  mutating func setKeys(of row: Int, to values: UnsafeBufferPointer<Float>) {
    let offset = row * RowKeys.count(featureCount: featureCount)
    keys.withUnsafeMutableBufferPointer { RowKeys.write(values, to: $0, offset: offset) }
  }

  /// Adds the contributions of some trees to all rows' sums, tree by tree.
  @inline(__always)
  mutating func add(_ tables: QuadratureTables<Vector>, trees: Range<Int>, rowCount: Int) {
    let keyCount = RowKeys.count(featureCount: featureCount)
    let featureCount = featureCount
    withKernel(tables) { kernel, keys, sums in
      for tree in tables.trees[trees] {
        for row in 0..<rowCount {
          kernel.add(
            splits: tree.splits,
            leaves: tree.leaves,
            keys: keys + row * keyCount,
            to: sums + row * featureCount
          )
        }
      }
    }
  }

  @inline(__always)
  private mutating func withKernel(
    _ tables: QuadratureTables<Vector>,
    _ body: (QuadratureKernel<Vector>, UnsafePointer<UInt32>, UnsafeMutablePointer<Vector>) -> Void
  ) {
    keys.withUnsafeBufferPointer { keys in
      values.withUnsafeMutableBufferPointer { values in
        states.withUnsafeMutableBufferPointer { states in
          sums.withUnsafeMutableBufferPointer { sums in
            tables.splits.withUnsafeBufferPointer { splits in
              tables.leaves.withUnsafeBufferPointer { leaves in
                tables.lines.withUnsafeBufferPointer { lines in
                  // Every tree has a leaf, and every array of Swift an address, even an empty one.
                  guard let keys = keys.baseAddress, let values = values.baseAddress,
                    let states = states.baseAddress, let sums = sums.baseAddress,
                    let splits = splits.baseAddress, let leaves = leaves.baseAddress,
                    let lines = lines.baseAddress
                  else { return }
                  let kernel = QuadratureKernel(
                    splits: splits,
                    leaves: leaves,
                    lines: lines,
                    weights: tables.weights,
                    values: values,
                    states: states
                  )
                  body(kernel, keys, sums)
                }
              }
            }
          }
        }
      }
    }
  }

  /// The sum of one feature over the points, in a fixed order; the feature starts again from zero.
  mutating func takeSum(row: Int, feature: Int) -> Float {
    let vector = sums[row * featureCount + feature]
    sums[row * featureCount + feature] = Vector()
    var sum: Float = 0
    for point in 0..<Vector.scalarCount { sum += vector[point] }
    return sum
  }
}
