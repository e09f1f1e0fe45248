/// A model in a ``PeerLibrary``, called the way the library is fastest for few rows.
///
/// Rows lie in memory that the caller keeps; their descriptions, the proxy and the matrices are prepared ahead, so
/// that a call costs what the library costs.
///
/// **Ownership:** frees its booster and matrices.
/// **Thread:** one at a time.
@safe
public final class PeerBooster {
  /// Rows where they lie, described for the library.
  public struct Rows {
    let description: [CChar]
    /// The number of rows.
    public let rowCount: Int

    /// Describes rows.
    ///
    /// - Parameters:
    ///   - values: The rows, row-major; they must stay where they are while this is in use.
    ///   - rowCount: The number of rows.
    public init(_ values: UnsafeBufferPointer<Float>, rowCount: Int) {
      let columnCount = values.count / max(1, rowCount)
      let text = unsafe ArrayInterface.describe(values, rowCount: rowCount, columnCount: columnCount)
      description = Array(text.utf8CString)
      self.rowCount = rowCount
    }
  }

  /// Rows copied into a matrix of the library, which contributions need.
  @safe
  public final class Matrix {
    fileprivate let handle: PeerLibrary.Handle
    private let library: PeerLibrary

    fileprivate init(handle: PeerLibrary.Handle, library: PeerLibrary) {
      unsafe self.handle = handle
      self.library = library
    }

    deinit { _ = unsafe library.freeMatrix(handle) }
  }

  private let library: PeerLibrary
  private let handle: PeerLibrary.Handle
  private let proxy: PeerLibrary.Handle
  private static let marginConfig = config(type: 1)
  private static let contributionConfig = config(type: 2)

  private static func config(type: Int) -> [CChar] {
    let text = """
      {"type": \(type), "missing": NaN, "training": false, "iteration_begin": 0, "iteration_end": 0, \
      "strict_shape": false, "cache_id": 0}
      """
    return Array(text.utf8CString)
  }

  /// Loads a model, to be run by one thread.
  ///
  /// - Parameters:
  ///   - model: The file's bytes.
  ///   - library: The library that runs it.
  /// - Throws: ``XGBoostError`` when the library refuses the model; versions before 3.1 misread newer ones.
  public init(model: [UInt8], library: PeerLibrary) throws(XGBoostError) {
    var booster: PeerLibrary.Handle?
    try library.check(unsafe library.createBooster(nil, 0, &booster), "XGBoosterCreate")
    var matrix: PeerLibrary.Handle?
    try library.check(unsafe library.createProxy(&matrix), "XGProxyDMatrixCreate")
    guard let booster = unsafe booster, let matrix = unsafe matrix else {
      throw XGBoostError(.unexpectedAnswer, "the library gave no booster")
    }
    self.library = library
    unsafe handle = booster
    unsafe proxy = matrix
    let loaded = unsafe model.withUnsafeBytes {
      unsafe library.load(booster, $0.baseAddress, UInt64($0.count))
    }
    try library.check(loaded, "XGBoosterLoadModelFromBuffer")
    try library.check(unsafe library.set(booster, "nthread", "1"), "XGBoosterSetParam")
  }

  deinit {
    _ = unsafe library.freeMatrix(proxy)
    _ = unsafe library.freeBooster(handle)
  }

  /// Copies rows into a matrix.
  ///
  /// - Parameter rows: The rows.
  /// - Returns: The matrix.
  /// - Throws: ``XGBoostError`` when the library refuses them.
  public func matrix(_ rows: Rows) throws(XGBoostError) -> Matrix {
    var created: PeerLibrary.Handle?
    let status = unsafe library.createMatrix(rows.description, "{\"missing\": NaN, \"nthread\": 1}", &created)
    try library.check(status, "XGDMatrixCreateFromDense")
    guard let created = unsafe created else {
      throw XGBoostError(.unexpectedAnswer, "the library gave no matrix")
    }
    return unsafe Matrix(handle: created, library: library)
  }

  /// Predicts margins of rows where they lie, with the one proxy matrix.
  ///
  /// - Parameter rows: The rows.
  /// - Returns: The margins, valid until the next call.
  /// - Throws: ``XGBoostError`` when columns do not fit.
  public func margins(_ rows: Rows) throws(XGBoostError) -> UnsafeBufferPointer<Float> {
    var shape: UnsafePointer<UInt64>?
    var dimensions: UInt64 = 0
    var values: UnsafePointer<Float>?
    let status = unsafe library.predictDense(
      handle,
      rows.description,
      Self.marginConfig,
      proxy,
      &shape,
      &dimensions,
      &values
    )
    try library.check(status, "XGBoosterPredictFromDense")
    return unsafe UnsafeBufferPointer(start: values, count: rows.rowCount)
  }

  /// Computes contributions.
  ///
  /// - Parameter matrix: The rows.
  /// - Returns: `rowCount × (columnCount + 1)` values, valid until the next call.
  /// - Throws: ``XGBoostError`` when columns do not fit.
  public func contributions(_ matrix: Matrix) throws(XGBoostError) -> UnsafeBufferPointer<Float> {
    var shape: UnsafePointer<UInt64>?
    var dimensions: UInt64 = 0
    var values: UnsafePointer<Float>?
    let status = unsafe library.predictMatrix(
      handle,
      matrix.handle,
      Self.contributionConfig,
      &shape,
      &dimensions,
      &values
    )
    try library.check(status, "XGBoosterPredictFromDMatrix")
    let count = unsafe UnsafeBufferPointer(start: shape, count: Int(dimensions)).reduce(1) { $0 * Int($1) }
    return unsafe UnsafeBufferPointer(start: values, count: count)
  }
}
