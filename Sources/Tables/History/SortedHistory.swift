import CreditEvents
import FeaturePipeline

/// The rows of all history tables, application by application.
final class SortedHistory {
  /// One line a table: how many rows, and what has none.
  let summary: [String]

  private let plan: HistoryPlan
  private let streams: [HistoryStream]

  init(plan: HistoryPlan, streams: [HistoryStream], summary: [String]) {
    self.plan = plan
    self.streams = streams
    self.summary = summary
  }

  /// Reads the rows of one application as numbers.
  ///
  /// - Parameters:
  ///   - position: The application's position, above that of the call before.
  ///   - history: Receives the rows of each table.
  /// - Throws: ``TableError`` when a temporary file cannot be read.
  func read(_ position: Int, into history: inout [HistoryRows]) throws(TableError) {
    for table in history.indices { history[table].removeAll() }
    let prefix = HistoryKey.bytes(of: UInt32(position))
    for table in plan.tables.indices where plan.tables[table].parent == nil {
      try streams[table].skip(before: prefix)
      try read(table, under: prefix, into: &history)
    }
  }

  private func read(_ table: Int, under prefix: [UInt8], into history: inout [HistoryRows]) throws(TableError)
  {
    let nested = plan.tables.indices.filter { plan.tables[$0].parent == table }
    let stream = streams[table]
    while stream.isAt(prefix) {
      let start = history[table].appendRow()
      let count = plan.tables[table].readFields.count
      stream.payload.withUnsafeBytes { bytes in
        for column in 0..<count {
          history[table].values[start + column] = bytes.loadUnaligned(
            fromByteOffset: column * 8,
            as: Double.self
          )
        }
      }
      for child in nested { try read(child, under: stream.key, into: &history) }
      try stream.advance()
    }
    history[table].endGroup()
  }

  /// Reads the rows of one application as arrays of an event.
  ///
  /// - Parameter position: The application's position, above that of the call before.
  /// - Returns: The array of each table of the application itself, as JSON text.
  /// - Throws: ``TableError`` when a temporary file cannot be read.
  func arrays(_ position: Int) throws(TableError) -> [(name: String, rows: [UInt8])] {
    let prefix = HistoryKey.bytes(of: UInt32(position))
    var arrays: [(name: String, rows: [UInt8])] = []
    for table in plan.tables.indices where plan.tables[table].parent == nil {
      try streams[table].skip(before: prefix)
      arrays.append((plan.tables[table].name, try array(table, under: prefix)))
    }
    return arrays
  }

  private func array(_ table: Int, under prefix: [UInt8]) throws(TableError) -> [UInt8] {
    let nested = plan.tables.indices.filter { plan.tables[$0].parent == table }
    let stream = streams[table]
    var text: [UInt8] = [UInt8(ascii: "[")]
    while stream.isAt(prefix) {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text += stream.payload
      for child in nested {
        // Names of tables are checked when the pipeline is; in an event they stand between plain quotes.
        let isEmpty = text.last == UInt8(ascii: "}") && text.dropLast().last == UInt8(ascii: "{")
        text.removeLast()
        text += Array("\(isEmpty ? "" : ",")\"\(plan.tables[child].name)\":".utf8)
        text += try array(child, under: stream.key)
        text.append(UInt8(ascii: "}"))
      }
      try stream.advance()
    }
    text.append(UInt8(ascii: "]"))
    return text
  }
}

/// The sorted rows of one table with the next one at hand.
final class HistoryStream {
  private let records: SortedRecords
  private var isAtEnd = false

  /// The next row's key: its application, its order and, in a nested table, its parent.
  private(set) var key: [UInt8] = []
  /// What is kept of the next row.
  var payload: [UInt8] { records.payload }

  init(_ records: SortedRecords) throws(TableError) {
    self.records = records
    try advance()
  }

  /// Goes to the next row.
  func advance() throws(TableError) {
    isAtEnd = try !records.next()
    key = isAtEnd ? [] : records.key
  }

  /// Whether the next row belongs to an application or to a row of the parent.
  func isAt(_ prefix: [UInt8]) -> Bool { !isAtEnd && key.starts(with: prefix) }

  /// Passes over the rows of applications before one.
  func skip(before prefix: [UInt8]) throws(TableError) {
    while !isAtEnd, key.lexicographicallyPrecedes(prefix) { try advance() }
  }
}
