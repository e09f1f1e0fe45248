/// A table as it is explored: every column of the file, declared or not, and the formulas over them.
public struct ExploredTable: Sendable {
  /// The pipeline's name.
  public let pipeline: String
  /// What the data are called, for example the file's name.
  public let name: String
  /// The name of the id's column.
  public let idField: String
  /// Whether the ids stand in the table; otherwise they are the numbers of the rows.
  let hasIDs: Bool
  /// The ids of the rows.
  let ids: [String]
  /// The outcomes by row: 1 defaulted, 0 repaid, NaN unknown; `nil` for a table without any.
  let targets: [Double]?
  /// The columns and formulas.
  public let fields: [ExploredField]

  /// The number of rows.
  public var rowCount: Int { ids.count }
}
