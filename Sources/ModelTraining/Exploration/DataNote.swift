import CreditEvents
import Reports

/// Something about the data that a person should know before a model is fitted.
public struct DataNote: Sendable, Equatable {
  /// What kind of observation it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// No row has a value.
    case allMissing = "all_missing"
    /// All rows have the same value.
    case constant
    /// At least half of the rows have no value.
    case mostlyMissing = "mostly_missing"
    /// Values lie outside the declared range.
    case outOfRange = "out_of_range"
    /// Many rows share one far-off value.
    case outlyingCode = "outlying_code"
    /// A category has very many values.
    case manyCategories = "many_categories"
    /// The values seem to name rows.
    case identifier
    /// The pipeline does not declare the column.
    case undeclared

    /// What it means and what to do, for all its fields together.
    public var advice: String {
      switch self {
      case .allMissing: "No row has a value: drop these columns, or find out why they are empty."
      case .constant: "The same value in every row: nothing can be learnt from it; drop these columns."
      case .mostlyMissing: "At least half of the rows have no value: ask whether it is missing for a reason."
      case .outOfRange: "Values outside the declared range: correct the range, or the data."
      case .outlyingCode:
        "Many rows share a value far from all others, as codes for “none” do: list it under the field's missing."
      case .manyCategories: "A category with very many values: encode it by target, or group it."
      case .identifier: "The values seem to name rows rather than to describe them: drop these columns."
      case .undeclared:
        "Not declared in the pipeline; training refuses the table until they stand under fields or drop."
      }
    }
  }

  /// What kind of observation it is.
  public let kind: Kind
  /// The field.
  public let field: String
  /// The figures.
  public let detail: String

  /// Finds everything worth a note in a profile.
  ///
  /// - Parameter profile: The profile of a field.
  /// - Returns: The notes, in the order of their kinds.
  static func notes(on profile: FieldProfile) -> [DataNote] {
    var notes: [DataNote] = []
    func note(_ kind: Kind, _ detail: String) {
      notes.append(DataNote(kind: kind, field: profile.name, detail: detail))
    }
    let known = profile.rowCount - profile.missingCount
    if known == 0 {
      note(.allMissing, "\(NumberText.count(profile.rowCount)) rows")
    } else if profile.distinctCount == 1, profile.missingCount == 0 {
      note(.constant, "always \(profile.mostFrequent?.text ?? "")")
    } else if profile.missingShare >= 0.5 {
      note(.mostlyMissing, NumberText.percent(profile.missingShare))
    }
    if let range = profile.range, let count = profile.outOfRangeCount, count > 0 {
      note(
        .outOfRange,
        "\(NumberText.count(count)) outside \(NumberText.short(range.lowerBound)) to "
          + NumberText.short(range.upperBound)
      )
    }
    if let code = profile.outlyingCode {
      let share = Double(code.count) / Double(profile.rowCount)
      note(.outlyingCode, "\(code.text) in \(NumberText.percent(share))")
    }
    if profile.looksLikeIdentifier {
      note(.identifier, "\(NumberText.count(profile.distinctCount)) different values")
    } else if profile.kind == .category, profile.distinctCount > 100 {
      note(.manyCategories, "\(NumberText.count(profile.distinctCount)) different values")
    }
    if profile.role == .undeclared { note(.undeclared, "\(profile.kind.rawValue)") }
    return notes
  }
}
