private import CXGBoost

extension Booster {
  /// How the importance of a feature is measured.
  public enum ImportanceType: String, Sendable, CaseIterable {
    /// The number of splits.
    case weight
    /// The mean fall of the loss per split.
    case gain
    /// The mean sum of hessians per split.
    case cover
    /// The whole fall of the loss.
    case totalGain = "total_gain"
    /// The whole sum of hessians.
    case totalCover = "total_cover"
  }

  /// How much one feature is used.
  public struct Importance: Sendable, Equatable {
    /// The feature's name, or `f0`, `f1`, … when the matrix had no names.
    public let feature: String
    /// The measure, never negative.
    public let value: Float
  }

  /// Measures how much the trees use each feature.
  ///
  /// - Parameter type: The measure.
  /// - Returns: The features that occur in some split, in the library's order (by name).
  /// - Throws: ``XGBoostError`` when the booster has not been trained.
  public func importances(_ type: ImportanceType) throws(XGBoostError) -> [Importance] {
    var nameCount: bst_ulong = 0
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var dimensionCount: bst_ulong = 0
    var shape: UnsafePointer<bst_ulong>?
    var scores: UnsafePointer<Float>?
    try check(
      unsafe XGBoosterFeatureScore(
        handle,
        "{\"importance_type\": \"\(type.rawValue)\"}",
        &nameCount,
        &names,
        &dimensionCount,
        &shape,
        &scores
      ),
      "XGBoosterFeatureScore"
    )
    // More than one dimension belongs to linear models with several classes, which are not trained here.
    guard let names = unsafe names, let scores = unsafe scores, dimensionCount == 1 else { return [] }
    return (0..<Int(nameCount)).map { index in
      let name = unsafe names[index].map { unsafe String(cString: $0) } ?? "f\(index)"
      return Importance(feature: name, value: unsafe scores[index])
    }
  }
}
