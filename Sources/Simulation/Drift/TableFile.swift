import CreditEvents
public import FeaturePipeline
public import Tables

/// Writes a table as a file that reads back to the same values.
public enum TableFile {
  /// Writes a table with its ids, fields and, where there are any, outcomes.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - path: The file; a name that ends in `.gz` compresses it.
  ///   - layout: How outcomes are told; cells are separated by commas whatever it says.
  /// - Throws: `TableError` `cannotWrite`; nothing is left half-written.
  public static func write(
    _ table: ApplicationTable,
    to path: String,
    layout: TableLayout
  ) throws(TableError) {
    let schema = table.schema
    let slots = 0..<schema.readCount
    let target = table.targets == nil ? nil : schema.targetField
    let writer = try CSVWriter(
      path,
      header: [schema.idField] + slots.map { schema.fields[$0].name } + (target.map { [$0] } ?? [])
    )
    for row in 0..<table.rowCount {
      writer.cell(table.ids[row])
      for slot in slots {
        let value = table.columns[slot][row]
        let field = schema.fields[slot]
        guard value == value else {
          writer.cell("")
          continue
        }
        switch field.kind {
        case .number: writer.cell(value)
        case .flag:
          writer.cell(value == 0 ? field.flagLabels?.off ?? "0" : field.flagLabels?.on ?? "1")
        case .category: writer.cell(table.dictionaries[slot]?.categories[Int(value)] ?? "")
        }
      }
      if target != nil, let outcome = table.targets?[row] {
        writer.cell(outcome == 1 ? layout.outcomes.defaulted : outcome == 0 ? layout.outcomes.repaid : "")
      }
      try writer.endRow()
    }
    try writer.finish()
  }
}
