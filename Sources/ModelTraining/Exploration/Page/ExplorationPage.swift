import CreditEvents
import Reports

extension Exploration {
  /// The exploration as one HTML page for people.
  ///
  /// It needs nothing from elsewhere and stays below two megabytes up to some hundreds of fields.
  ///
  /// - Returns: UTF-8 bytes; the same exploration gives the same bytes.
  public func html() -> [UInt8] {
    ExplorationPage(exploration: self).bytes
  }
}

/// The parts of the page, from the most to the least urgent.
struct ExplorationPage {
  /// With more fields than this the rest is told in figures without drawings, so that the page stays small.
  static let maximumDrawnFields = 260

  let exploration: Exploration

  var bytes: [UInt8] {
    let overview = exploration.overview
    return Page(title: "Exploration: \(overview.pipeline)").bytes { html in
      html.element("header") { html in
        html.element("p", [.class("kicker")], "Exploration before fitting")
        html.element("h1", [], overview.pipeline)
        html.element("p", [.class("soft")], overview.name)
        facts.write(into: &html)
        navigation(into: &html)
      }
      html.element("main") { html in
        suspects(into: &html)
        notes(into: &html)
        first(into: &html)
        AssociationSection(exploration: exploration).write(into: &html)
        fields(into: &html)
      }
      footer(into: &html)
    }
  }

  private var facts: FactList {
    let overview = exploration.overview
    let kinds = [(Field.Kind.number, "numeric"), (.category, "categorical"), (.flag, "yes or no")].map {
      kind,
      name in
      (name: name, count: exploration.fields.count { $0.kind == kind })
    }
    let cells = exploration.fields.reduce(0) { $0 + $1.rowCount }
    let missing = exploration.fields.reduce(0) { $0 + $1.missingCount }
    let unknown = overview.rowCount - overview.knownCount
    var facts: [FactList.Fact] = [
      .init(
        "Applications",
        NumberText.count(overview.rowCount),
        remark: unknown == 0
          ? "all with a known outcome" : "\(NumberText.count(unknown)) without a known outcome"
      )
    ]
    if overview.knownCount > 0 {
      let interval = overview.interval
      facts.append(
        .init(
          "Defaulted",
          NumberText.percent(overview.rate, digits: 2),
          remark: "\(NumberText.count(overview.defaultCount)) rows; 95 % interval "
            + "\(NumberText.percent(interval.lower, digits: 2)) to \(NumberText.percent(interval.upper, digits: 2))"
        )
      )
    }
    facts.append(
      .init(
        "Fields",
        NumberText.count(exploration.fields.count),
        remark: kinds.filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
      )
    )
    facts.append(
      .init(
        "Missing cells",
        NumberText.percent(Double(missing) / Double(max(1, cells))),
        remark: "\(exploration.fields.count { $0.missingCount > 0 }) fields have some"
      )
    )
    facts.append(
      .init(
        "Leakage suspects",
        NumberText.count(exploration.suspects.count),
        remark: exploration.suspects.isEmpty ? "no field knows the outcome" : "to be judged before fitting"
      )
    )
    return FactList(facts, areLarge: true)
  }

  private func navigation(into html: inout HTMLWriter) {
    var targets = [("suspects", "Leakage"), ("notes", "Notes")]
    if exploration.firstCount > 0 { targets.append(("first", exploration.fields[0].title)) }
    targets += [("together", "Correlations"), ("fields", "All fields")]
    html.element("nav", [HTMLAttribute("aria-label", "Parts of this page")]) { html in
      html.element("ul") { html in
        for (anchor, text) in targets {
          html.element("li") { $0.element("a", [HTMLAttribute("href", "#\(anchor)")], text) }
        }
      }
    }
  }

  private func suspects(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "suspects")]) { html in
      html.element("h2", [], "Does a field know the outcome?")
      guard !exploration.suspects.isEmpty else {
        let text =
          exploration.overview.knownCount == 0
          ? "Without outcomes this cannot be told; only declarations were looked at."
          : "No single field predicts the outcome too well, none is declared as known only after the decision, and "
            + "the identifiers say nothing about it."
        Notice(.good, "No suspect", [text]).write(into: &html)
        return
      }
      for suspect in exploration.suspects {
        Notice(.alarm, "\(suspect.field) \(suspect.ground.title)", suspect.evidence).write(into: &html)
      }
    }
  }

  private func notes(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "notes")]) { html in
      html.element("h2", [], "What to know about the data")
      guard !exploration.notes.isEmpty else {
        Notice(.good, "Nothing unusual", ["Every field has values, and they lie where they are expected."])
          .write(into: &html)
        return
      }
      for kind in DataNote.Kind.allCases {
        let notes = exploration.notes.filter { $0.kind == kind }
        guard !notes.isEmpty else { continue }
        html.element("div", [.class("card")]) { html in
          html.element("h3", [], kind.title)
          html.element("p", [.class("soft small")], kind.advice)
          html.element("p") { html in
            for (index, note) in notes.enumerated() {
              html.text(index == 0 ? "" : " · ")
              html.element("b", [], note.field)
              html.text("\u{A0}(\(note.detail))")
            }
          }
        }
      }
    }
  }

  private func first(into html: inout HTMLWriter) {
    guard exploration.firstCount > 0 else { return }
    html.element("section", [HTMLAttribute("id", "first")]) { html in
      for field in exploration.fields.prefix(exploration.firstCount) {
        html.element("h2", [], field.title)
        html.element("div", [.class("card")]) { html in
          if !field.label.isEmpty { html.element("p", [.class("soft small")], field.name) }
          FieldSection(field: field, overview: exploration.overview).content(into: &html, isDrawn: true)
        }
      }
    }
  }

  private func fields(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "fields")]) { html in
      html.element("h2", [], "All fields")
      html.element(
        "p",
        [.class("soft")],
        "The field that alone tells most about the outcome comes first. Open a field for its figures; the small line "
          + "is the course of its default rate, dashed the rate of all rows."
      )
      for (index, field) in exploration.fields.dropFirst(exploration.firstCount).enumerated() {
        FieldSection(field: field, overview: exploration.overview)
          .write(into: &html, isDrawn: index < Self.maximumDrawnFields)
      }
    }
  }

  private func footer(into html: inout HTMLWriter) {
    html.element("footer") { html in
      for line in [
        "Intervals are at 95 %: Wilson's for rates, DeLong's for areas. Quantiles are interpolated. Outliers lie more "
          + "than one and a half interquartile ranges outside the quartiles.",
        "“AUC alone” is the area under the ROC curve of the default rate of the field's bins among other rows: 0.5 "
          + "tells nothing, 1 everything. It counts rising, falling and bent dependence alike, and missing values "
          + "as a bin of their own.",
        "IV is the information value over the drawn bins (0.1 is weak, 0.3 strong). p is Mann and Whitney's for numbers "
          + "and chi-square's for categories; with many fields some are small by chance.",
        "With many rows everything is significant: judge by the size of a difference, not by p.",
      ] { html.element("p", [], line) }
    }
  }
}

extension FieldProfile {
  /// What people call the field, or else its name.
  var title: String { label.isEmpty ? name : label }
}

extension LeakageSuspect.Ground {
  /// What is said about the field, after its name.
  var title: String {
    switch self {
    case .predictsTooWell: "predicts the outcome too well"
    case .afterDecision: "is known only after the decision"
    case .identifier: "is an identifier that tells the outcome"
    }
  }
}

extension DataNote.Kind {
  /// The kind as a heading.
  var title: String {
    switch self {
    case .allMissing: "Empty columns"
    case .constant: "Constant columns"
    case .mostlyMissing: "Mostly missing"
    case .outOfRange: "Outside the declared range"
    case .outlyingCode: "Probably codes for “none”"
    case .manyCategories: "Very many categories"
    case .identifier: "Identifiers"
    case .undeclared: "Undeclared columns"
    }
  }
}
