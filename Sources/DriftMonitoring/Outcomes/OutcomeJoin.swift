public import CreditEvents

/// Joins decisions with what became of them, in cohorts by the time of the decision.
///
/// A cohort is judged once its maturity has passed: defaults are known early, repayments late, and who looks too soon sees
/// too many of the former. What is kept of a decision is its model, probability and answer, until its cohort was judged.
public struct OutcomeJoin: Sendable {
  /// Decisions of one model in one stretch of time.
  public struct Cohort: Sendable, Hashable, Comparable {
    /// The model.
    public let model: ModelIdentity
    /// Which stretch since 1970.
    public let index: Int64

    /// Earlier cohorts first, of one time by the model's name and version.
    public static func < (first: Cohort, second: Cohort) -> Bool {
      (first.index, first.model.name, first.model.version, first.model.sha256)
        < (second.index, second.model.name, second.model.version, second.model.sha256)
    }
  }

  private static let day: Int64 = 86_400_000

  private let cohortMilliseconds: Int64
  private let maturityMilliseconds: Int64
  private var cohorts: [Cohort: [String: PerformanceFigures.Row]] = [:]
  private var cohortOf: [String: Cohort] = [:]
  /// Outcomes whose decision has not been read yet.
  private var early: [String: Bool] = [:]
  private var judged: Set<Cohort> = []
  /// The latest decision, and the latest time at which an outcome became known.
  private var latestDecision = Int64.min
  private var latestOutcome = Int64.min

  /// Begins with nothing joined.
  ///
  /// - Parameters:
  ///   - cohortDays: Days of decisions that are judged together.
  ///   - maturityDays: How long after the last of them.
  public init(cohortDays: Int64, maturityDays: Int64) {
    cohortMilliseconds = max(1, cohortDays) * Self.day
    maturityMilliseconds = max(0, maturityDays) * Self.day
  }

  /// Takes a decision; of several for one application the one decided last counts.
  ///
  /// - Parameters:
  ///   - decision: The decision.
  ///   - time: When the application was published, milliseconds since 1970.
  public mutating func note(_ decision: Decision, at time: Int64) {
    let id = decision.applicationID
    let quotient = time / cohortMilliseconds
    let index = time % cohortMilliseconds < 0 ? quotient - 1 : quotient
    let cohort = Cohort(model: decision.model, index: index)
    latestDecision = max(latestDecision, time)
    guard !judged.contains(cohort) else { return }
    var known = early.removeValue(forKey: id)
    if let former = cohortOf[id], let row = cohorts[former]?[id] {
      guard row.time <= time else { return }
      known = known ?? row.hasDefaulted
      cohorts[former]?[id] = nil
    }
    cohortOf[id] = cohort
    cohorts[cohort, default: [:]][id] = PerformanceFigures.Row(
      time: time,
      probability: decision.probabilityOfDefault,
      outcome: decision.outcome,
      costRatio: decision.thresholds.costRatio,
      hasDefaulted: known
    )
  }

  /// Takes an outcome; it may come before its decision, and the latest one counts.
  ///
  /// - Parameter outcome: What became of a loan.
  public mutating func note(_ outcome: LoanOutcome) {
    latestOutcome = max(latestOutcome, outcome.knownAtMilliseconds)
    let id = outcome.applicationID
    if let cohort = cohortOf[id] {
      cohorts[cohort]?[id]?.hasDefaulted = outcome.outcome == .defaulted
    } else {
      early[id] = outcome.outcome == .defaulted
    }
  }

  /// When a cohort begins and ends, milliseconds since 1970.
  ///
  /// - Parameter cohort: The cohort.
  /// - Returns: From its begin to its end, which is no part of it.
  public func span(of cohort: Cohort) -> Range<Int64> {
    cohort.index * cohortMilliseconds..<(cohort.index + 1) * cohortMilliseconds
  }

  /// The cohorts whose last decision has been read, with what the probabilities promise of them.
  ///
  /// - Returns: Cohorts in their order.
  public func complete() -> [(cohort: Cohort, figures: PerformanceFigures)] {
    figures { span(of: $0).upperBound <= latestDecision }
  }

  /// The cohorts whose maturity has passed, with what became of them.
  ///
  /// - Returns: Cohorts in their order.
  public func mature() -> [(cohort: Cohort, figures: PerformanceFigures)] {
    figures { span(of: $0).upperBound + maturityMilliseconds <= latestOutcome }
  }

  /// Forgets the decisions of a cohort that was judged; what comes late for it is left out.
  ///
  /// - Parameter cohort: The cohort.
  public mutating func forget(_ cohort: Cohort) {
    judged.insert(cohort)
    for id in cohorts.removeValue(forKey: cohort)?.keys ?? [:].keys where cohortOf[id] == cohort {
      cohortOf[id] = nil
    }
  }

  private func figures(
    where isWanted: (Cohort) -> Bool
  ) -> [(cohort: Cohort, figures: PerformanceFigures)] {
    cohorts.keys.filter(isWanted).sorted().map { cohort in
      // By id: sums must not follow the order of a hash table.
      let rows = (cohorts[cohort] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      return (cohort, PerformanceFigures(rows))
    }
  }
}
