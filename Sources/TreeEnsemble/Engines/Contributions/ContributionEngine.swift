/// A way of computing contributions: exact path-dependent TreeSHAP values of each feature for the margin.
///
/// An engine adds up in one fixed order, so that a row has the same bits alone and in a batch, on any CPU.
protocol ContributionEngine: Sendable {
  /// Computes the contributions of one row.
  ///
  /// - Parameters:
  ///   - row: One value per feature; NaN means missing.
  ///   - contributions: Receives `featureCount + 1` values: one per feature, then the base.
  func contributions(
    _ row: UnsafeBufferPointer<Float>,
    into contributions: UnsafeMutableBufferPointer<Double>
  )
}
