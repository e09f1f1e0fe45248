import CreditEvents
public import FeaturePipeline

/// The history of the applications of a table, as the arrays of their events.
public final class PublishedHistory {
  private let sorted: SortedHistory

  /// One line a table: how many rows, and what has none.
  public var summary: [String] { sorted.summary }

  /// Reads the ids of a table of applications and sorts the history tables by them.
  ///
  /// - Parameters:
  ///   - folder: The history tables.
  ///   - path: The table of applications.
  ///   - layout: How it is written.
  ///   - idField: The name of the id's column.
  ///   - plan: The history tables; all their declared fields are published, used or not.
  /// - Throws: ``TableError`` with file and line.
  public init(
    _ folder: HistoryFolder,
    of path: String,
    layout: TableLayout,
    idField: String,
    plan: HistoryPlan
  ) throws(TableError) {
    sorted = try HistoryJoin.sorted(
      folder,
      plan: plan,
      positions: try ApplicationPositions(path, layout: layout, idField: idField).positions,
      purpose: .objects
    )
  }

  /// The arrays of one application.
  ///
  /// - Parameter row: Its data row, from 0, above that of the call before.
  /// - Returns: The name of each table and its rows as JSON text, the nested ones within.
  /// - Throws: ``TableError`` when a temporary file cannot be read.
  public func arrays(ofRow row: Int) throws(TableError) -> [(name: String, rows: [UInt8])] {
    try sorted.arrays(row)
  }
}
