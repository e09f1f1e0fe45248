import CreditEvents
import ModelRegistry

/// Alerts when a model ranks, calibrates or costs worse than it promised: realised at maturity, estimated before.
///
/// Who was refused has no outcome, so that the applications with one are not those of the training table: their area is
/// smaller even where nothing has changed. What was seen is therefore held against the smaller of what training saw and
/// what the probabilities promised of the very same applications.
struct PerformanceWatch: Sendable, Equatable {
  /// Standard errors from which on a smaller area, or another number of defaults, is no chance.
  static let errors = 4.0
  /// An estimated area is an alert when it is smaller than at training by as much.
  static let estimatedLoss = 0.03

  private let minimum: Int
  private var open: [String: DriftAlert] = [:]

  init(_ rules: MonitorRules) { minimum = rules.outcomeEvents }

  /// Judges a cohort at its maturity.
  mutating func judge(
    _ cohort: OutcomeJoin.Cohort,
    _ figures: PerformanceFigures,
    _ span: Range<Int64>,
    _ reference: DriftReference.Performance
  ) -> DriftAlert? {
    let others = figures.outcomes - figures.defaults
    guard figures.outcomes >= minimum, figures.defaults >= 30, others >= 30 else { return nil }
    let expected = min(reference.areaUnderROC, figures.promisedArea)
    let error = PerformanceFigures.standardError(
      expected,
      positives: Double(figures.defaults),
      negatives: Double(others)
    )
    let loss = expected - figures.realisedArea
    let ratio = figures.defaultRate / figures.meanProbability
    let ranksWorse = loss > Self.errors * error
    let isOff = figures.calibrationError.magnitude > Self.errors
    let worst = max(loss / 0.05, (ratio - 1).magnitude / 0.5)
    let message =
      "of \(figures.outcomes) decided applications \(percent(figures.defaultRate)) % defaulted, "
      + "\(percent(figures.meanProbability)) % were expected; AUC \(rounded(figures.realisedArea)) (Gini "
      + "\(rounded(figures.gini))), \(rounded(expected)) expected, \(rounded(reference.areaUnderROC)) at training; Brier score "
      + "\(rounded(figures.brierScore)), \(rounded(reference.brierScore)) at training; cost of an application "
      + "\(rounded(figures.costPerApplication)) refused good ones, \(rounded(figures.promisedCost)) expected"
    return note(
      .performance,
      cohort,
      span,
      events: figures.outcomes,
      isBad: ranksWorse || isOff,
      severity: worst >= 1 ? .major : worst >= 0.4 ? .moderate : .minor,
      evidence: ranksWorse
        ? .init(value: figures.realisedArea, expected: expected)
        : .init(value: figures.defaultRate, expected: figures.meanProbability),
      message: message,
      action: ranksWorse
        ? "look at the drift of the same time; train with the new outcomes"
        : "calibrate or train with the new outcomes; look whether the thresholds still fit the costs"
    )
  }

  /// Judges a cohort by its probabilities alone.
  mutating func estimate(
    _ cohort: OutcomeJoin.Cohort,
    _ figures: PerformanceFigures,
    _ span: Range<Int64>,
    _ reference: DriftReference.Performance
  ) -> DriftAlert? {
    guard figures.decisions >= minimum, figures.estimatedArea.isFinite else { return nil }
    let loss = reference.areaUnderROC - figures.estimatedArea
    return note(
      .estimatedPerformance,
      cohort,
      span,
      events: figures.decisions,
      isBad: loss > Self.estimatedLoss,
      severity: loss >= 0.1 ? .major : loss >= 0.05 ? .moderate : .minor,
      evidence: .init(value: figures.estimatedArea, expected: reference.areaUnderROC),
      message: "the probabilities of \(figures.decisions) decisions promise an AUC of "
        + "\(rounded(figures.estimatedArea)), at training it was \(rounded(reference.areaUnderROC))",
      action:
        "the population is harder to tell apart: look at the drift of the score and of the leading features; "
        + "outcomes will show at maturity"
    )
  }

  private mutating func note(
    _ kind: DriftAlert.Kind,
    _ cohort: OutcomeJoin.Cohort,
    _ span: Range<Int64>,
    events: Int,
    isBad: Bool,
    severity: DriftAlert.Severity,
    evidence: DriftAlert.Evidence,
    message: String,
    action: String
  ) -> DriftAlert? {
    let key = "\(cohort.model.name)/\(cohort.model.version)/\(kind.rawValue)"
    guard isBad || open[key] != nil else { return nil }
    let id = open[key]?.alertID ?? "\(key)/\(span.lowerBound)"
    let alert = DriftAlert(
      alertID: id,
      incidentID: id,
      change: !isBad ? .closed : open[key] == nil ? .opened : .ongoing,
      kind: kind,
      severity: severity,
      model: cohort.model,
      window: .init(fromMilliseconds: span.lowerBound, toMilliseconds: span.upperBound, events: events),
      evidence: evidence,
      message: message,
      action: action,
      requestsRefit: isBad && kind == .performance && severity != .minor,
      // Cohorts have an order, the partitions of outcomes have none.
      position: span.upperBound
    )
    open[key] = isBad ? alert : nil
    return alert
  }

  private func percent(_ share: Double) -> String { rounded(100 * share) }
  private func rounded(_ value: Double) -> String { AlertComposer.rounded(value) }
}
