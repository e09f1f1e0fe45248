/// The outcome of a test of the hypothesis that nothing has changed.
public struct HypothesisTest: Sendable, Equatable {
  /// The test's statistic.
  public let statistic: Double
  /// The probability of a statistic at least this large if nothing has changed, 0...1.
  public let pValue: Double

  /// States an outcome.
  ///
  /// - Parameters:
  ///   - statistic: The test's statistic.
  ///   - pValue: The probability of one at least this large by chance.
  public init(statistic: Double, pValue: Double) {
    self.statistic = statistic
    self.pValue = pValue
  }

  /// The outcome where there is nothing to compare: no row, or one bin only.
  static let nothingToCompare = HypothesisTest(statistic: 0, pValue: 1)
}
