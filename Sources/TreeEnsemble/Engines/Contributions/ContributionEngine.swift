/// A way of computing contributions: exact path-dependent TreeSHAP values of each feature for the margin.
///
/// An engine adds up in one fixed order, so that a row has the same bits alone and in a batch, on any CPU.
protocol ContributionEngine: Sendable {
  /// Prepares a forest, unless it is of a shape that the engine does not take.
  ///
  /// - Parameter forest: The trees, and the margin before them.
  init?(_ forest: Forest)

  /// Computes the contributions of rows.
  ///
  /// - Parameters:
  ///   - rows: Row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - groups: The features whose contributions are summed, or `nil` to keep each for itself.
  ///   - contributions: Receives, for each row, one value per feature or group and then the base.
  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    groups: FeatureGroups?,
    into contributions: UnsafeMutableBufferPointer<Double>
  )
}

/// The choice of an engine, made once when a model is loaded.
enum ContributionEngines {
  /// All engines, the fastest first; the last one takes every forest.
  static let all: [any ContributionEngine.Type] = [
    QuadratureContributionEngine.self, PlainContributionEngine.self,
  ]

  /// Prepares a forest for the fastest engine that takes it.
  ///
  /// - Parameter forest: The trees, and the margin before them.
  /// - Returns: The engine.
  static func fastest(_ forest: Forest) -> any ContributionEngine {
    for engine in all {
      if let engine = engine.init(forest) { return engine }
    }
    return PlainContributionEngine(forest)
  }
}
