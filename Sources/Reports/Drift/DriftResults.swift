import DriftDetection

/// Score, decisions and outcomes: what the drift did, before what it was.
struct DriftResults {
  let report: DriftReport

  /// Writes the section, if there is a result to show.
  func write(into html: inout HTMLWriter) {
    guard !report.results.isEmpty else { return }
    html.element("section", [HTMLAttribute("id", "results")]) { html in
      html.element("h2", [], "Score and decisions")
      html.element("div", [.class("card figures")]) { html in
        for index in report.results {
          html.element("div") { html in
            html.element("h3") { html in
              html.text(report.title(of: index))
              report.verdict(index).chip.write(into: &html)
            }
            DriftFigures(report: report, feature: index).write(into: &html)
          }
        }
      }
    }
  }
}

/// Which features moved the score, and which way.
struct DriftShift {
  private static let shown = 12

  let report: DriftReport

  /// Writes the section, if contributions are known.
  func write(into html: inout HTMLWriter) {
    let shift = report.scoreShift
    guard !shift.parts.isEmpty else { return }
    html.element("section", [HTMLAttribute("id", "shift")]) { html in
      html.element("h2", [], "What moved the score")
      html.element(
        "p",
        [.class("soft")],
        "How far each field moved the mean log-odds of default: to the right more risk, to the left less. Together "
          + "\(SignedText.text(shift.total)) of log-odds."
      )
      html.element("div", [.class("card")]) { html in
        let parts = shift.parts.prefix(Self.shown)
        ShiftBars(
          bars: parts.map { ShiftBars.Bar(label: report.name($0.feature), amount: $0.shift) },
          label: "Shift of the mean log-odds by field: "
            + parts.map { "\(report.name($0.feature)) \(SignedText.text($0.shift))" }.joined(separator: ", ")
        ).write(into: &html)
        if shift.parts.count > Self.shown {
          let rest = shift.parts.dropFirst(Self.shown).reduce(0) { $0 + $1.shift }
          html.element(
            "p",
            [.class("soft small")],
            "The other \(shift.parts.count - Self.shown) fields together: \(SignedText.text(rest))."
          )
        }
      }
    }
  }
}
