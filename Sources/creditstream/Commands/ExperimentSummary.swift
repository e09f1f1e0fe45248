import CreditEvents
import ModelRegistry
import ModelTraining

/// What a person wants to know after an experiment, in one screen.
enum ExperimentSummary {
  static func text(_ report: ExperimentReport, _ bundle: ModelBundle?) -> String {
    let shown = shown(report)
    let candidates = Terminal.table(
      [["out of fold", "resampling", "AUC", "95 %", "Brier", "calibration error", "cost", "seconds"]]
        + shown.map { figures in
          [
            figures.candidate.kind.title, figures.candidate.resampling.rawValue,
            Terminal.fixed(figures.area.value, 4), interval(figures.area.lower, figures.area.upper),
            Terminal.fixed(figures.brierScore, 5), Terminal.fixed(figures.expectedCalibrationError, 4),
            Terminal.fixed(figures.costPerApplication, 4), Terminal.fixed(figures.trainingSeconds, 1),
          ]
        }
    )
    let holdout = Terminal.table(
      [["held out", "AUC", "95 %", "calibration error", "cost", "chosen less this, 95 %"]]
        + report.finalists.enumerated().map { place, figures in
          let comparison = figures.chosenComparison
          return [
            figures.kind?.title ?? figures.name, Terminal.fixed(figures.area.value, 4),
            interval(figures.area.lower, figures.area.upper),
            Terminal.fixed(figures.expectedCalibrationError, 4),
            Terminal.fixed(figures.costPerApplication, 4),
            place == 0 ? "" : interval(comparison.lower, comparison.upper),
          ]
        }
    )
    let decisions = report.decisions
    return """
      \(report.data.rowCount) rows, \(report.data.defaultCount) defaults, \(report.data.holdoutCount) of them held \
      out; \(report.candidates.count) candidates, seed \(report.seed)

      \(candidates)

      \(holdout)

      chosen: \(report.chosen.candidate.key), \(report.rounds) rounds, calibration \
      \(report.chosen.calibration.rawValue)
      \(winner(report))threshold \(Terminal.fixed(decisions.threshold, 4)) (\(decisions.thresholdRule.chosen)), cheapest within \
      \(interval(decisions.bootstrap.lower, decisions.bootstrap.upper)); refer from \
      \(Terminal.fixed(decisions.referFrom, 4)), decline from \(Terminal.fixed(decisions.declineFrom, 4))
      leading reason the same under another seed: \(Terminal.fixed(100 * report.reasonAgreement.leading, 1)) % of \
      \(report.reasonAgreement.rowCount)
      \(registered(bundle))
      """
  }

  /// The best of each kind with each resampling; the search's other points stand in the card.
  private static func shown(_ report: ExperimentReport) -> [CandidateFigures] {
    var seen: Set<String> = []
    return report.candidates.filter { figures in
      seen.insert("\(figures.candidate.kind) \(figures.candidate.resampling)").inserted
    }
  }

  private static func winner(_ report: ExperimentReport) -> String {
    guard let winner = report.winnerOutsideTrees else { return "" }
    return "\(winner.candidate.key) was better, but only tree models can be put into a bundle\n"
  }

  private static func registered(_ bundle: ModelBundle?) -> String {
    guard let bundle else { return "outcomes were shuffled: nothing registered" }
    let model = bundle.manifest.model
    return """
      registered \(model.name) version \(model.version) in \(bundle.path)
      identity \(model.sha256)
      put it in force:  creditstream model activate \(model.name) \(model.version) --registry DIR --brokers HOST:PORT
      """
  }

  private static func interval(_ lower: Double, _ upper: Double) -> String {
    "\(Terminal.fixed(lower, 4))...\(Terminal.fixed(upper, 4))"
  }
}
