import CreditEvents
import Reports

/// One field on the page: a line that opens into its figures and drawings.
struct FieldSection {
  let field: FieldProfile
  let overview: Exploration.Overview

  private var hasOutcomes: Bool { field.association != nil }

  /// Writes the line with what it opens into.
  ///
  /// - Parameters:
  ///   - html: Receives it.
  ///   - isDrawn: Whether distributions are drawn.
  func write(into html: inout HTMLWriter, isDrawn: Bool) {
    html.element("details", [.class("field")]) { html in
      html.element("summary") { html in
        html.element("span", [.class("title")]) { html in
          html.element("b", [], field.name)
          Chip(field.kind.rawValue).write(into: &html)
          if let (word, kind) = field.role.chip { Chip(word, kind).write(into: &html) }
          if !field.label.isEmpty {
            html.open("br")
            html.element("span", [.class("soft small")], field.label)
          }
        }
        measure(
          field.missingCount == 0 ? "complete" : "\(NumberText.percent(field.missingShare)) missing",
          Meter(field.missingShare, isMissing: true),
          into: &html
        )
        if let strength = field.association?.strength {
          measure(
            "AUC alone \(NumberText.fixed(strength.area, digits: 3))",
            Meter(max(0, 2 * strength.area - 1)),
            into: &html
          )
          html.element("span") { html in
            Sparkline(field.bins.filter { $0.knownCount > 0 }.map(\.rate), overall: overview.rate).write(
              into: &html
            )
          }
        } else {
          measure("\(NumberText.count(field.distinctCount)) distinct", nil, into: &html)
        }
      }
      html.element("div") { content(into: &$0, isDrawn: isDrawn) }
    }
    html.markup("\n")
  }

  private func measure(_ text: String, _ meter: Meter?, into html: inout HTMLWriter) {
    html.element("span", [.class("measure")]) { html in
      html.text(text)
      meter?.write(into: &html)
    }
  }

  /// Writes figures and drawings.
  ///
  /// - Parameters:
  ///   - html: Receives them.
  ///   - isDrawn: Whether distributions are drawn.
  func content(into html: inout HTMLWriter, isDrawn: Bool) {
    switch field.role {
    case .dropped(let reason): html.element("p", [.class("soft")], "Not read: \(reason)")
    case .derived(let formula):
      html.element("p", [.class("soft")]) { html in
        html.text("= ")
        html.element("code", [], formula)
      }
    case .aggregate(let source): html.element("p", [.class("soft")]) { $0.element("code", [], source) }
    case .feature, .input, .protected, .afterDecision, .undeclared: break
    }
    FactList(facts).write(into: &html)
    if isDrawn {
      html.element("div", [.class("figures")]) { html in
        distribution(into: &html)
        if hasOutcomes { rates(into: &html) }
      }
    }
    guard hasOutcomes, !field.bins.isEmpty else { return }
    html.element("details", [.class("more")]) { html in
      html.element("summary", [], "The figures behind the drawings")
      table.write(into: &html)
    }
  }

  private var facts: [FactList.Fact] {
    var facts: [FactList.Fact] = [
      .init("Missing", NumberText.count(field.missingCount)),
      .init("Distinct", NumberText.count(field.distinctCount)),
    ]
    if let mostFrequent = field.mostFrequent {
      let share = NumberText.percent(Double(mostFrequent.count) / Double(field.rowCount))
      facts.append(.init("Most frequent", "\(mostFrequent.text) (\(share))"))
    }
    if let number = field.number {
      facts += [
        .init("Mean", NumberText.short(number.mean)),
        .init("Std deviation", NumberText.short(number.standardDeviation)),
        .init("Skewness", NumberText.short(number.skewness)),
        .init("Minimum", NumberText.short(number.minimum)),
      ]
      for (level, value) in zip(NumberSummary.levels, number.quantiles) {
        let name = level == 0.5 ? "Median" : "\(NumberText.fixed(100 * level, digits: 0)) % quantile"
        facts.append(.init(name, NumberText.short(value)))
      }
      let share = Double(number.outlierCount) / Double(max(1, field.rowCount - field.missingCount))
      facts += [
        .init("Maximum", NumberText.short(number.maximum)),
        .init("Outliers (IQR)", "\(NumberText.count(number.outlierCount)) (\(NumberText.percent(share)))"),
      ]
    }
    if let range = field.range, let count = field.outOfRangeCount {
      let bounds = "\(NumberText.short(range.lowerBound)) to \(NumberText.short(range.upperBound))"
      facts.append(.init("Outside \(bounds)", NumberText.count(count)))
    }
    if let association = field.association {
      let strength = association.strength
      facts += [
        .init(
          "AUC alone",
          "\(NumberText.fixed(strength.area, digits: 3)) (\(NumberText.fixed(strength.lower, digits: 3)) to "
            + "\(NumberText.fixed(strength.upper, digits: 3)))"
        ), .init("IV", NumberText.fixed(association.informationValue, digits: 3)),
        .init("p", association.pValue < 1e-16 ? "< 1e-16" : NumberText.short(association.pValue)),
      ]
      if let distance = association.kolmogorovSmirnov {
        facts.append(.init("KS", NumberText.fixed(distance, digits: 3)))
      }
    }
    return facts
  }

  private func distribution(into html: inout HTMLWriter) {
    if let histogram = field.histogram {
      let figure = Figure(
        hasOutcomes ? "Distribution by outcome" : "Distribution",
        remark: "the outermost 1 % stand in the end bars",
        hasOutcomeKey: hasOutcomes
      )
      figure.write(into: &html) { html in
        StepHistogram(
          edges: histogram.edges,
          repaid: Self.shares(histogram.repaid),
          defaulted: hasOutcomes ? Self.shares(histogram.defaulted) : [],
          label: "Distribution of \(field.title)"
        ).write(into: &html)
      }
    } else if field.kind != .number, !field.bins.isEmpty {
      let figure = Figure(
        hasOutcomes ? "Distribution by outcome" : "Distribution",
        hasOutcomeKey: hasOutcomes
      )
      figure.write(into: &html) { html in
        PairedBars(bars: bars, label: "Distribution of \(field.title)").write(into: &html)
      }
    }
  }

  private var bars: [PairedBars.Bar] {
    let defaulted = Double(overview.defaultCount)
    let repaid = Double(overview.knownCount - overview.defaultCount)
    return (field.bins + (field.missingBin.map { [$0] } ?? [])).map { bin in
      hasOutcomes
        ? PairedBars.Bar(
          label: bin.label,
          repaid: Double(bin.knownCount - bin.defaultCount) / repaid,
          defaulted: Double(bin.defaultCount) / defaulted
        )
        : PairedBars.Bar(
          label: bin.label,
          repaid: Double(bin.rowCount) / Double(field.rowCount),
          defaulted: nil
        )
    }
  }

  private func rates(into html: inout HTMLWriter) {
    let known = field.bins.filter { $0.knownCount > 0 }
    let missing = field.missingBin.flatMap { $0.knownCount > 0 ? point($0) : nil }
    guard !known.isEmpty else { return }
    let figure = Figure("Default rate", remark: "with its 95 % interval; dashed: all rows")
    figure.write(into: &html) { html in
      let label = "Default rate over \(field.title)"
      if field.kind == .number {
        RateLine(points: known.map { point($0) }, missing: missing, overall: overview.rate, label: label)
          .write(into: &html)
      } else {
        let points = known.map { point($0) } + (missing.map { [$0] } ?? [])
        RateDots(points: points, overall: overview.rate, label: label).write(into: &html)
      }
    }
  }

  private func point(_ bin: OutcomeBin) -> RatePoint {
    let interval = bin.interval
    return RatePoint(
      label: bin.label,
      tick: bin.tick,
      rate: bin.rate,
      lower: interval.lower,
      upper: interval.upper,
      share: Double(bin.rowCount) / Double(field.rowCount)
    )
  }

  private var table: DataTable {
    DataTable(
      caption: "Default rates of \(field.title)",
      columns: [
        .text(field.kind == .number ? "From … to" : "Value"), .figure("Rows"), .figure("Defaults"),
        .figure("Default rate"), .figure("95 % interval"),
      ],
      rows: (field.bins + (field.missingBin.map { [$0] } ?? [])).map { bin in
        let interval = bin.interval
        return [
          bin.label, NumberText.count(bin.rowCount), NumberText.count(bin.defaultCount),
          NumberText.percent(bin.rate, digits: 2),
          "\(NumberText.percent(interval.lower, digits: 2)) – \(NumberText.percent(interval.upper, digits: 2))",
        ]
      }
    )
  }

  private static func shares(_ counts: [Int]) -> [Double] {
    let total = Double(max(1, counts.reduce(0, +)))
    return counts.map { Double($0) / total }
  }
}

extension ExploredField.Role {
  /// The word beside the field's name; nothing for an ordinary feature.
  fileprivate var chip: (word: String, kind: Notice.Kind?)? {
    switch self {
    case .feature: nil
    case .input: ("no feature by itself", nil)
    case .protected: ("protected", nil)
    case .afterDecision: ("after the decision", .alarm)
    case .dropped: ("dropped", nil)
    case .undeclared: ("undeclared", .note)
    case .aggregate: ("history", nil)
    case .derived: ("derived", nil)
    }
  }
}
