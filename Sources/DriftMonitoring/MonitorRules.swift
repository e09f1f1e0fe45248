public import DriftDetection

/// What the operators tolerate and how long things must last: all that decides which alerts a log raises.
public struct MonitorRules: Sendable, Equatable {
  /// Tolerated drift and mean events between false alarms, over all features of a model.
  public var tolerance: DriftTolerance
  /// When alerts close and are repeated.
  public var alerts = AlertBook.Rules()
  /// When time blocks are done and how long they are kept.
  public var timing = MergedWindows.Timing()
  /// Events at least that the figures of an alert are taken of: the latest done blocks that hold as many.
  public var evidenceEvents = 1_000
  /// Windows of volume are compared with those a week before, so that nights and weekends are no news.
  public var volumeHours: Int64 = 24
  /// Fewer events than this share of a week before, or more than its inverse times as many, are an alert.
  public var volumeShare = 0.5
  /// A window of volume with fewer events a week before is not judged.
  public var volumeMinimum: UInt64 = 500
  /// How much later than its latest event counts may be reported, milliseconds.
  public var lagMilliseconds: Int64 = 900_000
  /// So many reports in a row that are as late, or in time again, open and close an alert.
  public var lagReports = 5
  /// Days of decisions whose outcomes are judged together.
  public var cohortDays: Int64 = 30
  /// How long after the last of them, days.
  public var maturityDays: Int64 = 365
  /// Outcomes at least that figures of performance are taken of.
  public var outcomeEvents = 1_000

  /// States rules.
  ///
  /// - Parameter tolerance: Tolerated drift and patience.
  public init(tolerance: DriftTolerance) { self.tolerance = tolerance }
}
