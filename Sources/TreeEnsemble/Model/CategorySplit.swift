/// Which way a split on a categorical feature sends each category, with the rules of the library that wrote it.
struct CategorySplit: Sendable, Hashable {
  /// How a library turns a value into a category, and where it sends what it does not know.
  ///
  /// All of them cut off the fraction of a value, and send missing values the split's default way.
  enum Rule: Sendable, Hashable {
    /// XGBoost 1.5: members go right; everything else, also what is no category, goes left.
    case xgboost15
    /// XGBoost 1.6 to 1.7.2: members go right; below zero and beyond the stored bits is like missing.
    case xgboost16
    /// XGBoost since 1.7.3: members go right; everything else goes left, also what is below zero.
    case xgboost
    /// LightGBM: members go left; everything else goes right.
    case lightGBM
  }

  /// The split's categories.
  let members: CategorySet
  /// What is done with them.
  let rule: Rule

  /// Where a value goes.
  ///
  /// - Parameters:
  ///   - value: A category's number, or anything else.
  ///   - defaultsLeft: Where missing values go.
  /// - Returns: True for the left child.
  func goesLeft(_ value: Float, defaultsLeft: Bool) -> Bool {
    guard !value.isNaN else { return defaultsLeft }
    switch rule {
    case .xgboost15: return !(value > -1 && members.contains(value))
    case .xgboost: return !(value >= 0 && members.contains(value))
    case .xgboost16:
      guard value >= 0, value < members.bitCapacity else { return defaultsLeft }
      return !members.contains(value)
    case .lightGBM: return value > -1 && members.contains(value)
    }
  }
}
