/// The values of one feature in a table: what a reference is taken of, and what is held against it.
public struct ObservedColumn: Sendable {
  /// What the values are.
  public enum Kind: Sendable, Equatable {
    /// Numbers.
    case number
    /// Codes of categories; the names stand at the codes of the reference's dictionary.
    case category(names: [String])
  }

  /// The feature's name.
  public let name: String
  /// What the values are.
  public let kind: Kind
  /// One per row: a number or a code; NaN is missing, a code without a name is a category never seen.
  public let values: [Double]
  /// The feature's contribution to the margin of each row, or empty where no model was asked.
  public let contributions: [Double]

  /// Takes a column.
  ///
  /// - Parameters:
  ///   - name: The feature's name.
  ///   - kind: What the values are.
  ///   - values: One per row.
  ///   - contributions: The feature's contribution to the margin of each row, or empty.
  /// - Precondition: No contributions, or one per row.
  public init(name: String, kind: Kind, values: [Double], contributions: [Double] = []) {
    precondition(contributions.isEmpty || contributions.count == values.count, "one contribution per row")
    self.name = name
    self.kind = kind
    self.values = values
    self.contributions = contributions
  }

  /// Some rows of the column.
  ///
  /// - Parameter rows: Indices of rows.
  /// - Returns: A column with these rows, in their order.
  public func subset(rows: [Int]) -> ObservedColumn {
    ObservedColumn(
      name: name,
      kind: kind,
      values: rows.map { values[$0] },
      contributions: contributions.isEmpty ? [] : rows.map { contributions[$0] }
    )
  }

  /// The names of the categories; empty for numbers.
  public var categories: [String] {
    switch kind {
    case .number: []
    case .category(let names): names
    }
  }

  /// The column as a reference.
  ///
  /// A number without a single value has no quantiles; it is taken as a category without names, so that a value that
  /// turns up later counts as one never seen.
  ///
  /// - Returns: The reference.
  /// - Throws: ``DriftError`` when there are no rows.
  public func reference() throws(DriftError) -> FeatureReference {
    if kind == .number, values.contains(where: { $0 == $0 }) {
      return try FeatureReference(number: name, values: values, contributions: contributions)
    }
    return try FeatureReference(
      category: name,
      codes: values,
      dictionarySize: categories.count,
      contributions: contributions
    )
  }
}

extension ReferenceProfile {
  /// Takes the reference of a table.
  ///
  /// - Parameter columns: The features, at least one, with different names and as many rows.
  /// - Throws: ``DriftError`` when there are no rows or no features.
  public init(columns: [ObservedColumn]) throws(DriftError) {
    var features: [FeatureReference] = []
    for column in columns { features.append(try column.reference()) }
    try self.init(features: features)
  }
}

extension EventCounter {
  /// Counts rows of a table.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - columns: The features in the order of the reference.
  ///   - window: Receives the counts.
  /// - Precondition: As many columns as features, and a window of the same reference.
  public func count(_ rows: Range<Int>, of columns: [ObservedColumn], into window: inout WindowCounts) {
    var event = [Double](repeating: .nan, count: columns.count)
    for row in rows {
      for index in columns.indices { event[index] = columns[index].values[row] }
      event.withUnsafeBufferPointer { count($0, into: &window) }
    }
  }
}
