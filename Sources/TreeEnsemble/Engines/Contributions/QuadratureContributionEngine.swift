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
  private let scratch: ScratchMemory

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

  init?(_ forest: Forest) {
    // Positions of lines are kept in 32 bits.
    guard forest.trees.reduce(0, { $0 + $1.nodes.count }) < 1 << 29 else { return nil }
    let paths = forest.trees.map { SplitPaths($0) }
    switch paths.map(\.longestPath).max() ?? 0 {
    case ...8: tables = .four(QuadratureTables(forest, paths))
    case ...16: tables = .eight(QuadratureTables(forest, paths))
    case ...32: tables = .sixteen(QuadratureTables(forest, paths))
    default: return nil
    }
    base = forest.expectedMargin
    featureCount = forest.featureCount
    let byteCount =
      switch tables {
      case .four(let tables): QuadratureScratch.byteCount(tables, blockCount: Self.blockCount)
      case .eight(let tables): QuadratureScratch.byteCount(tables, blockCount: Self.blockCount)
      case .sixteen(let tables): QuadratureScratch.byteCount(tables, blockCount: Self.blockCount)
      }
    scratch = ScratchMemory(byteCount: byteCount)
  }

  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    groups: FeatureGroups?,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    // A switch, since a generic engine behind the protocol would not be compiled for its type.
    switch tables {
    case .four(let tables): add(tables, rows, rowCount, groups, contributions)
    case .eight(let tables): add(tables, rows, rowCount, groups, contributions)
    case .sixteen(let tables): add(tables, rows, rowCount, groups, contributions)
    }
  }

  @inline(__always)
  private func add<Vector>(
    _ tables: QuadratureTables<Vector>,
    _ rows: UnsafeBufferPointer<Float>,
    _ rowCount: Int,
    _ groups: FeatureGroups?,
    _ contributions: UnsafeMutableBufferPointer<Double>
  ) {
    let sumCount = groups?.count ?? featureCount
    let width = sumCount + 1
    scratch.withMemory { memory in
      let scratch = QuadratureScratch<Vector>(tables, memory, blockCount: Self.blockCount)
      scratch.prepare(groups)
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
          for index in 0..<sumCount { result[row * width + index] = 0 }
          result[row * width + sumCount] = base
        }
        for tree in stride(from: 0, to: tables.trees.count, by: Self.treesPerSum) {
          let trees = tree..<min(tree + Self.treesPerSum, tables.trees.count)
          scratch.add(trees: trees, rowCount: count, sumCount: sumCount)
          for row in 0..<count {
            for index in 0..<sumCount {
              result[row * width + index] += Double(scratch.takeSum(row * sumCount + index))
            }
          }
        }
      }
    }
  }
}
