import CreditEvents
import ScoringStream

/// What a scorer did, in two lines for a person.
enum ScorerSummary {
  static func text(_ statistics: ScorerStatistics) -> String {
    let outcomes = Decision.Outcome.allCases
      .map { "\($0.rawValue) \(statistics.outcomes[$0] ?? 0)" }.joined(separator: ", ")
    return """
      \(statistics.events) applications answered in \(statistics.transactions) transactions: \(outcomes), \
      dead letters \(statistics.deadLetterCount)
      append to decision: p50 \(latency(statistics, 0.5)), p99 \(latency(statistics, 0.99))
      """
  }

  /// A quantile of the latency in words.
  static func latency(_ statistics: ScorerStatistics, _ share: Double) -> String {
    statistics.latency.quantile(share).map { "\($0) ms" } ?? "–"
  }
}
