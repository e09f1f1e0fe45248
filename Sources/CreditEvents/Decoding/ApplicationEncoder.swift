public import StrictJSON

/// Turns rows of a table, or applications that were read, into values of applications records.
///
/// Numbers are written as JSON numbers, categories and labelled flags as texts, flags without labels as 0 and 1,
/// missing values as null. What ``ApplicationDecoder`` reads from it is what ``FieldParser`` reads from the
/// cells. Target and dropped columns stay at home: a published label would be a leak.
public struct ApplicationEncoder: Sendable {
  private enum Column {
    case id
    case field(slot: Int)
    case skipped
  }

  private let schema: ApplicationSchema
  private let cells: [CellEncoder]
  private let columns: [Column]

  /// Prepares the encoder of a table.
  ///
  /// - Parameters:
  ///   - schema: The fields of an application.
  ///   - header: The names of the table's columns, in order; nil when only applications are encoded.
  /// - Throws: ``SchemaError`` when the table has no column of ids or one that the schema does not declare.
  public init(schema: ApplicationSchema, header: [String]? = nil) throws(SchemaError) {
    var columns: [Column] = []
    for name in header ?? [] {
      if name == schema.idField {
        columns.append(.id)
      } else if let slot = schema.slot(of: name), slot < schema.readCount {
        columns.append(.field(slot: slot))
      } else if name == schema.targetField || schema.ignoredFields.contains(name) {
        columns.append(.skipped)
      } else {
        throw SchemaError(.undeclaredColumn, name: name)
      }
    }
    if let header, !header.contains(schema.idField) {
      throw SchemaError(.missingIdColumn, name: schema.idField)
    }
    self.schema = schema
    self.columns = columns
    cells = schema.fields.map(CellEncoder.init)
  }

  /// Writes a row as an event, members in the order of the columns.
  ///
  /// - Parameters:
  ///   - cells: The texts of the row, quotes removed; one for each column of the header.
  ///   - history: The arrays of the client's history, each as JSON text; they follow the columns.
  ///   - writer: Receives one JSON object.
  /// - Returns: The application's id, the key of the record.
  /// - Throws: ``Rejection`` of the first cell that is none of its field's values, as the event would get it.
  /// - Precondition: There are as many cells as columns.
  public func encode(
    _ cells: [String],
    history: [(name: String, rows: [UInt8])] = [],
    into writer: inout JSONWriter
  ) throws(Rejection) -> String {
    precondition(cells.count == columns.count, "one cell for each column of the header")
    var id = ""
    writer.beginObject()
    for (column, cell) in zip(columns, cells) {
      var cell = cell
      switch column {
      case .skipped: continue
      case .id:
        id = try ApplicationID.canonical(cell, field: schema.idField)
        writer.member(schema.idField, id)
      case .field(let slot):
        writer.key(schema.fields[slot].name)
        try cell.withUTF8 { self.cells[slot].encode($0, into: &writer) }.get()
      }
    }
    write(history, into: &writer)
    writer.endObject()
    return id
  }

  private func write(_ history: [(name: String, rows: [UInt8])], into writer: inout JSONWriter) {
    for (name, rows) in history {
      writer.key(name)
      writer.json(rows)
    }
  }

  /// Writes an application as an event: the id, then every field by slot.
  ///
  /// - Parameters:
  ///   - application: The application; an unseen category is written as null, for its text is not known.
  ///   - dictionaries: The categories of each field by slot.
  ///   - history: The arrays of the client's history, each as JSON text.
  ///   - writer: Receives one JSON object.
  public func encode(
    _ application: Application,
    dictionaries: [CategoryDictionary?],
    history: [(name: String, rows: [UInt8])] = [],
    into writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member(schema.idField, application.id)
    for (slot, value) in application.values.prefix(schema.readCount).enumerated() {
      let field = schema.fields[slot]
      writer.key(field.name)
      if field.kind == .category {
        let categories = dictionaries[slot]?.categories ?? []
        if value >= 0, Int(value) < categories.count {
          writer.string(categories[Int(value)])
        } else {
          writer.null()
        }
      } else {
        cells[slot].encode(value, into: &writer)
      }
    }
    write(history, into: &writer)
    writer.endObject()
  }
}
