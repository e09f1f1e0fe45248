import FeaturePipeline
import XGBoost

/// How much worse a fitted model ranks held-out rows when the values of one field are shuffled among them.
///
/// It needs no contributions and no cover, and so checks the SHAP values from another side (Breiman 2001).
enum PermutedFields {
  /// Measures every field.
  ///
  /// - Parameters:
  ///   - model: A model that did not learn from the rows.
  ///   - rows: The held-out rows.
  ///   - groups: The field of each feature.
  ///   - seed: The seed of the shuffles.
  /// - Returns: By field, the fall of the area under the ROC curve.
  /// - Throws: `XGBoostError`.
  static func falls(
    of model: FittedCandidate,
    on rows: LabelledMatrix,
    groups: [String],
    seed: UInt64
  ) throws -> [String: Double] {
    let area = AreaUnderROC.value(scores: try model.margins(of: rows), targets: rows.targets)
    let width = rows.features.columnCount
    var falls: [String: Double] = [:]
    for group in Set(groups).sorted() {
      var generator = SeededGenerator(seed: seed, purpose: [16] + group.utf8.map(UInt64.init))
      var order = Array(rows.targets.indices)
      generator.shuffle(&order)
      var values = rows.features.values
      for column in groups.indices where groups[column] == group {
        for (row, source) in order.enumerated() {
          values[row * width + column] = rows.features[source, column]
        }
      }
      let shuffled = LabelledMatrix(
        features: FeatureMatrix(names: rows.features.names, values: values),
        targets: rows.targets
      )
      let permuted = AreaUnderROC.value(scores: try model.margins(of: shuffled), targets: rows.targets)
      falls[group] = area - permuted
    }
    return falls
  }
}
