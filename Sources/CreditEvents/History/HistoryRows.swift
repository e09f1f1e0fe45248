/// The rows of one history table that belong to one application, in groups.
///
/// A row is `width` numbers: those of the fields that are read, in the order of ``HistoryTable/readFields``, then
/// those that are computed from nested tables (NaN until then). A table of the application itself has one group;
/// a nested one has a group for each row of its parent, in the same order.
public struct HistoryRows: Sendable, Equatable {
  /// How many numbers a row has.
  public let width: Int
  /// The numbers, row by row; NaN is missing.
  public var values: [Double] = []
  /// The number of rows.
  public private(set) var rowCount = 0
  /// Where each group ends; it begins where the one before it ends.
  public private(set) var groupEnds: [Int] = []

  /// Prepares for the rows of a table.
  ///
  /// - Parameter table: The table.
  public init(_ table: HistoryTable) { self.init(width: table.width) }

  init(width: Int) { self.width = width }

  /// Adds a row whose numbers are all missing.
  ///
  /// - Returns: Where its numbers begin in ``values``.
  public mutating func appendRow() -> Int {
    let start = values.count
    for _ in 0..<width { values.append(.nan) }
    rowCount += 1
    return start
  }

  /// Ends the current group with the last row.
  public mutating func endGroup() { groupEnds.append(rowCount) }

  /// Forgets all rows and keeps the memory.
  public mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    groupEnds.removeAll(keepingCapacity: true)
    rowCount = 0
  }
}
