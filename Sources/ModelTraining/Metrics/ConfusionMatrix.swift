/// What a threshold does to labelled rows: "positive" is declined.
public struct ConfusionMatrix: Sendable, Equatable {
  /// Declined, and would have defaulted.
  public private(set) var truePositives = 0
  /// Declined, but would have repaid.
  public private(set) var falsePositives = 0
  /// Granted, and repaid.
  public private(set) var trueNegatives = 0
  /// Granted, but defaulted.
  public private(set) var falseNegatives = 0

  /// Counts rows.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of default per row.
  ///   - targets: Whether each row defaulted.
  ///   - threshold: From which probability on applications are declined.
  public init(_ probabilities: [Double], _ targets: [Bool], threshold: Double) {
    for (probability, defaulted) in zip(probabilities, targets) {
      switch (probability >= threshold, defaulted) {
      case (true, true): truePositives += 1
      case (true, false): falsePositives += 1
      case (false, true): falseNegatives += 1
      case (false, false): trueNegatives += 1
      }
    }
  }

  /// The number of rows.
  public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }
  /// The share of the declined that would have defaulted; NaN when nothing is declined.
  public var precision: Double { Double(truePositives) / Double(truePositives + falsePositives) }
  /// The share of the defaults that is declined; NaN without a default.
  public var recall: Double { Double(truePositives) / Double(truePositives + falseNegatives) }
  /// The share of the repaid rows that is granted; NaN without one.
  public var specificity: Double { Double(trueNegatives) / Double(trueNegatives + falsePositives) }
}
