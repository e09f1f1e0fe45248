import FeaturePipeline

/// A logistic curve from margins to probabilities of default: `sigmoid(slope · margin + intercept)`.
///
/// Platt (1999) fits it by maximum likelihood to targets drawn slightly towards the middle, so that
/// separable rows do not drive the slope to infinity: `(defaulted + 1) / (defaulted + 2)` instead of 1 and
/// `1 / (repaid + 2)` instead of 0. The two parameters are found by Newton's method with step halving
/// (Lin, Lin and Weng 2007).
public struct PlattScaling: Sendable, Equatable {
  /// The factor of the margin; positive when higher margins default more often.
  public let slope: Double
  /// The log-odds at margin 0.
  public let intercept: Double

  /// Fits to rows.
  ///
  /// - Parameters:
  ///   - margins: One finite margin per row.
  ///   - targets: Whether each row defaulted.
  /// - Precondition: At least one row.
  public init(margins: [Float], targets: [Bool]) {
    precondition(!margins.isEmpty && margins.count == targets.count)
    let defaulted = Double(targets.count { $0 })
    let repaid = Double(targets.count) - defaulted
    let high = (defaulted + 1) / (defaulted + 2)
    let low = 1 / (repaid + 2)
    let rows = zip(margins, targets).map { (x: Double($0), t: $1 ? high : low) }
    var current = Likelihood(rows, slope: 0, intercept: PortableMath.log((defaulted + 1) / (repaid + 1)))
    for _ in 0..<100 {
      guard let step = current.newtonStep() else { break }
      // Near the minimum the loss differs by less than it is rounded; there the gradient alone leads on.
      let allowed = current.loss + 1e-12 * current.loss.magnitude
      var scale = 1.0
      var next = current.moved(by: step, scale: scale, rows)
      while next.loss > allowed, scale > 1e-6 {
        scale /= 2
        next = current.moved(by: step, scale: scale, rows)
      }
      let size = max(step.slope.magnitude, step.intercept.magnitude)
      let scaleOfResult = 1 + max(next.slope.magnitude, next.intercept.magnitude)
      current = next
      if size <= 1e-13 * scaleOfResult { break }
    }
    slope = current.slope
    intercept = current.intercept
  }

  /// The probability of default at a margin.
  ///
  /// - Parameter margin: The margin.
  /// - Returns: The probability, 0...1.
  public func probability(at margin: Float) -> Double {
    PortableMath.sigmoid(slope * Double(margin) + intercept)
  }
}

/// The negative log likelihood at one pair of parameters, with its first and second derivatives.
private struct Likelihood {
  let slope: Double
  let intercept: Double
  var loss = 0.0
  private var gradient = (slope: 0.0, intercept: 0.0)
  private var hessian = (slopes: 0.0, mixed: 0.0, intercepts: 0.0)

  init(_ rows: [(x: Double, t: Double)], slope: Double, intercept: Double) {
    self.slope = slope
    self.intercept = intercept
    for (x, t) in rows {
      let logit = slope * x + intercept
      let probability = PortableMath.sigmoid(logit)
      // log(1 + eᶻ) − t·z, written so that a large |z| neither overflows nor cancels.
      loss += max(logit, 0) + PortableMath.log1p(PortableMath.exp(-logit.magnitude)) - t * logit
      let error = probability - t
      gradient.slope += error * x
      gradient.intercept += error
      let curvature = probability * (1 - probability)
      hessian.slopes += curvature * x * x
      hessian.mixed += curvature * x
      hessian.intercepts += curvature
    }
  }

  /// Where Newton's method goes next; `nil` at the minimum.
  func newtonStep() -> (slope: Double, intercept: Double)? {
    // The ridge keeps the matrix regular when all margins are equal.
    let slopes = hessian.slopes + 1e-12
    let intercepts = hessian.intercepts + 1e-12
    let determinant = slopes * intercepts - hessian.mixed * hessian.mixed
    guard determinant > 0, gradient != (0, 0) else { return nil }
    return (
      slope: -(intercepts * gradient.slope - hessian.mixed * gradient.intercept) / determinant,
      intercept: -(slopes * gradient.intercept - hessian.mixed * gradient.slope) / determinant
    )
  }

  /// The likelihood a part of a step further.
  func moved(
    by step: (slope: Double, intercept: Double),
    scale: Double,
    _ rows: [(x: Double, t: Double)]
  ) -> Self {
    Self(rows, slope: slope + scale * step.slope, intercept: intercept + scale * step.intercept)
  }
}
