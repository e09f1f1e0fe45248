import CreditEvents
import Reports

/// Profiles one field at a time.
struct FieldProfiler: Sendable {
  /// The most categories that have a bin of their own; the rarer ones share one.
  static let maximumCategories = 14
  /// The bins of a number, and of one that is shown first.
  static let (binCount, firstBinCount) = (12, 20)

  /// The outcome of each row; NaN unknown, `nil` without any.
  let targets: [Double]?
  /// The rows with a known outcome; empty where they are all of one outcome.
  let labelledRows: [Int]
  /// Whether each of these defaulted.
  let labels: [Bool]

  /// Prepares to profile the fields of a table.
  ///
  /// - Parameter table: The table.
  init(_ table: ExploredTable) {
    targets = table.targets
    let known = table.targets.map { targets in targets.indices.filter { !targets[$0].isNaN } } ?? []
    let defaulted = known.map { table.targets?[$0] == 1 }
    let hasBoth = defaulted.contains(true) && defaulted.contains(false)
    labelledRows = hasBoth ? known : []
    labels = hasBoth ? defaulted : []
  }

  /// Profiles a field.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - isFirst: Whether it is shown first and so in more detail.
  /// - Returns: Its profile.
  /// - Complexity: O(n log n).
  func profile(_ field: ExploredField, isFirst: Bool) -> FieldProfile {
    let sorted = field.values.filter { !$0.isNaN }.sorted()
    let runs = Self.runs(sorted)
    let summary = field.isCoded || sorted.isEmpty ? nil : NumberSummary(sorted: sorted)
    let bins =
      field.isCoded
      ? categoryBins(field, runs)
      : numberBins(field, sorted, runs, count: isFirst ? Self.firstBinCount : Self.binCount)
    let missing = field.values.indices.filter { field.values[$0].isNaN }
    let missingBin =
      missing.isEmpty
      ? nil : OutcomeBin(label: "missing", tick: "missing", rows: missing, targets: targets)
    return FieldProfile(
      name: field.name,
      label: field.label,
      kind: field.kind,
      role: field.role,
      range: field.range,
      rowCount: field.values.count,
      missingCount: missing.count,
      distinctCount: runs.count,
      mostFrequent: runs.max { ($0.count, $1.value) < ($1.count, $0.value) }.map {
        FieldProfile.MostFrequent(text: text($0.value, of: field), count: $0.count)
      },
      number: summary,
      outOfRangeCount: field.range.map { range in sorted.count { !range.contains($0) } },
      outlyingCode: summary.flatMap { outlyingCode(runs, $0, rowCount: field.values.count) },
      histogram: field.isCoded
        ? nil : OutcomeHistogram(values: field.values, sorted: sorted, targets: targets),
      bins: bins,
      missingBin: missingBin,
      association: association(field, bins: bins + (missingBin.map { [$0] } ?? []))
    )
  }

  private static func runs(_ sorted: [Double]) -> [(value: Double, count: Int)] {
    var runs: [(value: Double, count: Int)] = []
    for value in sorted {
      if runs.last?.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    return runs
  }

  private func text(_ value: Double, of field: ExploredField) -> String {
    field.isCoded && value >= 0 ? field.categories[Int(value)] : NumberText.short(value)
  }

  /// An extreme value with at least one row in a hundred that lies further out than three interquartile ranges.
  private func outlyingCode(
    _ runs: [(value: Double, count: Int)],
    _ summary: NumberSummary,
    rowCount: Int
  ) -> FieldProfile.MostFrequent? {
    guard runs.count > 10, let first = runs.first, let last = runs.last else { return nil }
    let reach = (summary.fences.upperBound - summary.fences.lowerBound) / 4
    let codes = [first, last].filter { run in
      let distance = max(summary.fences.lowerBound - run.value, run.value - summary.fences.upperBound)
      return run.count * 100 >= rowCount && distance > 1.5 * reach && reach > 0
    }
    return codes.max { $0.count < $1.count }.map {
      FieldProfile.MostFrequent(text: NumberText.short($0.value), count: $0.count)
    }
  }

  private func numberBins(
    _ field: ExploredField,
    _ sorted: [Double],
    _ runs: [(value: Double, count: Int)],
    count: Int
  ) -> [OutcomeBin] {
    let edges = EqualBins.upperEdges(ofSorted: sorted, count: count)
    var rows = [[Int]](repeating: [], count: edges.count)
    for (row, value) in field.values.enumerated() where !value.isNaN {
      rows[EqualBins.index(of: value, in: edges)].append(row)
    }
    return rows.map { rows in
      let values = rows.map { field.values[$0] }.sorted()
      let (low, high) = (values.first ?? .nan, values.last ?? .nan)
      return OutcomeBin(
        label: low == high
          ? NumberText.short(low) : "\(NumberText.short(low)) to \(NumberText.short(high))",
        tick: NumberText.short(Quantile.value(0.5, ofSorted: values)),
        rows: rows,
        targets: targets
      )
    }
  }

  private func categoryBins(_ field: ExploredField, _ runs: [(value: Double, count: Int)]) -> [OutcomeBin] {
    let ordered = runs.sorted {
      ($1.count, text($0.value, of: field)) < ($0.count, text($1.value, of: field))
    }
    let shown =
      ordered.count <= Self.maximumCategories ? ordered.count : Self.maximumCategories - 1
    var places: [Double: Int] = [:]
    for (place, run) in ordered.prefix(shown).enumerated() { places[run.value] = place }
    var rows = [[Int]](repeating: [], count: shown + 1)
    for (row, value) in field.values.enumerated() where !value.isNaN {
      rows[places[value] ?? shown].append(row)
    }
    return rows.enumerated().compactMap { place, rows in
      guard place < shown || !rows.isEmpty else { return nil }
      let name =
        place < shown
        ? text(ordered[place].value, of: field) : "\(NumberText.count(ordered.count - shown)) others"
      return OutcomeBin(label: name, tick: name, rows: rows, targets: targets)
    }
  }

  private func association(_ field: ExploredField, bins: [OutcomeBin]) -> FieldProfile.Association? {
    guard !labelledRows.isEmpty else { return nil }
    let values = labelledRows.map { field.values[$0] }
    let strength = UnivariateStrength(values: values, isCategory: field.isCoded, targets: labels)
    let tests = field.isCoded ? nil : TwoSampleTests(RankedGroup.groups(values: values, targets: labels))
    let outcomes = labels.map { $0 ? 1.0 : 0.0 }
    return FieldProfile.Association(
      strength: strength,
      informationValue: InformationValue.value(bins),
      pValue: tests?.mannWhitneyPValue ?? ContingencyTable(values, outcomes).pValue,
      kolmogorovSmirnov: tests?.kolmogorovSmirnov
    )
  }
}

extension RankedGroup {
  /// The rows of either outcome at each value.
  ///
  /// - Parameters:
  ///   - values: A value for each row; NaN is left out.
  ///   - targets: Whether each row defaulted.
  /// - Returns: The groups, values ascending.
  static func groups(values: [Double], targets: [Bool]) -> [RankedGroup] {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
    var groups: [RankedGroup] = []
    var last = Double.nan
    for row in order {
      if values[row] != last { groups.append(RankedGroup()) }
      last = values[row]
      if targets[row] {
        groups[groups.count - 1].defaulted += 1
      } else {
        groups[groups.count - 1].repaid += 1
      }
    }
    return groups
  }
}
