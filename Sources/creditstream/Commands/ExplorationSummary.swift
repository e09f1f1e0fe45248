import CreditEvents
import ModelTraining
import Reports

/// What a person wants to know after an exploration, in one screen.
enum ExplorationSummary {
  static func text(_ exploration: Exploration, page: String) -> String {
    let overview = exploration.overview
    var lines = [
      "\(NumberText.count(overview.rowCount)) rows, \(exploration.fields.count) fields"
        + (overview.knownCount > 0
          ? ", \(NumberText.percent(overview.rate, digits: 2)) defaulted" : ", no outcomes")
    ]
    if overview.knownCount > 0 {
      let strongest = exploration.fields.compactMap { field in
        field.association.map { (field.name, $0.strength.area) }
      }.sorted { $0.1 > $1.1 }.prefix(5)
      lines.append(
        "tell most about the outcome: "
          + strongest.map { "\($0.0) \(NumberText.fixed($0.1, digits: 3))" }.joined(separator: ", ")
      )
    }
    lines.append("near-duplicates: \(NumberText.count(exploration.associations.nearDuplicates.count)) pairs")
    for kind in DataNote.Kind.allCases {
      let notes = exploration.notes.filter { $0.kind == kind }
      guard !notes.isEmpty else { continue }
      let shown = notes.prefix(6).map { "\($0.field) (\($0.detail))" }.joined(separator: ", ")
      let more = notes.count > 6 ? ", and \(notes.count - 6) more" : ""
      lines.append("\(kind.rawValue.replacing("_", with: " ")): \(shown)\(more)")
    }
    lines.append(exploration.suspects.isEmpty ? "leakage suspects: none" : "leakage suspects:")
    for suspect in exploration.suspects {
      lines.append("  \(suspect.field): \(suspect.evidence.joined(separator: " "))")
    }
    lines.append("page: \(page)")
    return lines.joined(separator: "\n")
  }
}
