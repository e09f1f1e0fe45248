public import DriftDetection

/// A drift report as one HTML page: what moved, how far, and what it did to the score.
///
/// The page opens offline and carries one script of its own, which sorts the table of fields.
public struct DriftPage: Sendable {
  private let report: DriftReport

  /// Creates a page.
  ///
  /// - Parameter report: The figures.
  public init(_ report: DriftReport) { self.report = report }

  /// Writes the page.
  ///
  /// - Returns: The whole page, UTF-8; the same report gives the same bytes.
  /// - Complexity: O(slots + windows · features).
  public func bytes() -> [UInt8] {
    let state = report.state
    let page = Page(title: "Drift of \(state.pipeline)", script: .sortableTables)
    return page.bytes { html in
      html.element("header") { html in
        html.element("p", [.class("kicker")], "Drift report")
        html.element("h1", [], state.pipeline)
        html.element("p", [.class("soft")], subtitle)
        navigation(into: &html)
      }
      html.element("main") { html in
        DriftOverview(report: report).write(into: &html)
        DriftResults(report: report).write(into: &html)
        DriftShift(report: report).write(into: &html)
        DriftTable(report: report).write(into: &html)
        DriftHistory(report: report).write(into: &html)
        DriftNotes(report: report).write(into: &html)
        DriftDetails(report: report).write(into: &html)
      }
      footer(into: &html)
    }
  }

  private var subtitle: String {
    let state = report.state
    let model = state.model.map { ", model \($0)" } ?? ""
    return "\(state.current.name) (\(Self.rows(state.current.rowCount))) against \(state.reference.name) "
      + "(\(Self.rows(state.reference.rowCount)))\(model)"
  }

  static func rows(_ count: UInt64) -> String { "\(NumberText.count(Int(clamping: count))) rows" }

  private func navigation(into html: inout HTMLWriter) {
    let state = report.state
    let sections: [(anchor: String, title: String, isThere: Bool)] = [
      ("results", "Score and decisions", !report.results.isEmpty),
      ("shift", "What moved the score", !report.scoreShift.parts.isEmpty),
      ("fields", "All fields", true),
      ("alerts", "Alerts", !state.alerts.isEmpty || state.detection != nil),
      ("quality", "Data quality", !state.quality.isEmpty),
      ("performance", "Performance", !state.performance.isEmpty),
      ("evidently", "As Evidently sees it", state.evidently != nil),
      ("details", "Field by field", true),
    ]
    html.element("nav", [HTMLAttribute("aria-label", "Sections")]) { html in
      html.element("ul") { html in
        for section in sections where section.isThere {
          html.element("li") { html in
            html.element("a", [HTMLAttribute("href", "#" + section.anchor)], section.title)
          }
        }
      }
    }
  }

  private func footer(into html: inout HTMLWriter) {
    html.element("footer") { html in
      for line in [
        "PSI is the population stability index in nats over the reference's deciles, named categories, values never seen "
          + "and missing ones, with half a row added to each bin. By custom 0.1 is a shift and 0.25 a large one. The "
          + "noise beside it is what chance alone exceeds once in twenty at these numbers of rows.",
        "A field differs when the two-sample chi-square test over the same bins survives the Benjamini–Hochberg "
          + "procedure over all fields at 5 %. With many rows nearly everything differs: judge by the index.",
        "JS is the Jensen–Shannon distance in nats. KS is the Kolmogorov–Smirnov distance: exact where the rows were at "
          + "hand, otherwise the bounds that the bins give. W/σ is the Wasserstein distance in standard deviations of "
          + "the reference.",
        "The shift of the score by field adds up share by bin times the mean contribution of the bin at training; what "
          + "moved within bins or through interactions is not in it.",
      ] { html.element("p", [], line) }
    }
  }
}
