import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import TreeEnsemble

/// What the model in force says about rows, by the code that scores the stream.
struct ChampionPrediction {
  private let bundle: ModelBundle

  /// Takes a bundle.
  ///
  /// - Parameter bundle: The model in force.
  init(_ bundle: ModelBundle) { self.bundle = bundle }

  /// Predicts rows.
  ///
  /// - Parameters:
  ///   - table: A table read with the same fields as the champion's pipeline.
  ///   - rows: The rows to predict.
  /// - Returns: The prediction.
  /// - Throws: ``TrainingError`` `invalidDeclaration` when the champion reads other fields; `PipelineError`.
  func predict(_ table: ApplicationTable, rows: [Int]) throws -> HoldoutPrediction {
    let model = bundle.model
    let identity = bundle.manifest.model
    guard model.pipeline.schema.fields.map(\.name) == table.schema.fields.map(\.name) else {
      throw TrainingError(
        .invalidDeclaration,
        "the champion \(identity.name) \(identity.version) reads other fields than this pipeline; compare the two "
          + "on a table that both can read, or leave the champion out"
      )
    }
    let features = try model.pipeline.transform(table.subset(rows: rows))
    var margins = [Float](repeating: 0, count: rows.count)
    features.values.withUnsafeBufferPointer { values in
      for row in rows.indices {
        let from = row * features.columnCount
        margins[row] = model.ensemble.margin(
          UnsafeBufferPointer(rebasing: values[from..<from + features.columnCount])
        )
      }
    }
    return HoldoutPrediction(
      name: "champion \(identity.name) \(identity.version)",
      kind: nil,
      scores: margins.map(Double.init),
      probabilities: margins.map { model.calibration.probability(margin: $0) },
      threshold: model.policy.declineFrom
    )
  }
}
