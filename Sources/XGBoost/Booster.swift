private import CXGBoost

/// A gradient-boosted ensemble under training, or one read back from a file.
///
/// ```swift
/// let booster = try Booster(parameters: parameters, matrices: [training, validation])
/// for round in 0..<200 {
///   try booster.update(round: round, on: training)
///   let results = try booster.evaluate(round: round, on: [("validation", validation)])
/// }
/// let model = try booster.encoded(as: .json)
/// ```
///
/// **Ownership:** the instance owns its `Booster` and frees it with `XGBoosterFree`; everything the library
/// lends ("copy before use") is copied before the call returns.
/// **Thread:** confined to one thread at a time; ``BoosterParameters/threadCount`` threads work inside each call.
@safe
public final class Booster {
  /// The C handle; never null while the instance lives.
  let handle: UnsafeMutableRawPointer

  /// Creates an untrained booster.
  ///
  /// - Parameters:
  ///   - parameters: What to train, and how.
  ///   - matrices: The matrices it will train and be evaluated on, at least one: the library takes the number
  ///     and names of features from the first, and keeps their margins between rounds instead of computing them anew.
  /// - Throws: ``XGBoostError`` when the library refuses a parameter.
  public convenience init(
    parameters: BoosterParameters,
    matrices: [TrainingMatrix]
  ) throws(XGBoostError) {
    try self.init(caching: matrices)
    for setting in parameters.settings { try set(setting) }
    guard let matrix = matrices.first else { return }
    // The library checks a matrix's names and types against the booster's, but does not take them over.
    if let names = matrix.columnNames { try set(names, as: "feature_name") }
    if let types = matrix.columnTypes { try set(types.map(\.rawValue), as: "feature_type") }
  }

  private func set(_ texts: [String], as field: String) throws(XGBoostError) {
    let status = unsafe withCStrings(texts) { pointers in
      unsafe XGBoosterSetStrFeatureInfo(
        handle,
        field,
        UnsafeMutablePointer(mutating: pointers.baseAddress),
        bst_ulong(pointers.count)
      )
    }
    try check(status, "XGBoosterSetStrFeatureInfo")
  }

  /// Reads a model that ``encoded(as:)`` wrote, or any other program through libxgboost.
  ///
  /// - Parameters:
  ///   - model: The file's bytes, JSON or UBJSON.
  ///   - threadCount: The threads that predict.
  /// - Throws: ``XGBoostError`` when the bytes are not a model this library version can read.
  public convenience init(model: [UInt8], threadCount: Int = 1) throws(XGBoostError) {
    try self.init(caching: [])
    // Shorter inputs make libxgboost 1.7 look beyond their end when it guesses the format.
    guard model.count >= 4 else {
      throw XGBoostError(.libraryFailure, "\(model.count) bytes are no model; give the whole file")
    }
    let status = unsafe model.withUnsafeBytes { bytes in
      unsafe XGBoosterLoadModelFromBuffer(handle, bytes.baseAddress, bst_ulong(bytes.count))
    }
    try check(status, "XGBoosterLoadModelFromBuffer")
    try set(BoosterParameters.Setting(name: "nthread", value: "\(threadCount)"))
  }

  private init(caching matrices: [TrainingMatrix]) throws(XGBoostError) {
    let handles: [DMatrixHandle?] = unsafe matrices.map { unsafe $0.handle }
    var created: BoosterHandle?
    let status = withExtendedLifetime(matrices) {
      unsafe handles.withUnsafeBufferPointer { buffer in
        unsafe XGBoosterCreate(buffer.baseAddress, bst_ulong(buffer.count), &created)
      }
    }
    try check(status, "XGBoosterCreate")
    guard let created = unsafe created else {
      throw XGBoostError(.unexpectedAnswer, "XGBoosterCreate gave no booster")
    }
    unsafe handle = created
  }

  /// Takes over a booster that the library made.
  ///
  /// - Parameter handle: The C handle, freed by the new instance.
  init(owning handle: UnsafeMutableRawPointer) {
    unsafe self.handle = handle
  }

  deinit {
    // A failure to free leaves nothing to be done, and deinit cannot throw.
    _ = unsafe XGBoosterFree(handle)
  }

  /// Sets one parameter by libxgboost's name, for example a learning rate that falls from round to round.
  ///
  /// - Parameter setting: The parameter.
  /// - Throws: ``XGBoostError``; the library checks most values only at the next round.
  public func set(_ setting: BoosterParameters.Setting) throws(XGBoostError) {
    try check(unsafe XGBoosterSetParam(handle, setting.name, setting.value), "XGBoosterSetParam")
  }

  /// Grows the trees of one round.
  ///
  /// - Parameters:
  ///   - round: The round's number, counted from 0; part of the seed of all sampling.
  ///   - matrix: The rows to learn from, with labels.
  /// - Throws: ``XGBoostError`` when parameters, labels or columns do not fit.
  public func update(round: Int, on matrix: TrainingMatrix) throws(XGBoostError) {
    guard let number = CInt(exactly: round), number >= 0 else {
      throw XGBoostError(.invalidParameter, "\(round) is no round; count from 0")
    }
    let status = withExtendedLifetime(matrix) {
      unsafe XGBoosterUpdateOneIter(handle, number, matrix.handle)
    }
    try check(status, "XGBoosterUpdateOneIter")
  }

  /// The number of features of each row, as trained.
  ///
  /// - Returns: The number of features.
  /// - Throws: ``XGBoostError`` when the booster is not configured yet.
  public func featureCount() throws(XGBoostError) -> Int {
    var count: bst_ulong = 0
    try check(unsafe XGBoosterGetNumFeature(handle, &count), "XGBoosterGetNumFeature")
    return Int(count)
  }

  /// The number of rounds trained so far.
  ///
  /// - Returns: The number of rounds.
  /// - Throws: ``XGBoostError`` when the booster is not configured yet.
  public func roundCount() throws(XGBoostError) -> Int {
    var count: CInt = 0
    try check(unsafe XGBoosterBoostedRounds(handle, &count), "XGBoosterBoostedRounds")
    return Int(count)
  }
}
