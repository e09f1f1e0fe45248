/// A figure of the model's performance.
public struct PerformanceNote: Sendable, Equatable {
  /// What is measured: AUC, Gini, calibration, cost.
  public var name: String
  /// The figure at training; nil if it is not known.
  public var atTraining: Double?
  /// The figure on outcomes that are known; nil before there are any.
  public var realised: Double?
  /// The figure that the scores themselves let expect; nil where there is no such estimate.
  public var estimated: Double?
  /// How many outcomes the realised figure stands on.
  public var outcomeCount: Int
  /// Whether it has become worse by more than chance.
  public var isConcern: Bool

  /// Notes a figure.
  ///
  /// - Parameters:
  ///   - name: What is measured.
  ///   - atTraining: The figure at training.
  ///   - realised: The figure on outcomes that are known.
  ///   - estimated: The figure that the scores themselves let expect.
  ///   - outcomeCount: How many outcomes the realised figure stands on.
  ///   - isConcern: Whether it has become worse by more than chance.
  public init(
    name: String,
    atTraining: Double?,
    realised: Double?,
    estimated: Double?,
    outcomeCount: Int,
    isConcern: Bool
  ) {
    self.name = name
    self.atTraining = atTraining
    self.realised = realised
    self.estimated = estimated
    self.outcomeCount = outcomeCount
    self.isConcern = isConcern
  }
}
