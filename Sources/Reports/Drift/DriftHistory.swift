import DriftDetection

/// Alarms and alerts: when what was noticed.
struct DriftHistory {
  let report: DriftReport

  /// Writes the section, if there is anything to tell.
  func write(into html: inout HTMLWriter) {
    let alerts = report.state.alerts
    let alarms = report.state.detection?.alarms ?? []
    guard !alerts.isEmpty || report.state.detection != nil else { return }
    html.element("section", [HTMLAttribute("id", "alerts")]) { html in
      html.element("h2", [], "Alerts")
      if alerts.isEmpty, alarms.isEmpty { html.element("p", [.class("soft")], "No alarm.") }
      if !alerts.isEmpty {
        DataTable(
          caption: "Alerts, the latest first",
          columns: [.text("When"), .text("What"), .text("About"), .text("How far"), .text("Evidence")],
          rows: alerts.reversed().map {
            [$0.time, $0.change.rawValue, $0.subject, $0.severity.rawValue, $0.detail]
          }
        ).write(into: &html)
      }
      if !alarms.isEmpty { alarmTable(alarms).write(into: &html) }
    }
  }

  private func alarmTable(_ alarms: [DetectionSummary.Alarm]) -> DataTable {
    DataTable(
      caption: "Alarms of the sequential detector, the first first",
      columns: [.text("Field in alarm"), .figure("after rows"), .figure("PSI"), .figure("score")],
      rows: alarms.map { alarm in
        let drift = report.features[alarm.feature]
        return [
          report.title(of: alarm.feature), NumberText.count(Int(clamping: alarm.rowCount)),
          NumberText.fixed(drift.stability, digits: 4), drift.scoreShift.map { SignedText.text($0) } ?? "–",
        ]
      }
    )
  }
}
