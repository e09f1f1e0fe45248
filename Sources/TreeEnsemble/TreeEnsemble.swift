internal import StrictJSON

/// Boosted trees, or a forest of them, read from the file that XGBoost writes.
///
/// Margins have the bits of the XGBoost that wrote the model: the base margin first, then each tree's leaf in
/// the order of the trees, in 32-bit floats. Contributions are exact path-dependent TreeSHAP values; they add up
/// to the margin, and have the same bits on any CPU.
///
/// ```swift
/// let ensemble = try TreeEnsemble(xgboostJSON: bytes)
/// let margin = row.withUnsafeBufferPointer { ensemble.margin($0) }
/// ```
///
/// Files are not trusted: whatever is not a well-formed model of a known kind is refused with a
/// ``ModelFormatError``, and nothing is allocated beyond a bound tied to the file's size.
public struct TreeEnsemble: Sendable {
  /// The number of values in each row.
  public let featureCount: Int
  /// The features' names, if the file has them.
  public let featureNames: [String]?
  /// The number of trees.
  public let treeCount: Int
  /// The trees grown side by side in each boosting round.
  public let parallelTreeCount: Int
  /// The longest way from a root to a leaf.
  public let depth: Int
  /// The margin before any tree.
  public let baseMargin: Float
  /// What the model was trained for.
  public let objective: Objective
  /// The XGBoost that wrote the file, for example "1.7.4".
  public let writtenBy: String
  /// The best round of early stopping, if the file tells; all trees are used whatever it says.
  public let bestIteration: Int?

  private let marginEngine: any MarginEngine
  private let contributionEngine: any ContributionEngine

  /// Reads a model in one of XGBoost's formats, JSON or UBJSON, whichever the bytes are in.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboost bytes: [UInt8]) throws(ModelFormatError) {
    // Both begin with a brace; then JSON has a quote or white space, UBJSON the type of a length.
    let isText = bytes.dropFirst().first.map { "\" \n\r\t".utf8.contains($0) } ?? true
    if isText { try self.init(xgboostJSON: bytes) } else { try self.init(xgboostUBJSON: bytes) }
  }

  /// Reads a model in XGBoost's binary format, Universal Binary JSON.
  ///
  /// What is understood is the same as in ``init(xgboostJSON:)``.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboostUBJSON bytes: [UInt8]) throws(ModelFormatError) {
    try self.init(XGBoostModelRecord(UBJSONReader.read(bytes)))
  }

  /// Reads a model in XGBoost's JSON format.
  ///
  /// Understood are the versions 1.3 to 3, the booster "gbtree" (with any number of parallel trees) and the
  /// objectives of ``Objective``, with numeric splits.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboostJSON bytes: [UInt8]) throws(ModelFormatError) {
    let record: XGBoostModelRecord
    do {
      record = try JSONParser(limits: .document).withRoot(of: bytes) { root in
        try XGBoostModelRecord(JSONModelFileValue(value: root))
      }
    } catch let error as ModelFormatError {
      throw error
    } catch {
      throw ModelFormatError(.malformed, "not readable as JSON: \(error)")
    }
    try self.init(record)
  }

  /// Checks a model's trees and prepares the engines.
  ///
  /// - Parameter record: The model as its file gives it.
  /// - Throws: ``ModelFormatError`` when trees are damaged or of another kind.
  init(_ record: XGBoostModelRecord) throws(ModelFormatError) {
    guard
      let baseMargin = BaseMargin.margin(
        baseScore: record.baseScore,
        objective: record.objective,
        version: record.version
      )
    else {
      throw ModelFormatError(
        .outOfRange,
        "base score \(record.baseScore) is no probability",
        at: "$.learner.learner_model_param"
      )
    }
    var trees: [Tree] = []
    for (index, tree) in record.trees.enumerated() {
      let path = "$.learner.gradient_booster.model.trees[\(index)]"
      trees.append(try TreeBuilder(record: tree, featureCount: record.featureCount, path: path).build())
    }
    featureCount = record.featureCount
    featureNames = record.featureNames.isEmpty ? nil : record.featureNames
    treeCount = trees.count
    parallelTreeCount = record.parallelTreeCount
    depth = trees.map(\.depth).max() ?? 0
    self.baseMargin = baseMargin
    objective = record.objective
    writtenBy = record.version.description
    bestIteration = record.bestIteration
    marginEngine = MarginEngines.fastest(trees: trees, baseMargin: baseMargin, featureCount: featureCount)
    contributionEngine = ContributionEngines.fastest(
      trees: trees,
      baseMargin: baseMargin,
      featureCount: featureCount
    )
  }
}

// MARK: - Prediction

extension TreeEnsemble {
  /// Computes the margin of one row.
  ///
  /// - Parameter row: One value per feature; NaN means missing.
  /// - Returns: The raw sum: log-odds for logistic objectives, not calibrated.
  /// - Precondition: `row.count == featureCount`.
  /// - Complexity: O(treeCount · depth); no allocation for up to 128 features.
  public func margin(_ row: UnsafeBufferPointer<Float>) -> Float {
    precondition(row.count == featureCount, "a row must hold one value per feature")
    return marginEngine.margin(row)
  }

  /// Computes the margins of many rows, with the same bits as row by row.
  ///
  /// - Parameters:
  ///   - rows: Feature values, row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - margins: Receives one margin per row.
  /// - Precondition: `rows.count == rowCount * featureCount` and `margins.count >= rowCount`.
  /// - Complexity: O(rowCount · treeCount · depth).
  public func margins(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into margins: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(rowCount >= 0 && rows.count == rowCount * featureCount, "rows must be whole")
    precondition(margins.count >= rowCount, "the result must hold one margin per row")
    marginEngine.margins(rows, rowCount: rowCount, into: margins)
  }

  /// Computes what each feature contributes to the margin of one row.
  ///
  /// - Parameters:
  ///   - row: One value per feature; NaN means missing.
  ///   - contributions: Receives `featureCount + 1` values on the margin's scale: one per feature, and last the
  ///     base, which is the margin's mean over the training data. They add up to the margin, up to the rounding
  ///     of its 32-bit floats.
  /// - Precondition: `row.count == featureCount` and `contributions.count >= featureCount + 1`.
  public func contributions(
    _ row: UnsafeBufferPointer<Float>,
    into contributions: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(row.count == featureCount, "a row must hold one value per feature")
    precondition(contributions.count > featureCount, "the result must hold one value per feature and a base")
    contributionEngine.contributions(row, rowCount: 1, into: contributions)
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
    contributionEngine.contributions(rows, rowCount: rowCount, into: contributions)
  }
}
