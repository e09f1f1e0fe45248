internal import StrictJSON

extension HistoryReader {
  /// Reads a table from a text that is scanned.
  ///
  /// - Parameters:
  ///   - scanner: Stands before the member's value.
  ///   - table: The table's index.
  ///   - depth: How deeply the value stands: 1 within the outermost object.
  ///   - history: Receives the rows.
  /// - Returns: Whether the text was what it should be.
  mutating func scan(
    _ scanner: inout JSONScanner,
    table: Int,
    depth: Int,
    into history: inout [HistoryRows]
  ) -> Bool {
    if scanner.skipBlanks() == UInt8(ascii: "n") { return scanner.word("null") }
    guard depth + 2 <= scanner.limits.maximumDepth, scanner.consume(UInt8(ascii: "[")) else { return false }
    if scanner.consume(UInt8(ascii: "]")) { return true }
    // Moved out and back, so that the inner loop touches no array of tables.
    var keys = KeyPrediction(names: NameTable())
    swap(&keys, &tables[table].keys)
    defer { swap(&keys, &tables[table].keys) }
    var rows = HistoryRows(width: 0)
    swap(&rows, &history[table])
    defer { swap(&rows, &history[table]) }
    let (reader, roles, nested) = (tables[table].reader, tables[table].roles, tables[table].nested)
    repeat {
      guard scanner.consume(UInt8(ascii: "{")) else { return false }
      let start = rows.appendRow()
      guard rows.rowCount <= Self.maximumRows else { return false }
      keys.beginObject()
      if !scanner.consume(UInt8(ascii: "}")) {
        var position = 0
        repeat {
          guard position < scanner.limits.maximumMembers, let index = keys.consume(&scanner, at: position)
          else {
            return false
          }
          position += 1
          let role = index == KeyPrediction.unknown ? -1 : roles[index]
          if role >= 0 {
            guard let value = reader.value(&scanner, slot: role) else { return false }
            rows.values[start + role] = value
          } else if role == -1 {
            guard scanner.skipValue(depth: depth + 2) else { return false }
          } else {
            guard scan(&scanner, table: -2 - role, depth: depth + 2, into: &history) else { return false }
          }
        } while scanner.consume(UInt8(ascii: ","))
        guard scanner.consume(UInt8(ascii: "}")) else { return false }
      }
      for child in nested { history[child].endGroup() }
    } while scanner.consume(UInt8(ascii: ","))
    return scanner.consume(UInt8(ascii: "]"))
  }
}
