import DriftDetection

/// What is looked at beside distributions: missing values, new and vanished categories, ranges, repeated rows.
struct QualityChecks {
  /// A change of a share of missing values that somebody should look at.
  private static let notableMissing = 0.05
  /// A share of new or vanished categories, or of values out of range, that somebody should look at.
  private static let notableShare = 0.005
  /// Below this p-value a change of a share is more than chance, also over some hundred fields.
  private static let significance = 1e-4

  let reference: ComparedSample
  let current: ComparedSample

  /// The findings: concerns first, then by check and field.
  var notes: [QualityNote] {
    let pairs = zip(reference.columns, current.columns).filter { !$0.0.role.isResult }
    let all =
      volume + repeated
      + pairs.flatMap { before, now in
        missing(before.observed, now.observed) + categories(before.observed, now.observed)
          + range(before, now)
      }
    return all.filter(\.isConcern) + all.filter { !$0.isConcern }
  }

  /// What the reader should know before believing a figure.
  var remarks: [String] {
    var remarks: [String] = []
    let noise = PopulationStability.noise(
      exceededWith: FeatureDrift.noiseProbability,
      binCount: 11,
      referenceRows: UInt64(reference.rowCount),
      currentRows: UInt64(current.rowCount)
    )
    if noise >= 0.1 {
      remarks.append(
        "With \(reference.rowCount) rows against \(current.rowCount) chance alone gives a field an index of up to "
          + "\(rounded(noise)): smaller shifts cannot be told from it. Give more rows."
      )
    }
    func names(_ condition: (ObservedColumn) -> Bool) -> [String] {
      reference.columns.map(\.observed).filter(condition).map(\.name)
    }
    let empty = names { column in !column.values.contains { $0 == $0 } }
    if !empty.isEmpty {
      remarks.append(
        "Without a single value in the reference: \(list(empty)). Any value now counts as never seen."
      )
    }
    let constant = names { column in
      let present = column.values.lazy.filter { $0 == $0 }
      guard let first = present.first else { return false }
      return present.allSatisfy { $0 == first }
    }
    if !constant.isEmpty {
      remarks.append("Constant in the reference, so that any other value is a shift: \(list(constant)).")
    }
    return remarks
  }

  private var volume: [QualityNote] {
    [
      QualityNote(
        check: "volume",
        finding: "\(current.rowCount) rows, \(reference.rowCount) in the reference",
        isConcern: false
      )
    ]
  }

  private var repeated: [QualityNote] {
    let known = Set(reference.ids)
    let count = current.ids.count { known.contains($0) }
    guard count > 0 else { return [] }
    return [
      QualityNote(
        check: "repeated rows",
        finding: "\(count) ids stand in the reference too",
        isConcern: true
      )
    ]
  }

  private func missing(_ before: ObservedColumn, _ now: ObservedColumn) -> [QualityNote] {
    let counts = (before.values.count { $0 != $0 }, now.values.count { $0 != $0 })
    let shares = (
      Double(counts.0) / Double(reference.rowCount), Double(counts.1) / Double(current.rowCount)
    )
    guard (shares.0 - shares.1).magnitude >= Self.notableMissing, isSignificant(counts) else { return [] }
    return [
      QualityNote(
        check: "missing values",
        subject: before.name,
        finding: "\(percent(shares.0)) before, \(percent(shares.1)) now",
        isConcern: shares.1 > shares.0
      )
    ]
  }

  private func categories(_ before: ObservedColumn, _ now: ObservedColumn) -> [QualityNote] {
    guard case .category(let names) = now.kind else { return [] }
    func counts(_ column: ObservedColumn) -> [Int] {
      var counts = [Int](repeating: 0, count: names.count)
      for value in column.values where value >= 0 { counts[Int(value)] += 1 }
      return counts
    }
    let (then, today) = (counts(before), counts(now))
    func note(_ check: String, _ codes: [Int], _ counts: [Int], _ rows: Int) -> [QualityNote] {
      guard !codes.isEmpty else { return [] }
      let ranked = codes.sorted { (counts[$1], $0) < (counts[$0], $1) }
      let share = Double(codes.reduce(0) { $0 + counts[$1] }) / Double(rows)
      let named = list(ranked.map { "\"\(names[$0])\" (\(counts[$0]))" })
      return [
        QualityNote(
          check: check,
          subject: before.name,
          finding: "\(named), \(percent(share)) of the rows",
          isConcern: share >= Self.notableShare
        )
      ]
    }
    let new = names.indices.filter { then[$0] == 0 && today[$0] > 0 }
    // A rare category may be absent by chance.
    let gone = names.indices.filter { code in
      today[code] == 0 && isSignificant((then[code], 0))
    }
    return note("new categories", new, today, current.rowCount)
      + note("vanished categories", gone, then, reference.rowCount)
  }

  private func range(_ before: ComparedSample.Column, _ now: ComparedSample.Column) -> [QualityNote] {
    guard let range = before.range else { return [] }
    func outside(_ column: ObservedColumn) -> Int {
      column.values.count { $0 == $0 && !range.contains($0) }
    }
    let counts = (outside(before.observed), outside(now.observed))
    let share = Double(counts.1) / Double(current.rowCount)
    guard counts.1 > 0, isSignificant(counts), share > Double(counts.0) / Double(reference.rowCount) else {
      return []
    }
    return [
      QualityNote(
        check: "outside the declared range",
        subject: before.observed.name,
        finding:
          "\(percent(share)) of the rows, \(percent(Double(counts.0) / Double(reference.rowCount))) before",
        isConcern: share >= Self.notableShare
      )
    ]
  }

  private func isSignificant(_ counts: (Int, Int)) -> Bool {
    ContingencyTest.chiSquare(
      reference: [UInt64(counts.0), UInt64(reference.rowCount - counts.0)],
      current: [UInt64(counts.1), UInt64(current.rowCount - counts.1)]
    ).pValue < Self.significance
  }

  private func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  private func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

  private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
