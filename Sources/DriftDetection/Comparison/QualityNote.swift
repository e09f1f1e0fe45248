/// Something that was checked about the data beside their distributions.
public struct QualityNote: Sendable, Equatable {
  /// What was checked: missing values, new categories, volume, lag.
  public var check: String
  /// What it is about: a feature, or empty for all.
  public var subject: String
  /// What was found.
  public var finding: String
  /// Whether somebody should look at it.
  public var isConcern: Bool

  /// Notes a check.
  ///
  /// - Parameters:
  ///   - check: What was checked.
  ///   - subject: What it is about, or empty for all.
  ///   - finding: What was found.
  ///   - isConcern: Whether somebody should look at it.
  public init(check: String, subject: String = "", finding: String, isConcern: Bool) {
    self.check = check
    self.subject = subject
    self.finding = finding
    self.isConcern = isConcern
  }
}
