import FeaturePipeline
import Reports

extension ExperimentCard {
  /// Global importance, single rows, dependence, and whether reasons are stable.
  func explanation(into html: inout HTMLWriter) {
    let explained = report.explanation
    let agreement = report.reasonAgreement
    html.element(
      "p",
      [],
      "Exact SHAP values of the final model in log-odds, over \(explained.rowCount) applications; one-hot columns are "
        + "summed into their field. Shuffling each field among held-out rows orders the fields alike with a rank "
        + "correlation of \(NumberText.fixed(explained.agreement, digits: 2))."
    )
    html.element(
      "p",
      [],
      agreement.rowCount == 0
        ? "Nothing was refused, so there are no reasons to compare with those of another seed."
        : "Fitted again with another seed, the model gives the same leading reason to "
          + "\(NumberText.percent(agreement.leading)) of \(agreement.rowCount) applications that are not approved, and names it "
          + "among its four for \(NumberText.percent(agreement.amongFour)); the probabilities differ by "
          + "\(NumberText.percent(agreement.meanDifference, digits: 2)) on average."
    )
    html.element("div", [.class("figures")]) { html in
      Figure("Mean |SHAP|.", remark: "How far each field moves an application, on average.").write(
        into: &html
      ) { html in
        ShareBars(
          explained.fields.prefix(15).map {
            ($0.name, $0.meanMagnitude, NumberText.fixed($0.meanMagnitude, digits: 3))
          },
          label: "Mean absolute contribution of the first fields"
        ).write(into: &html)
      }
      Figure("Permutation.", remark: "By how much the held-out area falls when the field is shuffled.")
        .write(into: &html) { html in
          ShareBars(
            explained.fields.prefix(15).map {
              ($0.name, max(0, $0.permutation), NumberText.fixed($0.permutation, digits: 4))
            },
            label: "Fall of the area under the ROC curve under permutation of the first fields"
          ).write(into: &html)
        }
    }
    html.element("figure") { html in
      html.element("figcaption") { html in
        html.element("b", [], "Beeswarm.")
        html.text(" One dot an application; right raises the risk. Value low ")
        html.markup("<i class=\"level-key\"></i>")
        html.text(" high, grey missing.")
      }
      Beeswarm(
        zip(explained.fields, explained.points).map { field, points in (field.name, Self.dots(points)) },
        label: "Contributions of the first fields, a dot for each application"
      ).write(into: &html)
    }
    html.element("h3", [], "Dependence")
    html.element("div", [.class("figures")]) { html in
      for (field, points) in zip(explained.fields, explained.points).prefix(6) {
        Figure("\(field.name).", remark: Self.missing(points)).write(into: &html) { html in
          ScatterPlot(
            points.filter { !$0.value.isNaN }.map { (Double($0.value), $0.contribution) },
            names: (field.plotted, "contribution"),
            label: "Contribution of \(field.name) over its value"
          ).write(into: &html)
        }
      }
    }
  }

  private static func dots(_ points: [ExplanationFigures.Point]) -> [Beeswarm.Dot] {
    let sorted = points.map(\.value).filter { !$0.isNaN }.sorted()
    return points.map { point in
      guard !point.value.isNaN, !sorted.isEmpty else {
        return Beeswarm.Dot(effect: point.contribution, rank: nil)
      }
      // The first and last place of equal values, so that a flag's two values are the two ends.
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < point.value { low = middle + 1 } else { high = middle }
      }
      var (end, top) = (low, sorted.count)
      while end < top {
        let middle = (end + top) / 2
        if sorted[middle] <= point.value { end = middle + 1 } else { top = middle }
      }
      let rank = Double(low + end) / 2 / Double(sorted.count)
      return Beeswarm.Dot(effect: point.contribution, rank: min(0.999, rank))
    }
  }

  private static func missing(_ points: [ExplanationFigures.Point]) -> String {
    let unknown = points.filter { $0.value.isNaN }
    guard !unknown.isEmpty else { return "" }
    let mean = unknown.reduce(0) { $0 + $1.contribution } / Double(unknown.count)
    return
      "Missing in \(NumberText.percent(Double(unknown.count) / Double(points.count))): \(NumberText.fixed(mean, digits: 3)) on average."
  }

  /// Approval, default and error rates by group.
  func fairness(into html: inout HTMLWriter) {
    guard !report.fairness.isEmpty else {
      html.element("p", [], "The experiment declares no groups under fairness, so none is watched.")
      return
    }
    html.element(
      "p",
      [],
      "Watched, never optimised: protected fields are no features. Impact is a group's approval rate in relation to that "
        + "of the group approved most often (of at least \(FairnessFigures.leastReference) rows); below 0.8 is the usual sign to "
        + "look closer. Rows out of fold, intervals at 95 %."
    )
    for field in report.fairness {
      html.element("h3", [], field.field)
      DataTable(
        caption: "Decisions by \(field.field)",
        columns: [
          .text("Group"), .figure("Rows"), .figure("Approved"), .figure("95 %"), .figure("Default"),
          .figure("95 %"),
          .figure("Good declined"), .figure("Defaults missed"), .figure("Impact"), .figure("95 %"),
        ],
        rows: field.groups.map { group in
          [
            group.name, NumberText.count(group.rowCount), percent(group.approval.value),
            range(group.approval),
            percent(group.defaults.value), range(group.defaults), percent(group.refusedGood.value),
            percent(group.missedDefaults.value),
            group.impact.isFinite ? NumberText.fixed(group.impact, digits: 3) : "–",
            group.impactLower.isFinite
              ? "\(NumberText.fixed(group.impactLower, digits: 3)) to \(NumberText.fixed(group.impactUpper, digits: 3))"
              : "–",
          ]
        }
      ).write(into: &html)
    }
  }

  private func percent(_ share: Double) -> String { share.isFinite ? NumberText.percent(share) : "–" }

  private func range(_ rate: FairnessFigures.Rate) -> String {
    "\(NumberText.percent(rate.lower)) to \(NumberText.percent(rate.upper))"
  }
}
