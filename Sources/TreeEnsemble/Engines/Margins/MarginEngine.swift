/// A way of computing margins: the trees' leaf values added to the base margin, in the order of the trees.
///
/// Engines differ only in speed. Each gives the bits of ``PlainMarginEngine`` on every model it accepts, for
/// single rows and for batches; the test of the contract runs through ``MarginEngines/all``.
protocol MarginEngine: Sendable {
  /// Lays out a forest, unless it is of a shape that the engine does not take.
  ///
  /// - Parameter forest: The trees, and how they add up.
  init?(_ forest: Forest)

  /// Computes the margin of one row.
  ///
  /// - Parameter row: One value per feature; NaN means missing.
  /// - Returns: The margin; where leaves are added in 32 bits, it is a 32-bit float.
  func margin(_ row: UnsafeBufferPointer<Float>) -> Double

  /// Computes the margins of many rows.
  ///
  /// - Parameters:
  ///   - rows: Row-major, `rowCount × featureCount`.
  ///   - rowCount: The number of rows.
  ///   - margins: Receives one margin per row.
  func margins(_ rows: UnsafeBufferPointer<Float>, rowCount: Int, into margins: MarginBuffer)
}

/// The choice of an engine, made once when a model is loaded.
enum MarginEngines {
  /// All engines, the fastest first; the last one takes every forest.
  static let all: [any MarginEngine.Type] = [
    HeapMarginEngine.self, CompactMarginEngine.self, PlainMarginEngine.self,
  ]

  /// Lays out a forest for the fastest engine that takes it.
  ///
  /// - Parameter forest: The trees, and how they add up.
  /// - Returns: The engine.
  static func fastest(_ forest: Forest) -> any MarginEngine {
    for engine in all {
      if let engine = engine.init(forest) { return engine }
    }
    return PlainMarginEngine(forest)
  }
}
