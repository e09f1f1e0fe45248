// MARK: - Contributions

extension TreeEnsemble {
  /// Computes what each feature contributes to the margin of one row.
  ///
  /// - Parameters:
  ///   - row: One value per feature; NaN means missing.
  ///   - contributions: Receives `featureCount + 1` values on the margin's scale: one per feature, and last the
  ///     base, which is the margin's mean over the training data. They add up to the margin, up to the rounding
  ///     of its 32-bit floats.
  /// - Precondition: `row.count == featureCount` and `contributions.count >= featureCount + 1`.
  /// - Complexity: O(nodes); no allocation once the engine's memory has been used before.
  public func contributions(
    _ row: UnsafeBufferPointer<Float>,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    self.contributions(row, rowCount: 1, into: contributions)
  }

  /// Computes what each feature contributes to the margins of many rows, with the same bits as row by row.
  ///
  /// - Parameters:
  ///   - rows: Feature values, row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - contributions: Receives `featureCount + 1` values for each row, the last one its base.
  /// - Precondition: `rows.count == rowCount * featureCount` and
  ///   `contributions.count >= rowCount * (featureCount + 1)`.
  public func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(rowCount >= 0 && rows.count == rowCount * featureCount, "rows must be whole")
    precondition(
      contributions.count >= rowCount * (featureCount + 1),
      "the result must hold all contributions and bases"
    )
    contributionEngine.contributions(rows, rowCount: rowCount, groups: nil, into: contributions)
  }

  /// Computes what each group of features contributes to the margins of many rows, without their single ones.
  ///
  /// The sums are added in another order than those of single features would be, so their last bits may differ.
  ///
  /// - Parameters:
  ///   - rows: Feature values, row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - groups: The group of each feature.
  ///   - contributions: Receives `groups.count + 1` values for each row, the last one its base.
  /// - Precondition: `rows.count == rowCount * featureCount`, `groups.groupOfFeature.count == featureCount` and
  ///   `contributions.count >= rowCount * (groups.count + 1)`.
  public func contributions(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    groups: FeatureGroups,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(rowCount >= 0 && rows.count == rowCount * featureCount, "rows must be whole")
    precondition(groups.groupOfFeature.count == featureCount, "every feature must have a group")
    precondition(
      contributions.count >= rowCount * (groups.count + 1),
      "the result must hold all contributions and bases"
    )
    contributionEngine.contributions(rows, rowCount: rowCount, groups: groups, into: contributions)
  }

  /// Computes what pairs of features contribute together to the margin of one row: for reports, not for the stream.
  ///
  /// - Parameters:
  ///   - row: One value per feature; NaN means missing.
  ///   - interactions: Receives `(featureCount + 1)²` values, row-major and symmetric: the sum of row i is the
  ///     contribution of feature i, (i, i) is what it contributes alone, and the last one is the base.
  /// - Precondition: `row.count == featureCount` and `interactions.count >= (featureCount + 1)²`.
  /// - Complexity: O(leaves · depth³).
  public func interactions(
    _ row: UnsafeBufferPointer<Float>,
    into interactions: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(row.count == featureCount, "a row must hold one value per feature")
    precondition(
      interactions.count >= (featureCount + 1) * (featureCount + 1),
      "the result must hold one value for each pair, bases included"
    )
    interactionEngine.interactions(row, into: interactions)
  }
}
