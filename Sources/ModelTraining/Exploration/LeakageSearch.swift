import CreditEvents
import Reports

/// Looks for fields that know the outcome.
///
/// A field is suspected where it alone orders unseen applications better than the whole score of a credit bureau
/// usually does (0.65 to 0.75), where it is declared as known only after the decision, or where the text of an
/// identifier tells the outcome at all. A suspicion is no proof: the evidence is for a person to judge.
struct LeakageSearch: Sendable {
  /// The area from which one field is suspected.
  static let suspiciousArea = 0.78
  /// What the lower end of the area's interval must reach, so that few rows raise no suspicion by chance.
  static let surelyAbove = 0.70

  /// The table.
  let table: ExploredTable
  /// The profiles of its fields, in their order.
  let profiles: [FieldProfile]
  /// What the profiles were made with.
  let profiler: FieldProfiler

  /// Finds the suspects.
  ///
  /// - Returns: The suspects, the strongest first.
  func suspects() -> [LeakageSuspect] {
    var suspects = identifiers()
    let identifierNames = Set(suspects.map(\.field))
    for profile in profiles {
      if case .derived = profile.role { continue }
      if profile.role == .afterDecision {
        suspects.append(afterDecision(profile))
      } else if let strength = profile.association?.strength, strength.area >= Self.suspiciousArea,
        strength.lower >= Self.surelyAbove, !identifierNames.contains(profile.name)
      {
        suspects.append(
          LeakageSuspect(
            field: profile.name,
            ground: .predictsTooWell,
            area: strength.area,
            evidence: [areaSentence(profile, strength)] + concentration(profile)
              + [
                "Find out when and by whom it is recorded; if it is not known when the decision is made, drop it."
              ]
          )
        )
      }
    }
    return suspects.sorted { ($1.area ?? 0, $0.field) < ($0.area ?? 0, $1.field) }
  }

  private func afterDecision(_ profile: FieldProfile) -> LeakageSuspect {
    let strength = profile.association?.strength
    return LeakageSuspect(
      field: profile.name,
      ground: .afterDecision,
      area: strength.map(\.area),
      evidence: [
        "The pipeline declares it as available only after the decision. It is kept from features and formulas."
      ] + (strength.map { [areaSentence(profile, $0)] + concentration(profile) } ?? [])
    )
  }

  private func areaSentence(_ profile: FieldProfile, _ strength: UnivariateStrength) -> String {
    let others = profiles.filter { other in
      guard other.name != profile.name, other.role != .afterDecision else { return false }
      if case .derived = other.role { return false }
      return true
    }
    let next = others.max { $0.area < $1.area }
    let comparison = next.map { "; the strongest other field, \($0.name), reaches \(decimal($0.area))" } ?? ""
    return
      "Alone it gives an area under the ROC curve of \(decimal(strength.area)) on held-out rows (95 % interval "
      + "\(decimal(strength.lower)) to \(decimal(strength.upper)))\(comparison)."
  }

  /// Where the defaults gather: the bins from the highest rate down, up to where both outcomes part most.
  private func concentration(_ profile: FieldProfile) -> [String] {
    let bins = (profile.bins + (profile.missingBin.map { [$0] } ?? [])).filter { $0.knownCount > 0 }
      .sorted { ($1.rate, $0.label) < ($0.rate, $1.label) }
    let defaulted = Double(bins.reduce(0) { $0 + $1.defaultCount })
    let repaid = Double(bins.reduce(0) { $0 + $1.knownCount - $1.defaultCount })
    var (bad, good, best) = (0.0, 0.0, 0.0)
    var place = (count: 0, bad: 0.0, good: 0.0)
    for (index, bin) in bins.enumerated() {
      bad += Double(bin.defaultCount) / defaulted
      good += Double(bin.knownCount - bin.defaultCount) / repaid
      if bad - good > best {
        best = bad - good
        place = (index + 1, bad, good)
      }
    }
    guard place.count > 0, place.count < bins.count else { return [] }
    let labels = bins.prefix(min(place.count, 4)).map { $0.label }
    let rest = place.count > 4 ? " and \(place.count - 4) more bins" : ""
    if profile.missingBin != nil, place.count == bins.count - 1, bins.last?.label == profile.missingBin?.label
    {
      return [
        "\(NumberText.percent(place.bad)) of the defaulted and \(NumberText.percent(place.good)) of the repaid "
          + "applications have any value at all."
      ]
    }
    return [
      "\(NumberText.percent(place.bad)) of the defaulted and \(NumberText.percent(place.good)) of the repaid "
        + "applications have the values \(labels.joined(separator: ", "))\(rest)."
    ]
  }

  private func identifiers() -> [LeakageSuspect] {
    guard !profiler.labelledRows.isEmpty else { return [] }
    var suspects: [LeakageSuspect] = []
    if let finding = IdentifierEncoding(
      table.hasIDs ? profiler.labelledRows.map { table.ids[$0] } : nil,
      rows: profiler.labelledRows,
      targets: profiler.labels
    ).finding {
      suspects.append(suspect(table.idField, finding))
    }
    for (field, profile) in zip(table.fields, profiles) where profile.looksLikeIdentifier {
      let texts = profiler.labelledRows.map { row in
        let value = field.values[row]
        return value.isNaN ? "" : field.isCoded ? field.categories[Int(value)] : String(Int64(value))
      }
      if let finding = IdentifierEncoding(texts, rows: nil, targets: profiler.labels).finding {
        suspects.append(suspect(field.name, finding))
      }
    }
    return suspects
  }

  private func suspect(_ name: String, _ finding: IdentifierEncoding.Finding) -> LeakageSuspect {
    LeakageSuspect(
      field: name,
      ground: .identifier,
      area: finding.strength.area,
      evidence: [
        "It names the application, and yet \(finding.part) tells the outcome: area under the ROC curve "
          + "\(decimal(finding.strength.area)) on held-out rows (95 % interval \(decimal(finding.strength.lower)) to "
          + "\(decimal(finding.strength.upper))); an identifier should give 0.5.",
        "Find out how it is given; anything made of it or joined by its order would know the outcome.",
      ]
    )
  }

  private func decimal(_ value: Double) -> String { NumberText.fixed(value, digits: 3) }
}

extension FieldProfile {
  /// Whether the values seem to name rows rather than to describe them.
  ///
  /// Texts of which nearly every one occurs once; or whole numbers without any repetition in so narrow a span that
  /// measured numbers would repeat.
  var looksLikeIdentifier: Bool {
    let known = rowCount - missingCount
    guard known >= 100 else { return false }
    if kind == .category { return distinctCount * 20 >= known * 19 }
    guard kind == .number, known >= 1_000, distinctCount == known, let number else {
      return false
    }
    if case .derived = role { return false }
    let span = number.maximum - number.minimum
    return number.isWhole && span < 20 * Double(known)
  }
}
