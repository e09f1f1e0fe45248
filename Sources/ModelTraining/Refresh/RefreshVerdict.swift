import Reports

/// Whether a newly fitted model may take the champion's place, and why.
///
/// It may not when it is proved to be worse: when the whole 95 % interval of its area less the champion's, on the same
/// held-out rows, lies below 0. A champion that learnt from these rows has an advantage, so this errs on its side.
public struct RefreshVerdict: Sendable, Equatable {
  /// Whether it may be put in force.
  public let isAllowed: Bool
  /// The reason, for people.
  public let reason: String

  /// Judges.
  ///
  /// - Parameter report: What the experiment found.
  public init(_ report: ExperimentReport) {
    guard report.hasChampion, let champion = report.finalists.last else {
      (isAllowed, reason) = (true, "no model is in force, so there is nothing to be worse than")
      return
    }
    let test = champion.chosenComparison
    func text(_ value: Double) -> String { NumberText.fixed(value, digits: 4) }
    isAllowed = test.isNotWorse
    reason =
      "\(test.isNotWorse ? "not worse" : "worse") than the \(champion.name): area \(text(test.second)) against "
      + "\(text(test.first)) on the same \(report.data.holdoutCount) mature rows, difference \(text(test.difference)), "
      + "95 % \(text(test.lower)) to \(text(test.upper))"
  }
}
