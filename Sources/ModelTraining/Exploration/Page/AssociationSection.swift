import Reports

/// How the fields go together, on the page: a map of the fields that matter most, and near-duplicates.
struct AssociationSection {
  /// The most fields of the map; all pairs stand in the JSON.
  static let mappedFields = 36
  /// The most near-duplicates that are listed.
  static let listedPairs = 60

  let exploration: Exploration

  /// Writes the part.
  ///
  /// - Parameter html: Receives it.
  func write(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "together")]) { html in
      html.element("h2", [], "What goes together")
      let shown = mapped
      if shown.count > 1 { map(shown, into: &html) }
      nearDuplicates(into: &html)
    }
  }

  /// The places, in the associations, of the used fields that alone tell most about the outcome.
  ///
  /// Each is followed by the one that goes with it most closely, so that groups show as squares.
  private var mapped: [Int] {
    let places = Dictionary(exploration.associations.fields.enumerated().map { ($1, $0) }) { first, _ in first
    }
    var rest = Array(
      exploration.fields.filter { $0.role.isMapped && $0.distinctCount > 1 }.compactMap { places[$0.name] }
        .prefix(Self.mappedFields)
    )
    var ordered: [Int] = []
    while !rest.isEmpty {
      let next = ordered.last.flatMap { last in
        rest.indices.max { magnitude(last, rest[$0]) < magnitude(last, rest[$1]) }
      }
      ordered.append(rest.remove(at: next ?? 0))
    }
    return ordered
  }

  private func pair(_ a: Int, _ b: Int) -> Associations.Pair {
    let count = exploration.associations.fields.count
    let (left, right) = (min(a, b), max(a, b))
    // Pairs stand row by row, each row one shorter than the one before.
    return exploration.associations.pairs[left * (2 * count - left - 1) / 2 + right - left - 1]
  }

  private func magnitude(_ a: Int, _ b: Int) -> Double { pair(a, b).magnitude }

  private func map(_ shown: [Int], into html: inout HTMLWriter) {
    let names = shown.map { exploration.associations.fields[$0] }
    func value(_ row: Int, _ column: Int) -> (value: Double, measure: String) {
      let pair = pair(shown[row], shown[column])
      if let v = pair.cramersV { return (v, "Cramér's V") }
      if let ratio = pair.correlationRatio { return (ratio, "correlation ratio") }
      return row > column ? (pair.pearson ?? .nan, "Pearson") : (pair.spearman ?? .nan, "Spearman")
    }
    let values = shown.indices.map { row in
      shown.indices.map { column in row == column ? 1 : value(row, column).value }
    }
    let measures = shown.indices.map { row in
      shown.indices.map { column in row == column ? "" : value(row, column).measure }
    }
    html.element("div", [.class("card")]) { html in
      let figure = Figure(
        "The \(shown.count) used fields that tell most about the outcome.",
        remark:
          "Below the diagonal Pearson's, above it Spearman's correlation of numbers; Cramér's V between "
          + "categories; the correlation ratio between a category and a number. Orange: together; blue: against each "
          + "other; the deeper, the stronger. Over \(NumberText.count(exploration.associations.rowCount)) rows."
      )
      figure.write(into: &html) { html in
        HeatMap(names: names, values: values, label: "Map of correlations") { row, column in
          "\(names[row]), \(names[column]): \(measures[row][column]) "
            + NumberText.fixed(values[row][column], digits: 2)
        }.write(into: &html)
      }
    }
  }

  private func nearDuplicates(into html: inout HTMLWriter) {
    let pairs = exploration.associations.nearDuplicates
    html.element("h3", [], "Near-duplicates")
    guard !pairs.isEmpty else {
      html.element("p", [.class("soft")], "No two fields tell nearly the same (association of 0.98 or more).")
      return
    }
    let more = pairs.count - Self.listedPairs
    html.element(
      "p",
      [.class("soft")],
      "\(NumberText.count(pairs.count)) pairs with an association of 0.98 or more: one of each pair is enough."
        + (more > 0 ? " The \(Self.listedPairs) closest are shown; the JSON has all." : "")
    )
    func figure(_ value: Double?) -> String { value.map { NumberText.fixed($0, digits: 4) } ?? "" }
    let table = DataTable(
      caption: "Near-duplicates",
      columns: [
        .text("Field"), .text("Field"), .figure("Pearson"), .figure("Spearman"), .figure("Cramér's V"),
      ],
      rows: pairs.prefix(Self.listedPairs).map { pair in
        [
          exploration.associations.fields[pair.left], exploration.associations.fields[pair.right],
          figure(pair.pearson), figure(pair.spearman), figure(pair.cramersV),
        ]
      }
    )
    html.element("details", [.class("more"), HTMLAttribute("open", "open")]) { html in
      html.element("summary", [], "The pairs")
      html.element("div", [.class("card")]) { table.write(into: &$0) }
    }
  }
}

extension ExploredField.Role {
  /// Whether the field belongs on the map: what no model will see does not.
  fileprivate var isMapped: Bool {
    switch self {
    case .feature, .input, .aggregate, .derived, .undeclared: true
    case .protected, .afterDecision, .dropped: false
    }
  }
}
