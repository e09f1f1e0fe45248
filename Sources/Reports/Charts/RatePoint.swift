/// The default rate of a group of rows, with its interval.
public struct RatePoint: Sendable, Equatable {
  /// What the group is.
  public let label: String
  /// What the group is, in the few characters that fit under an axis.
  public let tick: String
  /// The default rate.
  public let rate: Double
  /// The lower end of the rate's interval.
  public let lower: Double
  /// The upper end of the rate's interval.
  public let upper: Double
  /// The group's share of all rows.
  public let share: Double

  /// Creates a point.
  ///
  /// - Parameters:
  ///   - label: What the group is.
  ///   - tick: What the group is, in the few characters that fit under an axis.
  ///   - rate: The default rate.
  ///   - lower: The lower end of the rate's interval.
  ///   - upper: The upper end of the rate's interval.
  ///   - share: The group's share of all rows.
  public init(label: String, tick: String, rate: Double, lower: Double, upper: Double, share: Double) {
    self.label = label
    self.tick = tick
    self.rate = rate
    self.lower = lower
    self.upper = upper
    self.share = share
  }
}
