public import CreditEvents
public import FeaturePipeline

/// Reads tables of applications, from CSV files that may be compressed with gzip.
///
/// Cells have the meaning that ``CreditEvents/FieldParser`` gives them, the same as in events. Every column must be
/// declared and every declared one be there, save for protected fields and dropped columns, which may be absent;
/// the column of outcomes is read if it is there.
public struct ApplicationTableReader: Sendable {
  /// How the tables are written.
  public let layout: TableLayout
  /// The fields.
  public let schema: ApplicationSchema
  /// What is computed of the client's history.
  public let historyPlan: HistoryPlan

  /// Prepares to read tables.
  ///
  /// - Parameters:
  ///   - layout: How the tables are written.
  ///   - schema: The fields.
  ///   - historyPlan: What is computed of the client's history; none by default.
  public init(layout: TableLayout, schema: ApplicationSchema, historyPlan: HistoryPlan = HistoryPlan()) {
    self.layout = layout
    self.schema = schema
    self.historyPlan = historyPlan
  }

  /// Prepares to read tables for training.
  ///
  /// - Parameter declaration: A pipeline's declaration.
  /// - Throws: ``FeaturePipeline/PipelineError`` when its fields contradict each other.
  public init(_ declaration: PipelineDeclaration) throws(PipelineError) {
    self.init(
      layout: declaration.layout,
      schema: try declaration.schema(),
      historyPlan: try declaration.historyPlan()
    )
  }

  /// Prepares to read tables that are to be scored.
  ///
  /// - Parameter pipeline: A fitted pipeline.
  public init(_ pipeline: FittedPipeline) {
    self.init(layout: pipeline.layout, schema: pipeline.schema, historyPlan: pipeline.historyPlan)
  }

  /// Reads a whole table and collects the categories that it has.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - history: The folder of the history tables, for a pipeline that declares some.
  ///   - note: Receives a line about each table of history.
  ///   - progress: Receives the share of the file that has been read, rising to 1.
  /// - Returns: The table; its rows are in the order of the file, its categories in the order of appearance.
  /// - Throws: ``TableError`` with line and column, also when an id occurs twice.
  public func read(
    _ path: String,
    history: HistoryFolder? = nil,
    note: (String) -> Void = { _ in },
    progress: ((Double) -> Void)? = nil
  ) throws(TableError) -> ApplicationTable {
    try check(history, for: path)
    var rows = try ApplicationRows(path: path, layout: layout, schema: schema, progress: progress)
    var dictionaries: [CategoryDictionary] = schema.fields.map { _ in CategoryDictionary([]) }
    var ids: [String] = []
    var lines: [String: Int] = [:]
    var columns: [[Double]] = schema.fields.map { _ in [] }
    var targets: [Double] = []
    var application = Application(schema: schema)
    while let target = try rows.next(
      into: &application,
      code: { slot, text in dictionaries[slot].intern(utf8: text) }
    ) {
      if let line = lines.updateValue(rows.reader.line, forKey: application.id) {
        throw rows.reader.error(
          .id,
          column: schema.idField,
          "the id stands in line \(line) already; keep one row for each application"
        )
      }
      ids.append(application.id)
      for slot in columns.indices { columns[slot].append(application.values[slot]) }
      targets.append(target)
    }
    if let history {
      let positions = Dictionary(zip(ids, ids.indices)) { first, _ in first }
      try addAggregates(of: history, positions, to: &columns, note)
    }
    return ApplicationTable(
      schema: schema,
      dictionaries: schema.fields.indices.map {
        schema.fields[$0].kind == .category ? dictionaries[$0] : nil
      },
      ids: ids,
      columns: columns,
      targets: rows.columns.hasTarget ? targets : nil
    )
  }

  /// Reads a table row by row, without holding more than one (and, with history, the ids of all).
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - history: The folder of the history tables, for a pipeline that declares some.
  ///   - dictionaries: The known categories by slot; others are unseen.
  ///   - note: Receives a line about each table of history.
  ///   - body: Receives each application with its quality noted, its outcome (NaN where it is unknown) and the line
  ///     of the file.
  /// - Throws: ``TableError`` with line and column, or what `body` throws.
  public func forEachApplication(
    in path: String,
    history: HistoryFolder? = nil,
    dictionaries: [CategoryDictionary?],
    note: (String) -> Void = { _ in },
    _ body: (_ application: Application, _ target: Double, _ line: Int) throws -> Void
  ) throws {
    try check(history, for: path)
    let sorted = try history.map { folder in
      let positions = try ApplicationPositions(path, layout: layout, idField: schema.idField).positions
      return try sort(folder, positions, note)
    }
    var aggregator = HistoryAggregator(historyPlan)
    var rows = try ApplicationRows(path: path, layout: layout, schema: schema)
    let inspector = ValueInspector(schema: schema)
    var application = Application(schema: schema)
    while let target = try rows.next(
      into: &application,
      code: { slot, text in dictionaries[slot]?.code(utf8: text) }
    ) {
      if let sorted {
        try sorted.read(rows.rowCount - 1, into: &application.history)
        aggregator.run(&application.history, into: &application.values)
      }
      application.quality.noteDeviations(of: application.values, by: inspector)
      try body(application, target, rows.reader.line)
    }
  }
}
