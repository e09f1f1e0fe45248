import CreditEvents
import FeaturePipeline

/// The rows of a table whose outcome is known, checked to be fit for training.
struct LabelledTable: Sendable {
  /// The rows with a known outcome.
  let table: ApplicationTable
  /// Whether each of them defaulted.
  let targets: [Bool]
  /// The number of rows that were left out.
  let unlabelledCount: Int

  /// Takes the labelled rows of a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - parameters: How the rows will be divided.
  /// - Throws: ``TrainingError`` when nothing, or not both classes, could be learnt from the rows.
  init(_ table: ApplicationTable, parameters: TrainingParameters) throws(TrainingError) {
    guard table.rowCount > 0 else {
      throw TrainingError(.emptyTable, "the table has no rows; give one with applications")
    }
    guard let outcomes = table.targets else {
      let name = table.schema.targetField.map { " \($0)" } ?? ""
      throw TrainingError(
        .missingTarget,
        "the table has no target column\(name); give one with known outcomes, or declare target in the pipeline"
      )
    }
    let rows = outcomes.indices.filter { !outcomes[$0].isNaN }
    guard !rows.isEmpty else {
      throw TrainingError(.emptyTable, "no row has a known outcome; fill the target column")
    }
    if let row = rows.first(where: { outcomes[$0] != 0 && outcomes[$0] != 1 }) {
      throw TrainingError(
        .targetNotBinary,
        "row \(row + 1) has the outcome \(outcomes[row]); a target is 0 (repaid) or 1 (defaulted)"
      )
    }
    targets = rows.map { outcomes[$0] == 1 }
    unlabelledCount = table.rowCount - rows.count
    self.table = unlabelledCount == 0 ? table : table.subset(rows: rows)
    try check(parameters)
  }

  private func check(_ parameters: TrainingParameters) throws(TrainingError) {
    let defaulted = targets.count { $0 }
    let rarer = min(defaulted, targets.count - defaulted)
    let counts = "\(defaulted) rows defaulted and \(targets.count - defaulted) repaid"
    guard rarer > 0 else {
      throw TrainingError(
        .oneClass,
        "\(counts); give a table with both outcomes, or check which value is default"
      )
    }
    // Each fold needs a row of either class, and so does each part of the rows that early stopping divides.
    let leftByLargestFold = rarer - (rarer + parameters.folds - 1) / parameters.folds
    guard rarer >= parameters.folds, leftByLargestFold >= parameters.stoppingParts else {
      throw TrainingError(
        .tooFewRows,
        "\(counts), too few of one for \(parameters.folds) folds; give more rows, or set fewer folds and a "
          + "larger stopping_share under training"
      )
    }
  }
}
