import DriftDetection

/// All fields in one table that can be sorted and searched.
struct DriftTable {
  let report: DriftReport

  private var hasShift: Bool { !report.scoreShift.parts.isEmpty }
  private var alarms: [Int: UInt64] {
    Dictionary(
      (report.state.detection?.alarms ?? []).map { ($0.feature, $0.rowCount) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Writes the section.
  func write(into html: inout HTMLWriter) {
    let alarms = alarms
    let hasAlarms = report.state.detection.map { $0.stepCount > 0 } ?? false
    html.element("section", [HTMLAttribute("id", "fields")]) { html in
      html.element("h2", [], "All fields")
      html.element("p", [.class("soft")]) { html in
        html.text(
          "The field that moved most comes first; a click on a head sorts, a click on a name leads to the field."
        )
        html.markup(
          " <span class=\"keys\"><i class=\"key before-key\"></i>reference <i class=\"key now-key\"></i>now</span>"
        )
      }
      ScrollArea("All fields").write(into: &html) { html in
        html.element("table", [.class("sortable drift")]) { html in
          head(hasAlarms, into: &html)
          html.element("tbody") { html in
            for index in report.ranking {
              row(index, alarm: hasAlarms ? .some(alarms[index]) : nil, into: &html)
            }
          }
        }
      }
    }
  }

  private func head(_ hasAlarms: Bool, into html: inout HTMLWriter) {
    html.element("thead") { html in
      html.element("tr") { html in
        html.element("th", [HTMLAttribute("scope", "col")], "Field")
        html.element("th", [HTMLAttribute("scope", "col"), HTMLAttribute("data-fixed", "")], "Distribution")
        html.element("th", [HTMLAttribute("scope", "col"), .class("figure")], "Verdict")
        let figures =
          ["PSI", "noise", "JS", "KS", "W/σ", "p", "missing before", "now", "unseen"]
          + (hasShift ? ["score"] : []) + (hasAlarms ? ["alarm after"] : [])
        for figure in figures {
          html.element("th", [HTMLAttribute("scope", "col"), .class("figure")], figure)
        }
      }
    }
  }

  /// Writes a row; the alarm is doubly optional: whether the detector ran, and whether it found one.
  private func row(_ index: Int, alarm: UInt64??, into html: inout HTMLWriter) {
    let feature = report.features[index]
    let verdict = report.verdict(index)
    html.element("tr") { html in
      html.element("td", [.class("name")]) { html in
        html.element("a", [HTMLAttribute("href", "#f\(index)")], report.name(index))
      }
      html.element("td") { html in
        let shares = report.shares(of: index)
        SmallDistribution(before: shares.before, now: shares.now).write(into: &html)
      }
      html.element("td", [HTMLAttribute("data-v", "\(verdict.rank)")]) { verdict.chip.write(into: &$0) }
      cell(NumberText.fixed(feature.stability, digits: 4), into: &html)
      cell(NumberText.fixed(feature.noise, digits: 4), into: &html)
      cell(NumberText.fixed(feature.jensenShannon, digits: 3), into: &html)
      cell(kolmogorovSmirnov(index), into: &html)
      cell(wasserstein(index), into: &html)
      cell(ProbabilityText.text(report.adjusted[index]), into: &html)
      cell(NumberText.percent(feature.missing.before), into: &html)
      cell(NumberText.percent(feature.missing.now), into: &html)
      cell(NumberText.percent(feature.unseen.now, digits: 2), into: &html)
      if hasShift { cell(feature.scoreShift.map { SignedText.text($0) } ?? "–", into: &html) }
      if let alarm { cell(alarm.map { NumberText.count(Int(clamping: $0)) } ?? "–", into: &html) }
    }
    html.markup("\n")
  }

  private func cell(_ text: String, into html: inout HTMLWriter) { html.element("td", [], text) }

  private func kolmogorovSmirnov(_ index: Int) -> String {
    if let test = report.state.columns[index].rows?.kolmogorovSmirnov {
      return NumberText.fixed(test.statistic, digits: 3)
    }
    return report.features[index].kolmogorovSmirnov.map {
      NumberText.fixed($0.lowerBound, digits: 3) + "…" + NumberText.fixed($0.upperBound, digits: 3)
    } ?? "–"
  }

  private func wasserstein(_ index: Int) -> String {
    report.normedWasserstein(index).map { NumberText.fixed($0, digits: 3) } ?? "–"
  }
}

extension DriftReport {
  /// Shares of the rows by slot, before and now; 0 everywhere for an empty sample.
  func shares(of feature: Int) -> (before: [Double], now: [Double]) {
    func shares(_ counts: [UInt64]) -> [Double] {
      let rows = counts.reduce(0, +)
      return counts.map { rows == 0 ? 0 : Double($0) / Double(rows) }
    }
    return (shares(features[feature].reference), shares(features[feature].current))
  }

  /// The Wasserstein distance in standard deviations of the reference; nil for categories and constants.
  func normedWasserstein(_ feature: Int) -> Double? {
    guard let spread = state.profile.features[feature].moments?.standardDeviation, spread > 0 else {
      return nil
    }
    return (state.columns[feature].rows?.wasserstein ?? features[feature].wasserstein).map { $0 / spread }
  }
}

/// A p-value as text.
enum ProbabilityText {
  /// Too small a one for a double is not nothing.
  static func text(_ value: Double) -> String { value == 0 ? "< 1e-300" : NumberText.short(value) }
}
