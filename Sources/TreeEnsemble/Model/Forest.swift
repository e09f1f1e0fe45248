/// What every engine is made from: checked trees, and how their leaves become a margin.
struct Forest: Sendable {
  /// The precision in which leaves are added up, one after the other.
  enum Summation: Sendable {
    /// In 32-bit floats, as XGBoost does.
    case single
    /// In 64-bit floats, as LightGBM does.
    case double
  }

  /// The trees in the order of summation.
  var trees: [Tree]
  /// The margin before any tree.
  var baseMargin: Float
  /// The number of values in each row.
  var featureCount: Int
  /// How leaves are added up.
  var summation = Summation.single

  /// The longest way from a root to a leaf.
  var depth: Int { trees.map(\.depth).max() ?? 0 }

  /// The margin's mean over the training data: what is left when no feature is known.
  var expectedMargin: Double { trees.reduce(Double(baseMargin)) { $0 + $1.expectedValue } }
}
