import CreditScoring

/// A way of turning margins into probabilities.
public enum CalibrationMethod: String, Sendable, CaseIterable {
  /// A logistic curve through the margins: two parameters, steady with few rows.
  case platt
  /// A non-decreasing curve of any form: needs many rows.
  case isotonic

  /// Fits to rows whose margins come from models that did not see them.
  ///
  /// - Parameters:
  ///   - margins: One finite margin per row.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The fitted calibration.
  func fit(margins: [Float], targets: [Bool]) -> Calibration {
    switch self {
    case .platt:
      let scaling = PlattScaling(margins: margins, targets: targets)
      // Of a model no better than chance the curve may fall; a calibration never puts the riskier first, so
      // such margins tell nothing, and every row has the share of defaults.
      guard scaling.slope > 0 else {
        let prior = PlattScaling(margins: [Float](repeating: 0, count: targets.count), targets: targets)
        return .platt(slope: 0, intercept: prior.intercept)
      }
      return .platt(slope: scaling.slope, intercept: scaling.intercept)
    case .isotonic:
      let regression = IsotonicRegression(margins: margins, targets: targets)
      // A pool without (or of nothing but) defaults does not make them impossible (or certain): keep half a
      // row's distance, or one surprise would cost an infinite log loss.
      let edge = 0.5 / Double(targets.count)
      return .isotonic(
        margins: regression.margins,
        probabilities: regression.rates.map { min(max($0, edge), 1 - edge) }
      )
    }
  }
}
