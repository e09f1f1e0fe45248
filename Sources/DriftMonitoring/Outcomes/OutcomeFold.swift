public import CreditEvents
public import ModelRegistry

/// What became of the decisions, and which alerts that raises.
///
/// It looks only when everything there is has been read: decisions and outcomes stand in many partitions, which have no one
/// order, and a cohort must not be judged by half of its decisions.
public struct OutcomeFold: Sendable {
  /// A cohort that was judged at its maturity.
  public struct Judgement: Sendable, Equatable {
    /// The cohort.
    public let cohort: OutcomeJoin.Cohort
    /// From its begin to its end, milliseconds since 1970.
    public let span: Range<Int64>
    /// What became of it.
    public let figures: PerformanceFigures
  }

  /// Judgements so far, in the order of the cohorts.
  public private(set) var judgements: [Judgement] = []
  private var join: OutcomeJoin
  private var watch: PerformanceWatch
  private var estimated: Set<OutcomeJoin.Cohort> = []

  /// Begins with nothing joined.
  ///
  /// - Parameter rules: How long outcomes take to mature, and how many are judged together at least.
  public init(_ rules: MonitorRules) {
    join = OutcomeJoin(cohortDays: rules.cohortDays, maturityDays: rules.maturityDays)
    watch = PerformanceWatch(rules)
  }

  /// Takes a decision.
  ///
  /// - Parameters:
  ///   - decision: The decision.
  ///   - time: When the application was published, milliseconds since 1970.
  public mutating func note(_ decision: Decision, at time: Int64) { join.note(decision, at: time) }

  /// Takes an outcome.
  ///
  /// - Parameter outcome: What became of a loan.
  public mutating func note(_ outcome: LoanOutcome) { join.note(outcome) }

  /// Judges what has become due since the last time.
  ///
  /// - Parameter find: Finds the reference of a model; a model without one, or without figures in it, is not judged.
  /// - Returns: The alerts that it raises, in the order of the cohorts.
  public mutating func judge(find: DriftFold.FindReference) -> [DriftAlert] {
    var known: [ModelIdentity: DriftReference.Performance] = [:]
    func performance(of model: ModelIdentity) -> DriftReference.Performance? {
      // A model that cannot be watched was alerted by its partials.
      if known[model] == nil { known[model] = (try? find(model))?.performance }
      return known[model]
    }
    var alerts: [DriftAlert] = []
    for (cohort, figures) in join.complete() where estimated.insert(cohort).inserted {
      guard let reference = performance(of: cohort.model) else { continue }
      if let alert = watch.estimate(cohort, figures, join.span(of: cohort), reference) {
        alerts.append(alert)
      }
    }
    for (cohort, figures) in join.mature() {
      judgements.append(Judgement(cohort: cohort, span: join.span(of: cohort), figures: figures))
      join.forget(cohort)
      guard let reference = performance(of: cohort.model) else { continue }
      if let alert = watch.judge(cohort, figures, join.span(of: cohort), reference) { alerts.append(alert) }
    }
    return alerts
  }
}
