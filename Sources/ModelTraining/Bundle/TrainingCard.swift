import Reports

/// The report for people: one page without scripts or anything from elsewhere.
struct TrainingCard {
  /// What is shown.
  let report: TrainingReport

  /// The page.
  var html: String {
    """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(report.model))</title>
    <style>
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
    table { border-collapse: collapse; width: 100% }
    th, td { text-align: left; padding: .2rem .5rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
    td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
    td.bar { width: 40% }
    td.bar div { background: #4676b0; height: .8rem }
    </style>
    <h1>\(escaped(report.model))</h1>
    <p>Learnt from \(report.data.rowCount) applications\(source), of which \(report.data.defaultCount) defaulted
    (\(percent(Double(report.data.defaultCount) / Double(report.data.rowCount)))). All figures are measured on rows
    that the measured model did not see: \(report.parameters.folds) folds, divided \(report.parameters.repeats)
    times, seed \(report.seed).</p>
    <h2>Quality</h2>
    <table>
    <tr><th>Figure<th>Mean<th>Spread (standard deviation)
    \(metricRows)
    </table>
    <h2>Decision</h2>
    <table>
    \(row("Calibration", report.calibration.chosen))
    \(row("Threshold (\(report.thresholdRule.chosen == "break_even" ? "break-even" : "least cost"))", percent(report.threshold)))
    \(row("Referred from", percent(report.referFrom)))
    \(row("Declined from", percent(report.declineFrom)))
    \(row("Approved", percent(report.outcomes.approve)))
    \(row("Referred", percent(report.outcomes.refer)))
    \(row("Declined", percent(report.outcomes.decline)))
    </table>
    <h2>Model</h2>
    <p>\(report.rounds) rounds of trees of depth up to \(report.parameters.maxDepth) on \(report.featureCount)
    features, XGBoost \(escaped(report.xgboostVersion)). The features that lower the loss most:</p>
    <table>
    \(importanceRows)
    </table>
    </html>

    """
  }

  private var source: String {
    report.data.name.isEmpty ? "" : " (\(escaped(report.data.name)))"
  }

  private var metricRows: String {
    let metrics = report.metrics
    return [
      ("Area under the ROC curve", metrics.areaUnderROC),
      ("Log loss", metrics.logLoss),
      ("Brier score", metrics.brierScore),
      ("Expected calibration error", metrics.expectedCalibrationError),
      ("Cost per application", metrics.costPerApplication),
    ].map { name, summary in
      """
      <tr><td>\(name)<td class="figure">\(NumberText.fixed(summary.mean, digits: 4))\
      <td class="figure">± \(NumberText.fixed(summary.standardDeviation, digits: 4))
      """
    }.joined(separator: "\n")
  }

  private var importanceRows: String {
    let shown = report.importances.prefix(20)
    let greatest = shown.first?.share ?? 1
    return shown.map { importance in
      """
      <tr><td>\(escaped(importance.feature))<td class="figure">\(percent(importance.share))\
      <td class="bar"><div style="width: \(NumberText.fixed(100 * importance.share / greatest, digits: 1))%"></div>
      """
    }.joined(separator: "\n")
  }

  private func row(_ name: String, _ value: String) -> String {
    "<tr><td>\(name)<td class=\"figure\">\(value)"
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, digits: 1) + " %" }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
