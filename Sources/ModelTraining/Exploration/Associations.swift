import CreditEvents

/// How the fields go together, pair by pair.
public struct Associations: Sendable {
  /// One pair; what does not apply to its kinds is `nil`.
  public struct Pair: Sendable, Equatable {
    /// The first field's place in ``Associations/fields``.
    public let left: Int
    /// The second field's place.
    public let right: Int
    /// Pearson's correlation of two numbers or flags.
    public var pearson: Double?
    /// Spearman's correlation of two numbers or flags.
    public var spearman: Double?
    /// Cramér's V of two categories.
    public var cramersV: Double?
    /// The correlation ratio of a category and a number.
    public var correlationRatio: Double?

    /// The greatest of the measures, without its sign; 0 where none could be computed.
    public var magnitude: Double {
      [pearson, spearman, cramersV, correlationRatio].compactMap { $0 }.filter { !$0.isNaN }
        .map(\.magnitude).max() ?? 0
    }
  }

  /// A category with more values goes with nothing: with few rows each, it would seem to go with everything.
  static let maximumCategories = 60
  /// The rows that are used at most, evenly spaced.
  static let maximumRows = 50_000
  /// From which magnitude on two fields tell nearly the same.
  static let nearDuplicate = 0.98

  /// The names of the fields.
  public let fields: [String]
  /// All pairs, by the first field and then the second.
  public let pairs: [Pair]
  /// The number of rows that were used.
  public let rowCount: Int

  /// The pairs of which one field tells nearly all that the other tells, the closest first.
  ///
  /// A correlation ratio does not count: a category may tell a number and yet say more.
  public var nearDuplicates: [Pair] {
    pairs.filter { $0.correlationRatio == nil && $0.magnitude >= Self.nearDuplicate }
      .sorted { ($1.magnitude, $0.left, $0.right) < ($0.magnitude, $1.left, $1.right) }
  }

  /// Computes all pairs.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - width: The pairs computed at one time; does not change the results.
  ///   - progress: Receives the share of the fields that are done, from several threads.
  /// - Throws: Nothing of its own; comparing columns cannot fail.
  /// - Complexity: O(fields² · rows).
  init(_ table: ExploredTable, width: Int, progress: @Sendable (Double) -> Void) throws {
    let step = max(1, (table.rowCount + Self.maximumRows - 1) / Self.maximumRows)
    let rows = Array(stride(from: 0, to: table.rowCount, by: step))
    let used = table.fields.filter { field in
      field.kind != .category || field.categories.count <= Self.maximumCategories
    }
    let columns = try concurrentMap(used, width: width) { field in
      AssociationColumn(rows.map { field.values[$0] }, isCategory: field.kind == .category)
    }
    let lefts = Array(columns.indices)
    let found = try concurrentMap(lefts, width: width) { left in
      let pairs = (left + 1..<max(left + 1, columns.count)).map { right in
        columns[left].pair(with: columns[right], left: left, right: right)
      }
      progress(Double(left + 1) / Double(columns.count))
      return pairs
    }
    fields = used.map(\.name)
    pairs = found.flatMap(\.self)
    rowCount = rows.count
  }
}

/// A column prepared for being compared with many others.
private struct AssociationColumn: Sendable {
  let values: [Double]
  let isCategory: Bool
  let centred: CentredColumn?
  let ranked: RankedColumn?

  init(_ values: [Double], isCategory: Bool) {
    self.values = values
    self.isCategory = isCategory
    centred = isCategory ? nil : CentredColumn(values)
    ranked = isCategory ? nil : RankedColumn(values)
  }

  func pair(with other: AssociationColumn, left: Int, right: Int) -> Associations.Pair {
    var pair = Associations.Pair(left: left, right: right)
    if isCategory, other.isCategory {
      pair.cramersV = ContingencyTable(values, other.values).cramersV
    } else if isCategory {
      pair.correlationRatio = Correlation.ratio(categories: values, numbers: other.values)
    } else if other.isCategory {
      pair.correlationRatio = Correlation.ratio(categories: other.values, numbers: values)
    } else if let centred, let ranked, let otherCentred = other.centred, let otherRanked = other.ranked {
      pair.pearson = Correlation.pearson(centred, otherCentred)
      pair.spearman = Correlation.spearman(ranked, otherRanked)
    }
    return pair
  }
}
