/// What happened to an alert, in the words of a report.
public struct AlertNote: Sendable, Equatable {
  /// When, in words or ISO 8601.
  public var time: String
  /// What happened.
  public var change: AlertBook.Change
  /// What it is about: a feature, or the score.
  public var subject: String
  /// How far it has moved.
  public var severity: Severity
  /// The evidence and what to do, a sentence or two.
  public var detail: String

  /// Notes an alert.
  ///
  /// - Parameters:
  ///   - time: When, in words or ISO 8601.
  ///   - change: What happened.
  ///   - subject: What it is about.
  ///   - severity: How far it has moved.
  ///   - detail: The evidence and what to do.
  public init(
    time: String,
    change: AlertBook.Change,
    subject: String,
    severity: Severity,
    detail: String
  ) {
    self.time = time
    self.change = change
    self.subject = subject
    self.severity = severity
    self.detail = detail
  }
}
