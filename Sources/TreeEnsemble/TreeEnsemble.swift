internal import StrictJSON

/// Boosted trees, or a forest of them, read from the file that XGBoost or LightGBM writes.
///
/// Margins have the bits of the library that wrote the model: the base margin first, then each tree's leaf in
/// the order of the trees, in XGBoost's 32-bit floats or LightGBM's 64-bit ones. Contributions are exact
/// path-dependent TreeSHAP values; they add up to the margin, and have the same bits on any CPU.
///
/// ```swift
/// let ensemble = try TreeEnsemble(xgboostJSON: bytes)
/// let margin = row.withUnsafeBufferPointer { ensemble.margin($0) }
/// ```
///
/// Files are not trusted: whatever is not a well-formed model of a known kind is refused with a
/// ``ModelFormatError``, and nothing is allocated beyond a bound tied to the file's size.
public struct TreeEnsemble: Sendable {
  /// The library that wrote a model.
  public enum Library: String, Sendable, CaseIterable {
    case xgboost = "XGBoost"
    case lightGBM = "LightGBM"
  }

  /// The boosting rounds that are used.
  public enum Rounds: Sendable, Equatable {
    /// All of them, as XGBoost's own booster does whatever the best iteration is.
    case all
    /// Up to the best one of early stopping, as XGBoost's scikit-learn interface does.
    case untilBest
    /// The first ones.
    case first(Int)
  }

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
  /// The library that wrote the file.
  public let library: Library
  /// The version of it, for example "1.7.4"; of LightGBM the file's, for example "v4".
  public let writtenBy: String
  /// The best round of early stopping, counted from 0, if the file tells; see ``Rounds``.
  public let bestIteration: Int?

  let marginEngine: any MarginEngine
  let contributionEngine: any ContributionEngine
  let interactionEngine: PlainInteractionEngine

  /// Reads a model in any format, whichever the bytes are in.
  ///
  /// - Parameters:
  ///   - bytes: The whole file: XGBoost's JSON or UBJSON, or LightGBM's text.
  ///   - rounds: The boosting rounds that are used.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(anyFormat bytes: [UInt8], rounds: Rounds = .all) throws(ModelFormatError) {
    if bytes.starts(with: "tree\n".utf8) {
      try self.init(lightGBM: bytes, rounds: rounds)
    } else {
      try self.init(xgboost: bytes, rounds: rounds)
    }
  }

  /// Reads a model in one of XGBoost's formats, JSON or UBJSON, whichever the bytes are in.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - rounds: The boosting rounds that are used.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboost bytes: [UInt8], rounds: Rounds = .all) throws(ModelFormatError) {
    // Both begin with a brace; then JSON has a quote or white space, UBJSON the type of a length.
    let isText = bytes.dropFirst().first.map { "\" \n\r\t".utf8.contains($0) } ?? true
    if isText {
      try self.init(xgboostJSON: bytes, rounds: rounds)
    } else {
      try self.init(xgboostUBJSON: bytes, rounds: rounds)
    }
  }

  /// Reads a model in XGBoost's binary format, Universal Binary JSON.
  ///
  /// What is understood is the same as in ``init(xgboostJSON:rounds:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - rounds: The boosting rounds that are used.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboostUBJSON bytes: [UInt8], rounds: Rounds = .all) throws(ModelFormatError) {
    try self.init(ModelContents(XGBoostModelRecord(UBJSONReader.read(bytes))), rounds: rounds)
  }

  /// Reads a model in XGBoost's JSON format.
  ///
  /// Understood are the versions 1.3 to 3.4, the boosters "gbtree" and "dart" (with any number of parallel trees),
  /// the objectives of ``Objective``, and numeric and categorical splits; categories by their codes.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - rounds: The boosting rounds that are used.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(xgboostJSON bytes: [UInt8], rounds: Rounds = .all) throws(ModelFormatError) {
    let record: XGBoostModelRecord
    do {
      record = try JSONParser(limits: .document).withRoot(of: JSONNotANumber.replaced(in: bytes)) { root in
        try XGBoostModelRecord(JSONModelFileValue(value: root))
      }
    } catch let error as ModelFormatError {
      throw error
    } catch {
      throw ModelFormatError(.malformed, "not readable as JSON: \(error)")
    }
    try self.init(ModelContents(record), rounds: rounds)
  }

  /// Reads a model in LightGBM's text format.
  ///
  /// Understood are the versions v3 and v4 (LightGBM 2.3 to 4), the objectives binary, cross_entropy and regression,
  /// numeric splits of all missing types, and categorical splits. The thresholds, which are 64-bit floats, are
  /// compared with rows of 32-bit floats exactly as LightGBM compares them.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - rounds: The boosting rounds that are used.
  /// - Throws: ``ModelFormatError`` when it is damaged or of another kind.
  public init(lightGBM bytes: [UInt8], rounds: Rounds = .all) throws(ModelFormatError) {
    try self.init(LightGBMModelReader.read(bytes), rounds: rounds)
  }

  private init(_ contents: ModelContents, rounds: Rounds) throws(ModelFormatError) {
    var contents = contents
    try contents.keep(rounds)
    let forest = contents.forest
    featureCount = forest.featureCount
    featureNames = contents.featureNames
    treeCount = forest.trees.count
    parallelTreeCount = contents.parallelTreeCount
    depth = forest.depth
    baseMargin = forest.baseMargin
    objective = contents.objective
    library = contents.library
    writtenBy = contents.writtenBy
    bestIteration = contents.bestIteration
    let summedForest = contents.summedForest
    marginEngine = MarginEngines.fastest(summedForest)
    contributionEngine = ContributionEngines.fastest(summedForest)
    interactionEngine = PlainInteractionEngine(summedForest)
  }
}

// MARK: - Prediction

extension TreeEnsemble {
  /// Computes the margin of one row.
  ///
  /// - Parameter row: One value per feature; NaN means missing.
  /// - Returns: The raw sum: log-odds for logistic objectives, not calibrated.
  /// - Precondition: `row.count == featureCount`.
  /// - Complexity: O(treeCount · depth); no allocation.
  public func margin(_ row: UnsafeBufferPointer<Float>) -> Float {
    precondition(row.count == featureCount, "a row must hold one value per feature")
    return Float(marginEngine.margin(row))
  }

  /// Computes the margin of one row in the precision in which the model's library adds up leaves.
  ///
  /// - Parameter row: One value per feature; NaN means missing.
  /// - Returns: For XGBoost the very number that ``margin(_:)`` gives, for LightGBM its sum of 64 bits.
  /// - Precondition: `row.count == featureCount`.
  /// - Complexity: As ``margin(_:)``.
  public func unroundedMargin(_ row: UnsafeBufferPointer<Float>) -> Double {
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
    marginEngine.margins(rows, rowCount: rowCount, into: .single(margins))
  }

  /// Computes the margins of many rows, with the same bits as ``unroundedMargin(_:)`` row by row.
  ///
  /// - Parameters:
  ///   - rows: Feature values, row-major, `rowCount × featureCount`; NaN means missing.
  ///   - rowCount: The number of rows.
  ///   - margins: Receives one margin per row.
  /// - Precondition: `rows.count == rowCount * featureCount` and `margins.count >= rowCount`.
  public func unroundedMargins(
    _ rows: UnsafeBufferPointer<Float>,
    rowCount: Int,
    into margins: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(rowCount >= 0 && rows.count == rowCount * featureCount, "rows must be whole")
    precondition(margins.count >= rowCount, "the result must hold one margin per row")
    marginEngine.margins(rows, rowCount: rowCount, into: .double(margins))
  }
}
