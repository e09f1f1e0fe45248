/// A way of computing margins: the trees' leaf values added to the base margin, in the order of the trees.
///
/// Engines differ only in speed. Each gives the bits of ``PlainMarginEngine`` on every model it accepts, for
/// single rows and for batches.
protocol MarginEngine: Sendable {
  /// Computes the margin of one row.
  ///
  /// - Parameter row: One value per feature; NaN means missing.
  /// - Returns: The margin.
  func margin(_ row: UnsafeBufferPointer<Float>) -> Float

  /// Computes the margins of many rows.
  ///
  /// - Parameters:
  ///   - rows: Row-major, `rowCount × featureCount`.
  ///   - rowCount: The number of rows.
  ///   - margins: Receives one margin per row.
  func margins(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into margins: UnsafeMutableBufferPointer<Float>
  )
}

/// The choice of an engine, made once when a model is loaded.
enum MarginEngines {
  /// Lays out trees for the fastest engine that takes them.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  /// - Returns: The engine.
  static func fastest(trees: [Tree], baseMargin: Float, featureCount: Int) -> any MarginEngine {
    if let heap = HeapMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount) {
      return heap
    }
    if let compact = CompactMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount) {
      return compact
    }
    return PlainMarginEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
  }
}
