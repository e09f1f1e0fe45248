import CreditEvents
public import DriftDetection

/// One side of a comparison: rows of a table as columns, under the codes of the reference.
public struct ComparedSample: Sendable {
  /// A column with what the report says about it.
  public struct Column: Sendable {
    /// The values.
    public var observed: ObservedColumn
    /// What the column is to the model.
    public var role: DriftState.Role
    /// What people call it, or empty.
    public var label: String
    /// The least and the greatest expected number, where the pipeline declares them.
    public var range: ClosedRange<Double>?
  }

  /// What the rows are called.
  public var name: String
  /// How many there are.
  public var rowCount: Int
  /// The columns.
  public var columns: [Column]
  /// The ids of the rows; empty where they are numbers of rows.
  public var ids: [String]

  /// Some rows.
  ///
  /// - Parameters:
  ///   - rows: Indices of rows.
  ///   - name: What they are called.
  /// - Returns: The rows in their order.
  public func subset(rows: [Int], name: String) -> ComparedSample {
    var sample = self
    sample.name = name
    sample.rowCount = rows.count
    for index in columns.indices {
      sample.columns[index].observed = columns[index].observed.subset(rows: rows)
    }
    sample.ids = ids.isEmpty ? [] : rows.map { ids[$0] }
    return sample
  }
}
