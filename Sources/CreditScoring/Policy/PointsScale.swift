internal import FeaturePipeline

/// A scorecard's scale: how a probability of default becomes points.
///
/// `points = base + pointsToDoubleTheOdds / ln 2 · ln(odds / baseOdds)`, with the odds of repaying,
/// `(1 − p) / p`. For example 600 points at odds of 50 to 1 and 20 to double them: at odds of 100 to 1, a
/// probability of 1 / 101, it is 620 points.
public struct PointsScale: Sendable, Equatable {
  /// 600 points at odds of 50 to 1, 20 points to double the odds.
  public static let standard = PointsScale(basePoints: 600, baseOdds: 50, pointsToDoubleTheOdds: 20)
  /// Probabilities nearer to 0 or 1 than this count as this near, so that certainty has a finite price.
  public static let leastProbability = 1e-6

  /// The points at the base odds.
  public var basePoints: Double
  /// The odds of repaying at the base points.
  public var baseOdds: Double
  /// How many points more mean twice the odds.
  public var pointsToDoubleTheOdds: Double

  /// Creates a scale.
  ///
  /// - Parameters:
  ///   - basePoints: The points at the base odds.
  ///   - baseOdds: The odds of repaying at the base points.
  ///   - pointsToDoubleTheOdds: How many points more mean twice the odds.
  public init(basePoints: Double, baseOdds: Double, pointsToDoubleTheOdds: Double) {
    self.basePoints = basePoints
    self.baseOdds = baseOdds
    self.pointsToDoubleTheOdds = pointsToDoubleTheOdds
  }

  /// The points of a probability.
  ///
  /// - Parameter probability: The probability of default, 0...1.
  /// - Returns: The points, rounded to the nearest integer, halves away from zero; the more, the better.
  public func points(probability: Double) -> Int {
    let p = min(max(probability, Self.leastProbability), 1 - Self.leastProbability)
    let logOdds = PortableMath.log((1 - p) / p)
    let doublings = (logOdds - PortableMath.log(baseOdds)) / PortableMath.log(2.0)
    return Int((basePoints + pointsToDoubleTheOdds * doublings).rounded())
  }

  /// Why the scale cannot be used, if so.
  var problem: (path: String, message: String)? {
    if !(basePoints.magnitude <= 1e6) { return ("base_points", "give a number between -1e6 and 1e6") }
    if !(baseOdds >= 1e-6 && baseOdds <= 1e6) { return ("base_odds", "give odds between 1e-6 and 1e6") }
    if !(pointsToDoubleTheOdds > 0 && pointsToDoubleTheOdds <= 1e4) {
      return ("points_to_double_the_odds", "give a number above 0, up to 1e4")
    }
    return nil
  }
}
