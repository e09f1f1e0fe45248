import CreditEvents
import CreditScoring
import Foundation
import ModelRegistry
import Simulation

/// What a demo shows at its end: the figures, the check, and three decisions in words.
enum DemoReport {
  static func text(_ result: DemoResult, _ material: DemoMaterial) -> String {
    let language = language(of: material.bundle.model.policy)
    let decisions = Decision.Outcome.allCases.compactMap { result.samples[$0] }
      .map { decision($0, material.bundle.model.policy, language) }
    return ([figures(result)] + decisions).joined(separator: "\n\n")
  }

  private static func figures(_ result: DemoResult) -> String {
    let verdict = result.verdict
    let ledger = result.ledger
    let agreement = result.marginAgreement
    let answered = max(1, ledger.decisions)
    let outcomes = Decision.Outcome.allCases.map { outcome in
      let count = ledger.outcomes[outcome] ?? 0
      return "\(outcome.rawValue) \(count) (\(Terminal.fixed(Double(count) / Double(answered) * 100, 1)) %)"
    }.joined(separator: ", ")
    let rejections = RejectionClass.allCases.compactMap { kind in
      ledger.rejections[kind].map { "\(kind.rawValue) \($0)" }
    }.joined(separator: ", ")
    let flaws = result.published.flaws.values.reduce(0, +)
    let spoilt = flaws > 0 ? " (\(flaws) records were spoilt on purpose)" : ""
    let margins =
      "\(agreement.equal) equal to the path of files to the bit, \(agreement.different) not" + spoilt
    return Terminal.table([
      ["published", "\(verdict.published)"],
      ["decisions", "\(ledger.decisions), \(ledger.distinctApplications) distinct applications"],
      ["outcomes", outcomes],
      [
        "dead letters", rejections.isEmpty ? "\(ledger.deadLetters)" : "\(ledger.deadLetters): \(rejections)",
      ],
      ["answered once", "\(verdict.answeredOnce)"],
      ["unanswered", "\(verdict.unanswered)"],
      ["answered twice", "\(verdict.answeredTwice)"],
      ["margins", margins],
      [
        "throughput",
        "\(Int(Double(ledger.answers) / result.seconds)) events/s, publishing and reading included",
      ],
      [
        "latency",
        "append to commit p50 \(ScorerSummary.latency(result.statistics, 0.5)), "
          + "p99 \(ScorerSummary.latency(result.statistics, 0.99))",
      ],
    ])
  }

  private static func decision(_ decision: Decision, _ policy: Policy, _ language: String) -> String {
    var lines = [
      "\(decision.outcome.rawValue.uppercased())  application \(decision.applicationID): probability of default "
        + "\(Terminal.fixed(decision.probabilityOfDefault * 100, 1)) % "
        + "(declined from \(Terminal.fixed(decision.thresholds.declineFrom * 100, 1)) %), \(decision.points) points"
    ]
    for code in decision.rules {
      let text = policy.knockOuts.first { $0.code == code }?.texts[language] ?? code
      lines.append("  rule: \(text)")
    }
    for (rank, reason) in decision.reasons.enumerated() {
      let text = policy.reasons.first { $0.code == reason.code }?.texts[language] ?? reason.code
      lines.append("  \(rank + 1). \(text)  (+\(Terminal.fixed(reason.contribution, 3)))")
    }
    return lines.joined(separator: "\n")
  }

  /// The person's language if the policy speaks it, else English.
  private static func language(of policy: Policy) -> String {
    let environment = ProcessInfo.processInfo.environment
    let wanted = (environment["LC_ALL"] ?? environment["LANG"] ?? "").prefix(2)
    return policy.languages.contains(String(wanted)) ? String(wanted) : "en"
  }
}
