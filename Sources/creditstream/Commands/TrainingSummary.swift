import CreditEvents
import FeaturePipeline
import ModelRegistry
import ModelTraining

/// What a person wants to know after a training, in one screen.
enum TrainingSummary {
  static func text(_ report: TrainingReport, _ bundle: ModelBundle) -> String {
    let metrics = report.metrics
    let figures = Terminal.table([
      ["out of fold", "mean", "spread"],
      row("AUC", metrics.areaUnderROC),
      row("log loss", metrics.logLoss),
      row("Brier score", metrics.brierScore),
      row("calibration error", metrics.expectedCalibrationError),
      row("cost per application", metrics.costPerApplication),
    ])
    let model = bundle.manifest.model
    let shares = report.outcomes
    return """
      \(report.data.rowCount) rows, \(report.data.defaultCount) defaults, \(report.featureCount) features, \
      \(report.rounds) rounds, seed \(report.seed)

      \(figures)

      calibration \(report.calibration.chosen); refer from \(Terminal.fixed(report.referFrom, 4)), decline from \
      \(Terminal.fixed(report.declineFrom, 4))
      approve \(percent(shares.approve)), refer \(percent(shares.refer)), decline \(percent(shares.decline))
      \(omissions(report))
      registered \(model.name) version \(model.version) in \(bundle.path)
      identity \(model.sha256)
      put it in force:  creditstream model activate \(model.name) \(model.version) --registry DIR --brokers HOST:PORT
      """
  }

  /// What the selection left out, a line each; nothing where nothing was.
  private static func omissions(_ report: TrainingReport) -> String {
    guard !report.omissions.isEmpty else { return "" }
    let lines = report.omissions.map { omission in
      "  \(omission.feature.name): \(omission.feature.reason) (also in \(omission.foldCount) of "
        + "\(report.validationRounds.count) validated models)"
    }
    return "left out by the selection:\n\(lines.joined(separator: "\n"))\n"
  }

  private static func row(_ name: String, _ summary: MetricSummary) -> [String] {
    [name, Terminal.fixed(summary.mean, 5), Terminal.fixed(summary.standardDeviation, 5)]
  }

  private static func percent(_ share: Double) -> String { Terminal.fixed(share * 100, 1) + " %" }
}
