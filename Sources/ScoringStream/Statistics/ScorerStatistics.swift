public import CreditEvents

/// What a scorer has done since it started; a copy, taken at one moment.
public struct ScorerStatistics: Sendable, Equatable {
  /// Records answered in committed transactions: decisions and dead letters.
  public var events = 0
  /// Decisions by outcome.
  public var outcomes: [Decision.Outcome: Int] = [:]
  /// Dead letters by class.
  public var deadLetters: [RejectionClass: Int] = [:]
  /// Transactions committed (in at-least-once mode: batches).
  public var transactions = 0
  /// Transactions aborted.
  public var aborts = 0
  /// Producers given up because they were broken or their transaction's fate unknown.
  public var producersAbandoned = 0
  /// Calls that failed in passing and were made again.
  public var retries = 0
  /// Assignments taken from the group.
  public var rebalances = 0
  /// How often a worker stopped reading because of too many dead letters.
  public var suspensions = 0
  /// Records that arrived a second time and were dropped.
  public var repeatedRecords = 0
  /// Partitions that took a new model.
  public var modelSwitches = 0
  /// Of these, the ones for which some decided records had been due.
  public var lateModelSwitches = 0
  /// Records not read yet in the partitions owned, when last looked at.
  public var lag: Int64 = 0
  /// From append to commit, by the two machines' clocks.
  public var latency = LatencyHistogram()

  /// Nothing done yet.
  public init() {}

  /// The number of dead letters of every class.
  public var deadLetterCount: Int { deadLetters.values.reduce(0, +) }

  /// Adds another worker's figures.
  ///
  /// - Parameter other: The other worker's figures.
  public mutating func merge(_ other: ScorerStatistics) {
    events += other.events
    outcomes.merge(other.outcomes, uniquingKeysWith: +)
    deadLetters.merge(other.deadLetters, uniquingKeysWith: +)
    transactions += other.transactions
    aborts += other.aborts
    producersAbandoned += other.producersAbandoned
    retries += other.retries
    rebalances += other.rebalances
    suspensions += other.suspensions
    repeatedRecords += other.repeatedRecords
    modelSwitches += other.modelSwitches
    lateModelSwitches += other.lateModelSwitches
    lag += other.lag
    latency.merge(other.latency)
  }
}
