import CreditEvents
import FeaturePipeline

extension ApplicationTableReader {
  /// Refuses a folder that the pipeline has no use for, and the lack of one that it needs.
  ///
  /// - Parameters:
  ///   - history: The folder, if one is given.
  ///   - path: The table of applications, for the message.
  /// - Throws: ``TableError`` `cannotOpen`.
  public func check(_ history: HistoryFolder?, for path: String) throws(TableError) {
    if historyPlan.isEmpty, history != nil {
      throw TableError(
        .cannotOpen,
        file: path,
        "the pipeline declares no history tables; leave --history out, or declare them under history"
      )
    }
    if !historyPlan.isEmpty, history == nil {
      let names = historyPlan.tables.map { "\($0.name).csv" }.joined(separator: ", ")
      throw TableError(
        .cannotOpen,
        file: path,
        "the pipeline reads history; name the folder with \(names) by --history DIR"
      )
    }
  }

  /// Sorts the history tables by the applications' positions.
  func sort(
    _ folder: HistoryFolder,
    _ positions: [String: Int],
    purpose: HistoryJoin.Purpose = .numbers,
    _ note: (String) -> Void
  ) throws(TableError) -> SortedHistory {
    let sorted = try HistoryJoin.sorted(folder, plan: historyPlan, positions: positions, purpose: purpose)
    for line in sorted.summary { note(line) }
    return sorted
  }

  /// Computes the aggregates of all rows of a table.
  func addAggregates(
    of folder: HistoryFolder,
    _ positions: [String: Int],
    to columns: inout [[Double]],
    _ note: (String) -> Void
  ) throws(TableError) {
    let sorted = try sort(folder, positions, note)
    var aggregator = HistoryAggregator(historyPlan)
    var history = historyPlan.tables.map { HistoryRows($0) }
    var values = [Double](repeating: .nan, count: historyPlan.aggregates.count)
    for position in 0..<positions.count {
      try sorted.read(position, into: &history)
      aggregator.run(&history, into: &values)
      for (index, value) in values.enumerated() { columns[schema.readCount + index][position] = value }
    }
  }
}

/// The position of each application in a table, by its id.
struct ApplicationPositions {
  /// The position of each id, from 0 on.
  private(set) var positions: [String: Int] = [:]

  /// Reads the ids of a table, and nothing else of it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - layout: How it is written.
  ///   - idField: The name of the id's column.
  /// - Throws: ``TableError`` with the line of an id that is malformed or stands twice.
  init(_ path: String, layout: TableLayout, idField: String) throws(TableError) {
    let reader = CSVReader(try TableInput.open(path), delimiter: layout.delimiter)
    let names = try HeaderLine.read(reader, layout: layout)
    let column = layout.idSource == .column ? names.firstIndex(of: idField) : nil
    while try reader.next() {
      var id = String(positions.count + 1)
      if let column {
        guard column < reader.cellCount else { throw reader.error(.ragged, "the row has too few cells") }
        do throws(Rejection) {
          id = try ApplicationID.canonical(reader.cell(column), field: idField)
        } catch {
          throw reader.error(.id, column: idField, error.message)
        }
      }
      guard positions.updateValue(positions.count, forKey: id) == nil else {
        throw reader.error(.id, column: idField, "the id stands twice; keep one row for each application")
      }
    }
  }
}
