public import FeaturePipeline

/// Reads a table as texts, for publishing its rows as events.
///
/// Where ids are row numbers, the id's column comes first, as if it stood in the file.
public final class TextRows {
  /// The names of the columns.
  public let header: [String]
  /// The line on which the last row started, from 1.
  public var line: Int { reader.line }

  private let reader: CSVReader
  private let isNumbered: Bool
  private let columnCount: Int
  private var rowCount = 0

  /// Opens a table and reads its header.
  ///
  /// - Parameters:
  ///   - path: The file, which may be compressed with gzip.
  ///   - layout: How the table is written.
  ///   - idField: The name of the id's column.
  /// - Throws: ``TableError`` when the file or its header cannot be read.
  public init(_ path: String, layout: TableLayout, idField: String) throws(TableError) {
    reader = CSVReader(try TableInput.open(path), delimiter: layout.delimiter)
    let names = try HeaderLine.read(reader, layout: layout)
    isNumbered = layout.idSource == .rowNumber && !names.contains(idField)
    columnCount = names.count
    header = (isNumbered ? [idField] : []) + names
  }

  /// Reads the next row.
  ///
  /// - Returns: A text for each column, quotes removed; `nil` at the end of the table.
  /// - Throws: ``TableError`` with the line of a row that breaks the rules or has another number of cells.
  public func next() throws(TableError) -> [String]? {
    guard try reader.next() else { return nil }
    guard reader.cellCount == columnCount else {
      throw reader.error(.ragged, "the row has \(reader.cellCount) cells instead of \(columnCount)")
    }
    rowCount += 1
    let cells = (0..<columnCount).map { reader.cell($0) }
    return isNumbered ? [String(rowCount)] + cells : cells
  }
}
