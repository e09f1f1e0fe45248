public import CreditEvents
public import FeaturePipeline
import StrictJSON
public import Tables

/// The rows of a table as records: what a lender's intake system would have sent.
///
/// Fields of the schema become members, the label becomes an outcome and never part of the event. A table has no
/// calendar: its rows are given times at an even distance.
public struct TableSource: ApplicationSource {
  /// The times that rows are given.
  public struct Times: Sendable, Equatable {
    /// The time of the first row, in milliseconds since 1970-01-01 UTC.
    public var startMilliseconds: Int64
    /// The time between two rows in milliseconds.
    public var intervalMilliseconds: Double
    /// How long after its application an outcome becomes known, in milliseconds.
    public var outcomeDelayMilliseconds: Int64

    /// Creates times.
    ///
    /// - Parameters:
    ///   - startMilliseconds: The time of the first row, in milliseconds since 1970-01-01 UTC.
    ///   - intervalMilliseconds: The time between two rows in milliseconds.
    ///   - outcomeDelayMilliseconds: How long after its application an outcome becomes known, in milliseconds.
    public init(
      startMilliseconds: Int64,
      intervalMilliseconds: Double = 6_000,
      outcomeDelayMilliseconds: Int64 = 180 * 86_400_000
    ) {
      self.startMilliseconds = startMilliseconds
      self.intervalMilliseconds = intervalMilliseconds
      self.outcomeDelayMilliseconds = outcomeDelayMilliseconds
    }
  }

  private let path: String
  private let rows: TextRows
  private let encoder: ApplicationEncoder
  private let times: Times
  private let limit: Int?
  private let targetColumn: Int?
  private let targetParser: FieldParser
  private var writer = JSONWriter()
  private var count = 0
  private let history: PublishedHistory?

  /// Opens a table.
  ///
  /// - Parameters:
  ///   - path: The file, which may be compressed with gzip.
  ///   - layout: How it is written.
  ///   - schema: The fields; every column must be declared.
  ///   - times: The times that rows are given.
  ///   - limit: At most so many rows are read.
  ///   - history: The tables that are nested into the events as arrays; none by default.
  /// - Throws: `TableError` when the file or its header cannot be read, `SchemaError` for a column that the schema
  ///   does not declare.
  public init(
    _ path: String,
    layout: TableLayout,
    schema: ApplicationSchema,
    times: Times,
    limit: Int? = nil,
    history: PublishedHistory? = nil
  ) throws {
    self.history = history
    self.path = path
    self.times = times
    self.limit = limit
    let rows = try TextRows(path, layout: layout, idField: schema.idField)
    self.rows = rows
    encoder = try ApplicationEncoder(schema: schema, header: rows.header)
    targetColumn = schema.targetField.flatMap { rows.header.firstIndex(of: $0) }
    targetParser = FieldParser(
      Field(
        name: schema.targetField ?? "",
        kind: .flag,
        flagLabels: .init(off: layout.outcomes.repaid, on: layout.outcomes.defaulted)
      )
    )
  }

  /// The limit, if there is one; how long a table is shows only at its end.
  public var expectedCount: Int? { limit }

  /// The next row as a record, nil at the end.
  ///
  /// - Returns: A record.
  /// - Throws: `TableError` for a row that breaks the rules of its format, ``SimulationError`` of code
  ///   `unreadableRow` for a cell that is none of its field's values.
  public mutating func next() throws -> OutgoingApplication? {
    guard count < limit ?? .max, let cells = try rows.next() else { return nil }
    let eventTime = times.startMilliseconds + Int64(Double(count) * times.intervalMilliseconds)
    count += 1
    writer.removeAll(keepingCapacity: true)
    do {
      let arrays = try history?.arrays(ofRow: count - 1) ?? []
      let id = try encoder.encode(cells, history: arrays, into: &writer)
      return OutgoingApplication(
        id: id,
        value: writer.bytes,
        eventTimeMilliseconds: eventTime,
        outcome: try outcome(of: id, cells, eventTime)
      )
    } catch let error as TableError {
      throw error
    } catch {
      let problem =
        (error as? Rejection)?.message ?? "the label is neither of the two declared texts: correct it"
      throw SimulationError(.unreadableRow, "\(path):\(rows.line): \(problem)")
    }
  }

  private func outcome(of id: String, _ cells: [String], _ eventTime: Int64) throws -> LoanOutcome? {
    guard let targetColumn else { return nil }
    var cell = cells[targetColumn]
    let value = try cell.withUTF8 { try targetParser.value(ofCell: $0) { _ in nil } }
    guard value == value else { return nil }
    return LoanOutcome(
      applicationID: id,
      outcome: value == 1 ? .defaulted : .repaid,
      knownAtMilliseconds: eventTime + times.outcomeDelayMilliseconds
    )
  }
}
