import CreditEvents
import FeaturePipeline

/// Reads the rows of a table as applications, one after the other.
struct ApplicationRows {
  /// The number of rows read.
  private(set) var rowCount = 0
  /// The columns.
  let columns: ColumnRoles
  /// The reader of the file; its line is that of the current row.
  let reader: CSVReader

  private let schema: ApplicationSchema
  private let parsers: [FieldParser]
  private let targetParser: FieldParser
  private let idSource: TableLayout.IDSource
  private let hasHeader: Bool

  init(
    path: String,
    layout: TableLayout,
    schema: ApplicationSchema,
    progress: ((Double) -> Void)? = nil
  ) throws(TableError) {
    reader = CSVReader(try TableInput.open(path, progress: progress), delimiter: layout.delimiter)
    columns = try ColumnRoles(reader, layout: layout, schema: schema)
    self.schema = schema
    idSource = layout.idSource
    hasHeader = layout.columns == nil
    parsers = schema.fields.map { FieldParser($0) }
    // An outcome is read as a flag, so that 1, 1.0 and true are the same here as anywhere else.
    targetParser = FieldParser(
      Field(
        name: schema.targetField ?? "",
        kind: .flag,
        flagLabels: Field.FlagLabels(off: layout.outcomes.repaid, on: layout.outcomes.defaulted)
      )
    )
  }

  /// Reads the next row.
  ///
  /// - Parameters:
  ///   - application: Receives id and values; fields without a column are missing.
  ///   - code: Gives the code of a category's canonical text, by slot.
  /// - Returns: The outcome, NaN where it is unknown; `nil` at the end of the table.
  /// - Throws: ``TableError`` with line and column.
  mutating func next(
    into application: inout Application,
    code: (Int, UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(TableError) -> Double? {
    guard try reader.next() else { return nil }
    rowCount += 1
    // A table without a header that lacks only the outcomes is one to be scored.
    let lacksTarget =
      !hasHeader && columns.roles.last == .target && reader.cellCount == columns.roles.count - 1
    guard reader.cellCount == columns.roles.count || lacksTarget else {
      throw reader.error(
        .ragged,
        "the row has \(reader.cellCount) cells instead of \(columns.roles.count); look for a delimiter that is not "
          + "quoted, or a row that is cut off"
      )
    }
    var target = Double.nan
    if idSource == .rowNumber { application.id = String(rowCount) }
    for index in 0..<reader.cellCount {
      switch columns.roles[index] {
      case .dropped: break
      case .id: application.id = try id(at: index)
      case .target:
        target = try value(at: index, targetParser) { _ in nil }
      case .field(let slot):
        application.values[slot] = try value(at: index, parsers[slot]) { code(slot, $0) }
      }
    }
    return target
  }

  private func id(at index: Int) throws(TableError) -> String {
    guard idSource == .column else { return String(rowCount) }
    do {
      return try ApplicationID.canonical(reader.cell(index), field: schema.idField)
    } catch {
      throw reader.error(.id, column: schema.idField, error.message)
    }
  }

  @inline(__always)
  private func value(
    at index: Int,
    _ parser: FieldParser,
    code: (UnsafeBufferPointer<UInt8>) -> Int?
  ) throws(TableError) -> Double {
    let result = reader.withCell(index) { cell in
      Result { () throws(FieldProblem) in try parser.value(ofCell: cell, code: code) }
    }
    switch result {
    case .success(let value): return value
    case .failure(let problem): throw error(problem, parser.field)
    }
  }

  private func error(_ problem: FieldProblem, _ field: Field) -> TableError {
    let remedy = "correct the cell, or list its text under the field's missing"
    let message =
      switch problem {
      case .notANumber: "the cell is not a number; \(remedy)"
      case .numberOutOfRange: "the number is too large; \(remedy)"
      case .notAFlag:
        "the cell is neither \"\(field.flagLabels?.off ?? "0")\" nor \"\(field.flagLabels?.on ?? "1")\"; "
          + (field.name == schema.targetField ? "correct it, or the target's default and repaid" : remedy)
      case .notAScalar: "the cell is no single value; \(remedy)"
      }
    return reader.error(.cell, column: field.name, message)
  }
}
