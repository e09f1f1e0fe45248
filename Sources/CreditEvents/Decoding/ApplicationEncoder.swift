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
  private let parsers: [FieldParser]
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
      } else if let slot = schema.slot(of: name) {
        columns.append(.field(slot: slot))
      } else if schema.declares(name) {
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
    parsers = schema.fields.map(FieldParser.init)
  }

  /// Writes a row as an event, members in the order of the columns.
  ///
  /// - Parameters:
  ///   - cells: The texts of the row, quotes removed; one for each column of the header.
  ///   - writer: Receives one JSON object.
  /// - Returns: The application's id, the key of the record.
  /// - Throws: ``Rejection`` of the first cell that is none of its field's values, as the event would get it.
  /// - Precondition: There are as many cells as columns.
  public func encode(_ cells: [String], into writer: inout JSONWriter) throws(Rejection) -> String {
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
        try encode(&cell, slot: slot, into: &writer)
      }
    }
    writer.endObject()
    return id
  }

  /// Writes an application as an event: the id, then every field by slot.
  ///
  /// - Parameters:
  ///   - application: The application; an unseen category is written as null, for its text is not known.
  ///   - dictionaries: The categories of each field by slot.
  ///   - writer: Receives one JSON object.
  public func encode(
    _ application: Application,
    dictionaries: [CategoryDictionary?],
    into writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member(schema.idField, application.id)
    for (slot, value) in application.values.enumerated() {
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
        encode(value, field, into: &writer)
      }
    }
    writer.endObject()
  }

  private func encode(_ cell: inout String, slot: Int, into writer: inout JSONWriter) throws(Rejection) {
    let field = schema.fields[slot]
    var isWritten = false
    let result = cell.withUTF8 { utf8 in
      parsers[slot].result(ofCell: utf8) { category in
        writer.string(utf8: category)
        isWritten = true
        return nil
      }
    }
    switch result {
    case .success(let value):
      if !isWritten { encode(value, field, into: &writer) }
    case .failure(let problem): throw Rejection(problem, field: field)
    }
  }

  private func encode(_ value: Double, _ field: Field, into writer: inout JSONWriter) {
    if value.isNaN {
      writer.null()
    } else if field.kind == .flag, let labels = field.flagLabels {
      writer.string(value == 0 ? labels.off : labels.on)
    } else if value.magnitude < 0x1p53, let integer = Int64(exactly: value) {
      writer.integer(integer)
    } else {
      writer.number(value)
    }
  }
}
