import DriftDetection
import Reports

/// What a person wants to know after a comparison, in one screen.
enum DriftSummary {
  private static let shownFields = 12

  static func text(_ report: DriftReport, page: String?) -> String {
    let state = report.state
    var lines = [
      "\(state.current.name) (\(count(state.current.rowCount)) rows) against \(state.reference.name) "
        + "(\(count(state.reference.rowCount)) rows)",
      "\(report.drifted.count) of \(report.ranking.count) fields drifted (index of 0.1 or more, beyond chance); "
        + "\(report.differing.count) differ by more than chance",
    ]
    let shown = report.results + report.ranking.prefix(Self.shownFields)
    lines.append(
      Terminal.table(
        [["field", "verdict", "PSI", "noise", "KS", "W/σ", "p", "score"]] + shown.map { row($0, report) }
      )
    )
    if let alarms = alarms(report) { lines.append(alarms) }
    if let evidently = state.evidently {
      lines.append(
        "Evidently: \(evidently.driftedCount) of \(evidently.columns.count) columns drifted, "
          + (evidently.isDrift ? "dataset drift" : "no dataset drift")
      )
    }
    for note in state.quality where note.isConcern {
      lines.append("\(note.check)\(note.subject.isEmpty ? "" : " of \(note.subject)"): \(note.finding)")
    }
    lines += state.remarks
    if let page { lines.append("page: \(page)") }
    return lines.joined(separator: "\n")
  }

  /// Why there is drift, in one line.
  static func cause(_ report: DriftReport) -> String {
    let drifted = report.results.filter { report.verdict($0).isDrift } + report.drifted
    guard drifted.isEmpty else { return names(drifted, report) + " moved by an index of 0.1 or more" }
    return names(report.state.detection?.alarms.map(\.feature) ?? [], report) + " in alarm"
  }

  private static func row(_ index: Int, _ report: DriftReport) -> [String] {
    let drift = report.features[index]
    let rows = report.state.columns[index].rows
    let spread = report.state.profile.features[index].moments?.standardDeviation ?? 0
    return [
      report.state.profile.features[index].name, report.verdict(index).name,
      NumberText.fixed(drift.stability, digits: 4), NumberText.fixed(drift.noise, digits: 4),
      rows.map { NumberText.fixed($0.kolmogorovSmirnov.statistic, digits: 3) } ?? "–",
      rows.flatMap { spread > 0 ? NumberText.fixed($0.wasserstein / spread, digits: 3) : nil } ?? "–",
      NumberText.short(report.adjusted[index]),
      drift.scoreShift.map { NumberText.fixed($0, digits: 4) } ?? "–",
    ]
  }

  private static func alarms(_ report: DriftReport) -> String? {
    guard let detection = report.state.detection else { return nil }
    var lines: [String] = []
    if detection.stepCount == 0 {
      lines.append("sequential detector: could not run")
    } else if detection.alarms.isEmpty {
      lines.append(
        "sequential detector: no alarm in \(detection.stepCount) steps of \(detection.tolerance.stepEvents) rows"
      )
    } else {
      let shown = detection.alarms.prefix(10).map {
        "\(report.state.profile.features[$0.feature].name) after \(count($0.rowCount))"
      }
      let more = detection.alarms.count > 10 ? ", and \(detection.alarms.count - 10) more" : ""
      lines.append("in alarm (rows until then): " + shown.joined(separator: ", ") + more)
    }
    if let largest = detection.unwatched.map(\.requiredRows).max() {
      lines.append(
        "not watched, the reference is too small for an index of \(detection.tolerance.stability): "
          + names(detection.unwatched.map(\.feature), report)
          + "; give \(count(largest)) rows or a larger --tolerance"
      )
    }
    return lines.joined(separator: "\n")
  }

  private static func names(_ features: [Int], _ report: DriftReport) -> String {
    let names = features.prefix(5).map { report.state.profile.features[$0].name }
    return names.joined(separator: ", ") + (features.count > 5 ? " and \(features.count - 5) more" : "")
  }

  private static func count(_ rows: UInt64) -> String { NumberText.count(Int(clamping: rows)) }
}
