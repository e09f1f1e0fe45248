internal import StrictJSON

/// Turns rows of a history table's file into the objects of an event's array.
public struct HistoryRowEncoder: Sendable {
  private let names: [String]
  private let cells: [CellEncoder]

  /// Prepares the encoder of a table.
  ///
  /// - Parameter table: The table; all its declared fields are written, used or not.
  public init(_ table: HistoryTable) {
    names = table.fields.map(\.name)
    cells = table.fields.map { CellEncoder(table.qualified($0)) }
  }

  /// Writes a row.
  ///
  /// - Parameter cell: The text of a field's cell, by its index.
  /// - Returns: A JSON object.
  /// - Throws: ``Rejection`` of the first cell that is none of its field's values.
  public func encode(_ cell: (Int) -> String) throws(Rejection) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (index, encoder) in cells.enumerated() {
      writer.key(names[index])
      var text = cell(index)
      try text.withUTF8 { encoder.encode($0, into: &writer) }.get()
    }
    writer.endObject()
    return writer.bytes
  }
}
