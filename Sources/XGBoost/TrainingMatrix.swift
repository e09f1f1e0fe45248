private import CXGBoost

/// Rows of features with their labels, in libxgboost's own memory.
///
/// The rows are copied on creation, NaN means missing, and infinite values are refused by the library.
/// A matrix serves for training, for evaluation and for prediction.
///
/// **Ownership:** the instance owns its `DMatrix` and frees it with `XGDMatrixFree`.
/// **Thread:** confined to one thread at a time, since libxgboost builds caches inside the matrix while it trains.
@safe
public final class TrainingMatrix {
  /// How libxgboost treats one column.
  public enum ColumnType: String, Sendable, Equatable, CaseIterable {
    /// An ordinary number.
    case quantitative = "q"
    /// A category by its code 0, 1, 2, … .
    case categorical = "c"
  }

  /// The number of rows.
  public let rowCount: Int
  /// The number of features in each row.
  public let columnCount: Int
  /// The features' names, if they were given.
  public let columnNames: [String]?
  /// The features' types, if they were given.
  public let columnTypes: [ColumnType]?
  /// The C handle; never null while the instance lives.
  let handle: UnsafeMutableRawPointer

  /// Copies rows into a new matrix.
  ///
  /// - Parameters:
  ///   - values: Feature values, row-major, `rowCount × columnCount`; NaN means missing.
  ///   - rowCount: The number of rows, at least 1.
  ///   - columnCount: The number of features, at least 1.
  ///   - labels: One label per row; needed for training and evaluation, not for prediction.
  ///   - weights: One non-negative weight per row; `nil` weighs all rows alike.
  ///   - columnNames: One name per feature; a booster created with the matrix remembers them.
  ///   - columnTypes: One type per feature; `nil` makes all quantitative.
  ///   - threadCount: How many threads copy; does not change the result.
  /// - Throws: ``XGBoostError`` when lengths do not fit or the library refuses a value.
  public init(
    values: [Float],
    rowCount: Int,
    columnCount: Int,
    labels: [Float]? = nil,
    weights: [Float]? = nil,
    columnNames: [String]? = nil,
    columnTypes: [ColumnType]? = nil,
    threadCount: Int = 1
  ) throws(XGBoostError) {
    guard rowCount > 0, columnCount > 0 else {
      throw XGBoostError(.shapeMismatch, "a matrix needs at least one row and one column")
    }
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard !overflow, values.count == count else {
      throw XGBoostError(
        .shapeMismatch,
        "\(rowCount) × \(columnCount) values expected, \(values.count) given"
      )
    }
    for (what, given) in [("labels", labels), ("weights", weights)] {
      guard given == nil || given?.count == rowCount else {
        throw XGBoostError(.shapeMismatch, "\(given?.count ?? 0) \(what) given for \(rowCount) rows")
      }
    }
    for (what, given) in [("names", columnNames?.count), ("types", columnTypes?.count)] {
      guard given == nil || given == columnCount else {
        throw XGBoostError(.shapeMismatch, "\(given ?? 0) column \(what) given for \(columnCount) columns")
      }
    }
    var created: DMatrixHandle?
    let status = unsafe values.withUnsafeBufferPointer { buffer in
      let array = unsafe ArrayInterface.describe(buffer, rowCount: rowCount, columnCount: columnCount)
      return unsafe XGDMatrixCreateFromDense(
        array,
        "{\"missing\": NaN, \"nthread\": \(max(1, threadCount))}",
        &created
      )
    }
    try check(status, "XGDMatrixCreateFromDense")
    guard let created = unsafe created else {
      throw XGBoostError(.unexpectedAnswer, "XGDMatrixCreateFromDense gave no matrix")
    }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.columnNames = columnNames
    self.columnTypes = columnTypes
    unsafe self.handle = created
    // From here on all fields are set: an error releases the instance, and deinit frees the matrix.
    if let labels { try set(labels, as: "label") }
    if let weights { try set(weights, as: "weight") }
    if let columnNames { try set(columnNames, as: "feature_name") }
    if let columnTypes { try set(columnTypes.map(\.rawValue), as: "feature_type") }
  }

  deinit {
    // A failure to free leaves nothing to be done, and deinit cannot throw.
    _ = unsafe XGDMatrixFree(handle)
  }

  private func set(_ values: [Float], as field: String) throws(XGBoostError) {
    let status = unsafe values.withUnsafeBufferPointer { buffer in
      unsafe XGDMatrixSetFloatInfo(handle, field, buffer.baseAddress, bst_ulong(buffer.count))
    }
    try check(status, "XGDMatrixSetFloatInfo")
  }

  private func set(_ texts: [String], as field: String) throws(XGBoostError) {
    let status = unsafe withCStrings(texts) { pointers in
      unsafe XGDMatrixSetStrFeatureInfo(
        handle,
        field,
        UnsafeMutablePointer(mutating: pointers.baseAddress),
        bst_ulong(pointers.count)
      )
    }
    try check(status, "XGDMatrixSetStrFeatureInfo")
  }
}
