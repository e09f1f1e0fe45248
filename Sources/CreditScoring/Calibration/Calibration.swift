internal import FeaturePipeline

/// How a margin becomes a probability of default.
///
/// Every calibration is non-decreasing: a higher margin never means a lower probability, so calibrating never
/// changes who is riskier than whom.
public enum Calibration: Sendable, Equatable {
  /// The margin is taken as log-odds: `1 / (1 + exp(−margin))`.
  case identity
  /// A logistic curve through the margins (Platt 1999): `1 / (1 + exp(−(slope · margin + intercept)))`.
  case platt(slope: Double, intercept: Double)
  /// Points with straight lines between them; below the first and above the last the probability stays.
  case isotonic(margins: [Float], probabilities: [Double])

  /// The most points of an isotonic calibration.
  public static let maximumPoints = 100_000

  /// The probability of default at a margin.
  ///
  /// - Parameter margin: The model's raw log-odds, finite.
  /// - Returns: The probability, 0...1.
  /// - Precondition: ``validate()`` does not throw.
  /// - Complexity: O(log points), no allocation.
  public func probability(margin: Float) -> Double {
    switch self {
    case .identity: PortableMath.sigmoid(Double(margin))
    case .platt(let slope, let intercept): PortableMath.sigmoid(slope * Double(margin) + intercept)
    case .isotonic(let margins, let probabilities):
      Self.interpolated(at: margin, margins, probabilities)
    }
  }

  private static func interpolated(
    at margin: Float,
    _ margins: [Float],
    _ probabilities: [Double]
  ) -> Double {
    // The first point at or above the margin.
    var low = 0
    var high = margins.count
    while low < high {
      let middle = (low + high) / 2
      if margins[middle] < margin { low = middle + 1 } else { high = middle }
    }
    guard low < margins.count else { return probabilities[margins.count - 1] }
    guard low > 0, margins[low] > margin else { return probabilities[low] }
    let from = Double(margins[low - 1])
    let share = (Double(margin) - from) / (Double(margins[low]) - from)
    let probability = probabilities[low - 1] + (probabilities[low] - probabilities[low - 1]) * share
    // Each operation rounds monotonically, but the last may round beyond the upper point.
    return min(probability, probabilities[low])
  }

  /// Refuses a calibration that is no non-decreasing function into 0...1.
  ///
  /// - Throws: ``ScoringModelError`` with what is wrong.
  public func validate() throws(ScoringModelError) {
    switch self {
    case .identity: break
    case .platt(let slope, let intercept):
      guard slope.isFinite, slope >= 0 else {
        throw Self.error("slope", "\(slope) is no slope: margins must rise with risk, so it is 0 or more")
      }
      guard intercept.isFinite else {
        throw Self.error("intercept", "must be finite: fit the calibration again")
      }
    case .isotonic(let margins, let probabilities):
      guard margins.count == probabilities.count, (1...Self.maximumPoints).contains(margins.count) else {
        throw Self.error(
          "margins",
          "\(margins.count) margins and \(probabilities.count) probabilities: give 1 to \(Self.maximumPoints) of each"
        )
      }
      for index in margins.indices {
        guard margins[index].isFinite, index == 0 || margins[index - 1] < margins[index] else {
          throw Self.error("margins[\(index)]", "must be finite and greater than the one before")
        }
        let least = index == 0 ? 0 : probabilities[index - 1]
        guard probabilities[index] >= least, probabilities[index] <= 1 else {
          throw Self.error("probabilities[\(index)]", "must be at most 1 and not below the one before")
        }
      }
    }
  }

  private static func error(_ path: String, _ message: String) -> ScoringModelError {
    ScoringModelError(.invalidCalibration, path: path, message)
  }
}
