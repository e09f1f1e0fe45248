import FeaturePipeline
import XGBoost

/// Feature vectors whose outcome is known.
struct LabelledMatrix: Sendable {
  /// The feature vectors.
  let features: FeatureMatrix
  /// Whether each row defaulted.
  let targets: [Bool]
  /// How the risk may depend on each feature; empty means freely.
  var directions: [Monotonicity?] = []

  /// The share of rows that defaulted.
  var defaultRate: Double { Double(targets.count { $0 }) / Double(targets.count) }

  /// Copies the rows for libxgboost.
  ///
  /// - Returns: A matrix with labels and the features' names.
  /// - Throws: `XGBoostError` when the library refuses a value.
  func makeTrainingMatrix() throws(XGBoostError) -> TrainingMatrix {
    try TrainingMatrix(
      values: features.values,
      rowCount: features.rowCount,
      columnCount: features.columnCount,
      labels: targets.map { $0 ? 1 : 0 },
      columnNames: features.names
    )
  }
}
