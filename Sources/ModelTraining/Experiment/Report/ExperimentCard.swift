import FeaturePipeline
import Reports

/// The model card for people: one page without scripts or anything from elsewhere.
///
/// Written in parts, each a section of the page; every figure stands beside its plot.
struct ExperimentCard {
  /// What is shown.
  let report: ExperimentReport

  /// The page, UTF-8.
  var bytes: [UInt8] {
    Page(title: "Model card: \(report.model)").bytes { html in
      heading(into: &html)
      section("comparison", "Which model, and why", into: &html) { comparison(into: &$0) }
      section("quality", "How good it is", into: &html) { quality(into: &$0) }
      section("decision", "What is decided", into: &html) { decision(into: &$0) }
      section("explanation", "Why it decides so", into: &html) { explanation(into: &$0) }
      section("fairness", "How groups of clients fare", into: &html) { fairness(into: &$0) }
      section("search", "All candidates", into: &html) { search(into: &$0) }
      section("origin", "Data, seeds and versions", into: &html) { origin(into: &$0) }
    }
  }

  private static let sections = [
    ("comparison", "Comparison"), ("quality", "Quality"), ("decision", "Decision"),
    ("explanation", "Explanation"), ("fairness", "Fairness"), ("search", "Candidates"), ("origin", "Origin"),
  ]

  private func heading(into html: inout HTMLWriter) {
    let held = report.finalists[0]
    html.element("p", [.class("kicker")], "Model card")
    html.element("h1", [], report.model)
    html.element(
      "p",
      [],
      "\(report.chosen.candidate.kind.title), \(NumberText.count(report.rounds)) "
        + "\(report.chosen.candidate.kind == .boosting ? "rounds" : "round") of trees on \(report.featureCount) features, "
        + "learnt from \(NumberText.count(report.data.rowCount)) applications of which "
        + "\(NumberText.count(report.data.defaultCount)) defaulted. The figures below come from "
        + "\(NumberText.count(report.data.holdoutCount)) applications on which nothing was chosen."
    )
    if report.isShuffled {
      Notice(
        .alarm,
        "Outcomes were shuffled",
        ["This is a check that nothing is learnt from chance, and no model."]
      )
      .write(into: &html)
    }
    if let winner = report.winnerOutsideTrees {
      Notice(
        .note,
        "\(winner.candidate.kind.title) was better",
        [
          "Out of fold it has an area of \(figure(winner.area.value)) against \(figure(report.chosen.area.value)). Only "
            + "tree models can be put into a bundle, so the best of these was taken; ask whether so much machinery is needed."
        ]
      ).write(into: &html)
    }
    FactList(
      [
        .init("Area under ROC", figure(held.area.value), remark: interval(held.area.lower, held.area.upper)),
        .init("Gini", figure(held.area.gini), remark: "KS \(figure(held.separation))"),
        .init(
          "Calibration error",
          NumberText.percent(held.expectedCalibrationError, digits: 2),
          remark: "Brier \(NumberText.fixed(held.brierScore, digits: 4))"
        ),
        .init(
          "Cost per application",
          NumberText.fixed(held.costPerApplication, digits: 4),
          remark: "at threshold \(NumberText.percent(held.threshold))"
        ),
        .init("Approved", NumberText.percent(report.decisions.shares.approve), remark: "out of fold"),
      ],
      areLarge: true
    ).write(into: &html)
    html.element("nav") { html in
      html.element("ul") { html in
        for (id, title) in Self.sections {
          html.element("li") { $0.element("a", [HTMLAttribute("href", "#\(id)")], title) }
        }
      }
    }
  }

  private func section(
    _ id: String,
    _ title: String,
    into html: inout HTMLWriter,
    _ content: (inout HTMLWriter) -> Void
  ) {
    html.element("section", [HTMLAttribute("id", id)]) { html in
      html.element("h2", [], title)
      content(&html)
    }
  }

  /// A figure to four digits; a dash where there is none.
  func figure(_ value: Double) -> String { value.isFinite ? NumberText.fixed(value, digits: 4) : "–" }

  /// An interval to four digits; a dash where there is none.
  func interval(_ lower: Double, _ upper: Double) -> String {
    lower.isFinite && upper.isFinite ? "\(figure(lower)) to \(figure(upper))" : "–"
  }
}
