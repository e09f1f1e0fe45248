import CreditEvents
import ScoringStream
import Simulation

/// What a demo found.
struct DemoResult: Sendable {
  var published: PublishProgress
  /// The records of each partition of the applications topic, by the cluster's account.
  var publishedByPartition: [Int32: Int]
  var ledger: AnswerLedger
  var samples: [Decision.Outcome: Decision]
  var statistics: ScorerStatistics
  var seconds: Double
  var margins: [String: Float]
  var expectedMargins: [String: Float]
  var wasInterrupted: Bool

  var verdict: AnswerLedger.Verdict { ledger.verdict(published: publishedByPartition) }

  /// Decisions whose margin has the bits that the path of files gives, and others.
  ///
  /// Spoilt records are left out: their values are not those of the table.
  var marginAgreement: (equal: Int, different: Int) {
    var agreement = (equal: 0, different: 0)
    for (id, margin) in margins {
      guard let expected = expectedMargins[id] else { continue }
      if expected.bitPattern == margin.bitPattern { agreement.equal += 1 } else { agreement.different += 1 }
    }
    return agreement
  }

  /// Whether every published record got exactly one answer, and margins agree but for spoilt records.
  var isClean: Bool {
    let spoilt = published.flaws.values.reduce(0, +)
    return verdict.isClean && verdict.published == published.applications
      && marginAgreement.different <= spoilt
  }
}
