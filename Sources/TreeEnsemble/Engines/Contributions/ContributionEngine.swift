/// A way of computing contributions: exact path-dependent TreeSHAP values of each feature for the margin.
///
/// An engine adds up in one fixed order, so that a row has the same bits alone and in a batch, on any CPU.
protocol ContributionEngine: Sendable {
  /// Computes the contributions of rows.
  ///
  /// - Parameters:
  ///   - rows: Row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - contributions: Receives, for each row, one value per feature and then the base.
  func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into contributions: UnsafeMutableBufferPointer<Double>
  )
}

/// The choice of an engine, made once when a model is loaded.
enum ContributionEngines {
  /// Prepares trees for the fastest engine that takes them.
  ///
  /// - Parameters:
  ///   - trees: The trees in the order of summation.
  ///   - baseMargin: The margin before any tree.
  ///   - featureCount: The number of values in each row.
  /// - Returns: The engine.
  static func fastest(trees: [Tree], baseMargin: Float, featureCount: Int) -> any ContributionEngine {
    QuadratureContributionEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
      ?? PlainContributionEngine(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
      as any ContributionEngine
  }

  /// The margin's mean over the training data: what is left when no feature is known.
  ///
  /// - Parameters:
  ///   - trees: The trees.
  ///   - baseMargin: The margin before any tree.
  /// - Returns: The base of all contributions.
  static func base(trees: [Tree], baseMargin: Float) -> Double {
    trees.reduce(Double(baseMargin)) { $0 + $1.expectedValue }
  }
}
