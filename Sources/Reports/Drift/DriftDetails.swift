import DriftDetection

/// Every field with its drawings, folded until somebody opens it.
struct DriftDetails {
  let report: DriftReport

  /// Writes the section.
  func write(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "details")]) { html in
      html.element("h2", [], "Field by field")
      for index in report.ranking {
        html.element("details", [.class("field drift")]) { html in
          summary(index, into: &html)
          // A link to what is folded opens it, also without a script.
          html.element("div", [HTMLAttribute("id", "f\(index)")]) { html in
            DriftFigures(report: report, feature: index).write(into: &html)
          }
        }
        html.markup("\n")
      }
    }
  }

  private func summary(_ index: Int, into html: inout HTMLWriter) {
    html.element("summary") { html in
      html.element("span", [.class("title")]) { html in
        html.element("b", [], report.name(index))
        if report.state.columns[index].role == .protected { Chip("protected").write(into: &html) }
        let label = report.state.columns[index].label
        if !label.isEmpty { html.element("span", [.class("soft small")], " " + label) }
      }
      html.element("span", [.class("measure")]) { html in
        html.text("PSI \(NumberText.fixed(report.features[index].stability, digits: 3))")
        if report.verdict(index) != .stable { report.verdict(index).chip.write(into: &html) }
      }
    }
  }
}

/// One feature: distributions, course, and figures that the table has no room for.
struct DriftFigures {
  /// Categories drawn at most; the others are told as one.
  private static let drawnCategories = 9

  let report: DriftReport
  let feature: Int

  /// Writes the drawings and figures.
  func write(into html: inout HTMLWriter) {
    html.element("div", [.class("figures")]) { html in
      distribution(into: &html)
      course(into: &html)
    }
    FactList(facts).write(into: &html)
  }

  private var name: String { report.title(of: feature) }

  private func distribution(into html: inout HTMLWriter) {
    let shares = report.shares(of: feature)
    html.element("figure") { html in
      switch report.state.profile.features[feature].bins {
      case .number(let bins):
        ComparedColumns(
          before: shares.before,
          now: shares.now,
          edges: [bins.least] + bins.edges + [bins.largest],
          label: "Distribution of \(name) over the reference's quantiles"
        ).write(into: &html)
      case .category(let bins):
        ComparedBars(bars: bars(bins, shares), label: "Categories of \(name)").write(into: &html)
      }
    }
  }

  /// The categories with the largest shares, then the others, new ones and missing values, as far as there are any.
  private func bars(_ bins: CategoryBins, _ shares: (before: [Double], now: [Double])) -> [ComparedBars.Bar] {
    let column = report.state.columns[feature]
    func bar(_ label: String, _ slots: some Sequence<Int>) -> ComparedBars.Bar {
      let slots = Array(slots)
      return ComparedBars.Bar(
        label: label,
        before: slots.reduce(0) { $0 + shares.before[$1] },
        now: slots.reduce(0) { $0 + shares.now[$1] }
      )
    }
    let ranked = bins.named.indices.sorted {
      (max(shares.before[$1], shares.now[$1]), $0) < (max(shares.before[$0], shares.now[$0]), $1)
    }
    var bars = ranked.prefix(Self.drawnCategories).map {
      bar(column.name(ofCategory: bins.named[$0]), [$0])
    }
    let rest = ranked.dropFirst(Self.drawnCategories)
    let others = [
      bar("\(rest.count) others", rest), bar("rare ones", [bins.restSlot]),
      bar("never seen before", [bins.unseenSlot]),
      bar("missing", [bins.missingSlot]),
    ]
    bars += others.filter { $0.before > 0 || $0.now > 0 }
    return bars
  }

  private func course(into html: inout HTMLWriter) {
    guard report.course.count > 1, let first = report.state.windows.first,
      let last = report.state.windows.last
    else { return }
    html.element("figure") { html in
      CourseLine(
        values: report.course.map { $0[feature] },
        levels: [0.25, 0.1],
        ends: (first.name, last.name),
        label: "Index of \(name) by window"
      ).write(into: &html)
    }
  }

  private var facts: [FactList.Fact] {
    let drift = report.features[feature]
    let column = report.state.columns[feature]
    var facts: [FactList.Fact] = [
      .init("PSI", NumberText.fixed(drift.stability, digits: 4)),
      .init("of it chance, 95 %", NumberText.fixed(drift.noise, digits: 4)),
      .init("chi-square", NumberText.short(drift.test.statistic)),
      .init("p, adjusted", ProbabilityText.text(report.adjusted[feature])),
    ]
    if let test = column.rows?.kolmogorovSmirnov {
      facts.append(
        .init("KS, p", "\(NumberText.fixed(test.statistic, digits: 4)), \(ProbabilityText.text(test.pValue))")
      )
    }
    if let distance = column.rows?.wasserstein ?? drift.wasserstein {
      facts.append(.init("Wasserstein", NumberText.short(distance)))
    }
    if drift.missing.before > 0 || drift.missing.now > 0 {
      facts.append(.init("missing", change(drift.missing)))
    }
    if drift.unseen.now > 0 { facts.append(.init("unseen", NumberText.percent(drift.unseen.now, digits: 2))) }
    if let shift = drift.scoreShift {
      facts.append(.init("moved the score by", SignedText.text(shift, digits: 4)))
    }
    return facts
  }

  private func change(_ change: FeatureDrift.Change) -> String {
    "\(NumberText.percent(change.before)) → \(NumberText.percent(change.now))"
  }
}
