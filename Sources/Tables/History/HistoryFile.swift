import CreditEvents
import FeaturePipeline

/// Reads the rows of a history table's file, one after the other.
struct HistoryFile {
  /// Which row of the parent, or which application, the current row belongs to.
  private(set) var key = ""
  /// The current row's own id; empty where nothing is nested in the table.
  private(set) var rowID = ""
  /// The reader of the file; its line is that of the current row.
  let reader: CSVReader

  private let table: HistoryTable
  private let columnCount: Int
  private let keyColumn: Int
  private let rowIDColumn: Int?
  /// The column of each declared field.
  private let fieldColumns: [Int]
  private let parsers: [FieldParser]

  /// Opens the file and finds what its columns are.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - table: The table.
  ///   - hasNested: Whether rows need an id of their own.
  ///   - progress: Receives the share of the file that has been read.
  /// - Throws: ``TableError`` when the file cannot be read, lacks a column or has one that is not declared.
  init(
    _ path: String,
    table: HistoryTable,
    hasNested: Bool,
    progress: @escaping (Double) -> Void
  ) throws(TableError) {
    reader = CSVReader(try TableInput.open(path, progress: progress))
    self.table = table
    let names = try HeaderLine.read(reader, layout: TableLayout())
    let own = [table.key] + (table.rowID.map { [$0] } ?? [])
    let known = Set(own + table.fields.map(\.name) + table.ignoredColumns)
    let unknown = names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw reader.error(
        .header,
        "the pipeline does not declare \(ColumnRoles.list(unknown)) under history.\(table.name); declare it under "
          + "fields, or under drop"
      )
    }
    let needed = [table.key] + (hasNested ? [table.rowID].compactMap { $0 } : []) + table.fields.map(\.name)
    let missing = needed.filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw reader.error(.header, "the table has no column \(ColumnRoles.list(missing)); check the file")
    }
    columnCount = names.count
    keyColumn = names.firstIndex(of: table.key) ?? 0
    rowIDColumn = hasNested ? table.rowID.flatMap { names.firstIndex(of: $0) } : nil
    fieldColumns = table.fields.map { field in names.firstIndex(of: field.name) ?? 0 }
    parsers = table.fields.map { FieldParser($0) }
  }

  /// Goes to the next row.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: ``TableError`` with the line of a row that breaks the rules or has no usable key.
  mutating func next() throws(TableError) -> Bool {
    guard try reader.next() else { return false }
    guard reader.cellCount == columnCount else {
      throw reader.error(
        .ragged,
        "the row has \(reader.cellCount) cells instead of \(columnCount); look for a row that is cut off"
      )
    }
    key = try id(at: keyColumn, table.key)
    if let rowIDColumn { rowID = try id(at: rowIDColumn, table.rowID ?? "") }
    return true
  }

  /// The number of a field of the current row.
  ///
  /// - Parameter field: The field's index.
  /// - Returns: The number; NaN is missing.
  /// - Throws: ``TableError`` `cell` when the cell is none of the field's values.
  func number(of field: Int) throws(TableError) -> Double {
    let categories = table.categories[field] ?? CategoryDictionary()
    let result = reader.withCell(fieldColumns[field]) { cell in
      Result { () throws(FieldProblem) in
        try parsers[field].value(ofCell: cell) { categories.codeOrHash(utf8: $0) }
      }
    }
    do throws(FieldProblem) {
      return try result.get()
    } catch {
      throw reader.error(.cell, column: table.fields[field].name, error.message(for: table.fields[field]))
    }
  }

  /// The current row as an object of an event.
  ///
  /// - Parameter encoder: The table's encoder.
  /// - Returns: A JSON object.
  /// - Throws: ``TableError`` `cell` when a cell is none of its field's values.
  func object(by encoder: HistoryRowEncoder) throws(TableError) -> [UInt8] {
    do throws(Rejection) {
      return try encoder.encode { reader.cell(fieldColumns[$0]) }
    } catch {
      throw reader.error(.cell, error.message)
    }
  }

  private func id(at column: Int, _ name: String) throws(TableError) -> String {
    do throws(Rejection) {
      return try ApplicationID.canonical(reader.cell(column), field: name)
    } catch {
      throw reader.error(.id, column: name, error.message)
    }
  }
}
