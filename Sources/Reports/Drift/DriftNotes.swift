import DriftDetection

/// Data quality, performance, and what another tool would say: each where the state has it.
struct DriftNotes {
  let report: DriftReport

  /// Writes the sections.
  func write(into html: inout HTMLWriter) {
    let state = report.state
    if !state.quality.isEmpty {
      section("quality", "Data quality", into: &html) { html in
        DataTable(
          caption: "Data quality",
          columns: [.text("Check"), .text("About"), .text("Finding"), .text("")],
          rows: state.quality.map {
            [$0.check, $0.subject, $0.finding, $0.isConcern ? "look at it" : "fine"]
          }
        ).write(into: &html)
      }
    }
    if !state.performance.isEmpty {
      section("performance", "Performance", into: &html) { html in
        DataTable(
          caption: "Performance",
          columns: [
            .text("Figure"), .figure("at training"), .figure("realised"), .figure("estimated"),
            .figure("outcomes"), .text(""),
          ],
          rows: state.performance.map { note in
            func text(_ value: Double?) -> String {
              value.map { NumberText.fixed($0, digits: 4) } ?? "–"
            }
            return [
              note.name, text(note.atTraining), text(note.realised), text(note.estimated),
              NumberText.count(note.outcomeCount), note.isConcern ? "worse than at training" : "",
            ]
          }
        ).write(into: &html)
      }
    }
    if let evidently = state.evidently {
      section("evidently", "As Evidently sees it", into: &html) { write(evidently, into: &$0) }
    }
  }

  private func write(_ evidently: EvidentlyVerdicts, into html: inout HTMLWriter) {
    html.element(
      "p",
      [],
      "\(evidently.driftedCount) of \(evidently.columns.count) columns drifted "
        + "(\(NumberText.percent(evidently.share, digits: 0))); Evidently calls that "
        + "\(evidently.isDrift ? "dataset drift" : "no dataset drift"), from "
        + "\(NumberText.percent(EvidentlyVerdicts.driftShare, digits: 0)) on."
    )
    html.element(
      "p",
      [.class("soft")],
      "Its default measures and thresholds to the digit. Missing values are dropped before, the reference is taken as "
        + "exact, and nothing allows for how many columns are judged at once."
    )
    html.element("details", [.class("more")]) { html in
      html.element("summary", [], "All columns")
      DataTable(
        caption: "Evidently's verdicts",
        columns: [.text("Column"), .text("Measure"), .figure("value"), .figure("threshold"), .text("")],
        rows: evidently.columns.map { column in
          let verdict = column.verdict
          return [
            column.name, verdict.method.rawValue, NumberText.short(verdict.value),
            NumberText.short(verdict.method.threshold), verdict.isDrift ? "drift" : "",
          ]
        }
      ).write(into: &html)
    }
  }

  private func section(
    _ anchor: String,
    _ title: String,
    into html: inout HTMLWriter,
    _ content: (inout HTMLWriter) -> Void
  ) {
    html.element("section", [HTMLAttribute("id", anchor)]) { html in
      html.element("h2", [], title)
      content(&html)
    }
  }
}
