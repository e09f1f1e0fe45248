import FeaturePipeline

/// Log-odds as a weighted sum, by penalised maximum likelihood.
///
/// Minimises `½‖w‖² + C · Σ sᵢ · log(1 + exp(−yᵢ(w·xᵢ + b)))`, the intercept `b` without a penalty, as scikit-learn's
/// `LogisticRegression(C)`. The function is strictly convex; Newton's method with step halving finds its minimum
/// in about ten steps (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).
public struct LogisticRegression: Sendable, Equatable {
  /// The weight of each column.
  public let coefficients: [Double]
  /// The log-odds of a row of zeros.
  public let intercept: Double

  /// Fits to rows.
  ///
  /// - Parameters:
  ///   - values: Row-major, one value for each column; no NaN.
  ///   - columnCount: The number of columns, at least 1.
  ///   - targets: Whether each row defaulted; both outcomes occur.
  ///   - positiveWeight: What a defaulted row weighs; a repaid one weighs 1.
  ///   - inverseRegularization: C: the smaller, the nearer to 0 the coefficients stay.
  /// - Precondition: `values` holds a whole row for each target.
  /// - Complexity: O(rows · columns²) a step.
  public init(
    values: [Double],
    columnCount: Int,
    targets: [Bool],
    positiveWeight: Double = 1,
    inverseRegularization: Double
  ) {
    precondition(
      columnCount > 0 && values.count == targets.count * columnCount,
      "a whole row for each target"
    )
    let problem = LogisticLikelihood(
      values: values,
      width: columnCount,
      targets: targets,
      positiveWeight: positiveWeight,
      c: inverseRegularization
    )
    var weights = [Double](repeating: 0, count: columnCount + 1)
    var loss = problem.loss(weights)
    for _ in 0..<100 {
      var (gradient, hessian) = problem.derivatives(weights)
      guard CholeskySystem.solve(&hessian, &gradient) else { break }
      let step = gradient
      var scale = 1.0
      var next = zip(weights, step).map { $0 - $1 }
      var nextLoss = problem.loss(next)
      // Near the minimum the loss differs by less than it is rounded; there the gradient alone leads on.
      let allowed = loss + 1e-12 * loss.magnitude
      while nextLoss > allowed, scale > 1e-6 {
        scale /= 2
        next = zip(weights, step).map { $0 - scale * $1 }
        nextLoss = problem.loss(next)
      }
      (weights, loss) = (next, nextLoss)
      let size = step.reduce(0) { max($0, $1.magnitude) }
      if size <= 1e-10 * (1 + weights.reduce(0) { max($0, $1.magnitude) }) { break }
    }
    coefficients = Array(weights.dropLast())
    intercept = weights[columnCount]
  }

  /// The log-odds of rows.
  ///
  /// - Parameter values: Row-major, with the columns that were fitted.
  /// - Returns: One margin per row.
  public func margins(_ values: [Double]) -> [Double] {
    let width = coefficients.count
    return stride(from: 0, to: values.count, by: width).map { start in
      var sum = intercept
      for column in 0..<width { sum += coefficients[column] * values[start + column] }
      return sum
    }
  }
}

/// The penalised likelihood of one set of rows; the last weight is the intercept.
private struct LogisticLikelihood {
  let values: [Double]
  let width: Int
  let targets: [Bool]
  let positiveWeight: Double
  let c: Double

  func loss(_ weights: [Double]) -> Double {
    var penalty = 0.0
    for column in 0..<width { penalty += weights[column] * weights[column] }
    var sum = 0.0
    for row in targets.indices {
      let logit = self.logit(row, weights)
      let signed = targets[row] ? -logit : logit
      let loss = max(signed, 0) + PortableMath.log1p(PortableMath.exp(-signed.magnitude))
      sum += targets[row] ? positiveWeight * loss : loss
    }
    return penalty / 2 + c * sum
  }

  /// The gradient and, in its lower triangle, the matrix of second derivatives.
  func derivatives(_ weights: [Double]) -> (gradient: [Double], hessian: [Double]) {
    let size = width + 1
    var gradient = weights
    gradient[width] = 0
    var hessian = [Double](repeating: 0, count: size * size)
    for column in 0..<width { hessian[column * size + column] = 1 }
    // The intercept is not penalised; this only keeps the matrix regular where all curvature has gone.
    hessian[width * size + width] = 1e-12
    values.withUnsafeBufferPointer { values in
      hessian.withUnsafeMutableBufferPointer { hessian in
        for row in targets.indices {
          let probability = PortableMath.sigmoid(logit(row, weights))
          let weight = c * (targets[row] ? positiveWeight : 1)
          let error = weight * (probability - (targets[row] ? 1 : 0))
          let curvature = weight * probability * (1 - probability)
          let start = row * width
          for column in 0..<width {
            let value = values[start + column]
            gradient[column] += error * value
            // Most columns are one of many categories, so most values are 0 or near it.
            guard value != 0 else { continue }
            let scaled = curvature * value
            for other in 0...column { hessian[column * size + other] += scaled * values[start + other] }
            hessian[width * size + column] += scaled
          }
          gradient[width] += error
          hessian[width * size + width] += curvature
        }
      }
    }
    return (gradient, hessian)
  }

  private func logit(_ row: Int, _ weights: [Double]) -> Double {
    values.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        var sum = weights[width]
        for column in 0..<width { sum += weights[column] * values[row * width + column] }
        return sum
      }
    }
  }
}
