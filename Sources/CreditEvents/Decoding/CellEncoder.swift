internal import StrictJSON

/// Writes the cells of one field as values of events, such that an event has the values of the cells.
struct CellEncoder: Sendable {
  private let parser: FieldParser

  init(_ field: Field) { parser = FieldParser(field) }

  /// Writes a cell.
  ///
  /// - Parameters:
  ///   - cell: The cell's text.
  ///   - writer: Receives one value.
  /// - Returns: Nothing, or why the cell is none of the field's values.
  func encode(
    _ cell: UnsafeBufferPointer<UInt8>,
    into writer: inout JSONWriter
  ) -> Result<Void, Rejection> {
    var isWritten = false
    let result = parser.result(ofCell: cell) { category in
      writer.string(utf8: category)
      isWritten = true
      return nil
    }
    switch result {
    case .success(let value):
      if !isWritten { encode(value, into: &writer) }
      return .success(())
    case .failure(let problem): return .failure(Rejection(problem, field: parser.field))
    }
  }

  /// Writes a number or a flag that was read before.
  ///
  /// - Parameters:
  ///   - value: The value; NaN is missing.
  ///   - writer: Receives one value.
  func encode(_ value: Double, into writer: inout JSONWriter) {
    if value.isNaN {
      writer.null()
    } else if parser.field.kind == .flag, let labels = parser.field.flagLabels {
      writer.string(value == 0 ? labels.off : labels.on)
    } else if value.magnitude < 0x1p53, let integer = Int64(exactly: value) {
      writer.integer(integer)
    } else {
      writer.number(value)
    }
  }
}
