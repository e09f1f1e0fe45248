internal import StrictJSON

/// Reads the arrays of an event into rows of history, only the fields that are used.
///
/// A row's other members are passed over, known or not; a member that is used must hold one of its field's values.
/// Rows may stand in any order: what is computed of them sorts them first.
struct HistoryReader {
  /// The most rows of all tables of one event.
  static let maximumRows = 1 << 16

  /// How one table's rows are read.
  struct Table {
    let name: String
    let isNested: Bool
    let reader: SlotReader
    var keys: KeyPrediction
    /// What each known name is: a column, −1 for a field that is not used, −2 − index for a nested table.
    let roles: [Int]
    let nested: [Int]
  }

  var tables: [Table]

  init(_ tables: [HistoryTable]) {
    self.tables = tables.enumerated().map { index, table in
      let nested = tables.indices.filter { tables[$0].parent == index }
      var roles = [Int](repeating: -1, count: table.fields.count)
      for (column, field) in table.readFields.enumerated() { roles[field] = column }
      return Table(
        name: table.name,
        isNested: table.parent != nil,
        reader: SlotReader(
          fields: table.readFields.map { table.qualified(table.fields[$0]) },
          dictionaries: table.readFields.map { table.categories[$0] },
          hashesUnseen: true
        ),
        keys: KeyPrediction(names: NameTable(table.fields.map(\.name) + nested.map { tables[$0].name })),
        roles: roles + nested.map { -2 - $0 },
        nested: nested
      )
    }
  }

  /// Whether there is anything to read.
  var isEmpty: Bool { tables.isEmpty }

  /// Reads a table of the application itself, with those nested in it.
  ///
  /// - Parameters:
  ///   - json: The member's value: an array of objects, or null for none.
  ///   - table: The table's index.
  ///   - history: Receives the rows.
  ///   - checkKeys: Refuses a row that has a key twice.
  /// - Throws: ``Rejection`` for another value, or a row with a value that is none of its field's.
  mutating func read(
    _ json: JSONValue,
    table: Int,
    into history: inout [HistoryRows],
    checking checkKeys: (JSONValue) throws(Rejection) -> Void
  ) throws(Rejection) {
    if json.kind == .null { return }
    guard json.kind == .array else { throw notRows(tables[table].name) }
    let nested = tables[table].nested
    for row in json.elements {
      guard row.kind == .object else { throw notRows(tables[table].name) }
      try checkKeys(row)
      let start = history[table].appendRow()
      guard history[table].rowCount <= Self.maximumRows else { throw tooMany(tables[table].name) }
      var position = 0
      for member in row.members {
        let index = tables[table].keys.index(of: member.key.utf8, at: position)
        position += 1
        guard index != KeyPrediction.unknown else { continue }
        let role = tables[table].roles[index]
        if role >= 0 {
          history[table].values[start + role] = try tables[table].reader.value(of: member.value, slot: role)
        } else if role <= -2 {
          try read(member.value, table: -2 - role, into: &history, checking: checkKeys)
        }
      }
      for child in nested { history[child].endGroup() }
    }
  }

  /// Ends the one group of each table that belongs to the application itself.
  func finish(_ history: inout [HistoryRows]) {
    for (index, table) in tables.enumerated() where !table.isNested { history[index].endGroup() }
  }

  private func notRows(_ name: String) -> Rejection {
    Rejection(
      .wrongType,
      field: name,
      message: "history \"\(name)\" is not an array of objects: send one object a row, or an empty array"
    )
  }

  private func tooMany(_ name: String) -> Rejection {
    Rejection(
      .tooLarge,
      field: name,
      message: "history \"\(name)\" has more than \(Self.maximumRows) rows: send the latest of them"
    )
  }
}

extension HistoryTable {
  /// A field under the name that messages and reasons call it by: `loans.sum`.
  func qualified(_ field: Field) -> Field {
    var field = field
    field.name = "\(name).\(field.name)"
    return field
  }
}
