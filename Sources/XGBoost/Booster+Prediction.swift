private import CXGBoost

extension Booster {
  /// What a prediction gives for each row.
  private enum PredictionType: Int {
    case transformed = 0
    case margin = 1
    case contributions = 2
    case leaves = 6
  }

  /// Predicts on the scale of the objective: probabilities for logistic ones.
  ///
  /// - Parameter matrix: The rows.
  /// - Returns: One value per row.
  /// - Throws: ``XGBoostError`` when the columns do not fit.
  public func predictions(of matrix: TrainingMatrix) throws(XGBoostError) -> [Float] {
    try predict(.transformed, matrix, perRow: 1)
  }

  /// Predicts raw margins: log-odds for logistic objectives.
  ///
  /// - Parameter matrix: The rows.
  /// - Returns: One margin per row.
  /// - Throws: ``XGBoostError`` when the columns do not fit.
  public func margins(of matrix: TrainingMatrix) throws(XGBoostError) -> [Float] {
    try predict(.margin, matrix, perRow: 1)
  }

  /// Computes the path-dependent TreeSHAP contribution of each feature to each margin.
  ///
  /// - Parameter matrix: The rows.
  /// - Returns: Row-major, `rowCount × (columnCount + 1)`; the last of each row is the base, and a row's
  ///   values add up to its margin.
  /// - Throws: ``XGBoostError`` when the columns do not fit.
  public func contributions(of matrix: TrainingMatrix) throws(XGBoostError) -> [Float] {
    try predict(.contributions, matrix, perRow: matrix.columnCount + 1)
  }

  /// Finds the leaf that each row reaches in each tree.
  ///
  /// - Parameter matrix: The rows.
  /// - Returns: Row-major, `rowCount × treeCount`: node numbers.
  /// - Throws: ``XGBoostError`` when the columns do not fit or there are no trees.
  public func leaves(of matrix: TrainingMatrix) throws(XGBoostError) -> [Int] {
    try predict(.leaves, matrix, perRow: nil).map { Int($0) }
  }

  private func predict(
    _ type: PredictionType,
    _ matrix: TrainingMatrix,
    perRow: Int?
  ) throws(XGBoostError) -> [Float] {
    let config = """
      {"type": \(type.rawValue), "training": false, "iteration_begin": 0, "iteration_end": 0, \
      "strict_shape": false}
      """
    var answer = unsafe BorrowedFloats()
    let status = withExtendedLifetime(matrix) {
      unsafe XGBoosterPredictFromDMatrix(
        handle,
        matrix.handle,
        config,
        &answer.shape,
        &answer.dimensionCount,
        &answer.values
      )
    }
    try check(status, "XGBoosterPredictFromDMatrix")
    return try unsafe answer.copy(rowCount: matrix.rowCount, perRow: perRow)
  }

  /// Predicts raw margins of rows where they lie, without building a matrix.
  ///
  /// This is the library's fastest way for few rows, and unlike a matrix it takes infinite values.
  ///
  /// - Parameters:
  ///   - rows: Feature values, row-major; NaN means missing.
  ///   - rowCount: The number of rows, at least 1.
  /// - Returns: One margin per row.
  /// - Throws: ``XGBoostError`` when the columns do not fit.
  public func margins(ofRows rows: [Float], rowCount: Int) throws(XGBoostError) -> [Float] {
    guard rowCount > 0, !rows.isEmpty, rows.count % rowCount == 0 else {
      throw XGBoostError(.shapeMismatch, "\(rows.count) values are not \(rowCount) rows")
    }
    let config = """
      {"type": 1, "missing": NaN, "training": false, "iteration_begin": 0, "iteration_end": 0, \
      "strict_shape": false, "cache_id": 0}
      """
    var answer = unsafe BorrowedFloats()
    let status = unsafe rows.withUnsafeBufferPointer { buffer in
      let array = unsafe ArrayInterface.describe(
        buffer,
        rowCount: rowCount,
        columnCount: rows.count / rowCount
      )
      return unsafe XGBoosterPredictFromDense(
        handle,
        array,
        config,
        nil,
        &answer.shape,
        &answer.dimensionCount,
        &answer.values
      )
    }
    try check(status, "XGBoosterPredictFromDense")
    return try unsafe answer.copy(rowCount: rowCount, perRow: 1)
  }
}

/// What a prediction lends: valid until the next call on the booster.
@unsafe
private struct BorrowedFloats {
  var shape: UnsafePointer<bst_ulong>?
  var dimensionCount: bst_ulong = 0
  var values: UnsafePointer<Float>?

  /// Copies the values, after checking that there are as many as the caller expects.
  ///
  /// - Parameters:
  ///   - rowCount: The rows that were given.
  ///   - perRow: The values expected for each row, or `nil` for any number.
  /// - Returns: The values.
  /// - Throws: ``XGBoostError`` when the shape is another.
  func copy(rowCount: Int, perRow: Int?) throws(XGBoostError) -> [Float] {
    let dimensions = unsafe UnsafeBufferPointer(start: shape, count: Int(dimensionCount)).map { Int($0) }
    let count = dimensions.isEmpty ? 0 : dimensions.reduce(1, *)
    guard count % rowCount == 0, perRow == nil || count == rowCount * (perRow ?? 0) else {
      throw XGBoostError(.unexpectedAnswer, "prediction of \(rowCount) rows gave the shape \(dimensions)")
    }
    return unsafe Array(UnsafeBufferPointer(start: values, count: count))
  }
}
