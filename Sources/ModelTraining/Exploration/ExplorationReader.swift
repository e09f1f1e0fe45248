import CreditEvents
public import FeaturePipeline
public import Tables

/// Reads a table for exploration: also the columns that training does not read.
///
/// A dropped or undeclared column has no kind; its cells are read as texts, and where all of them are numbers it is
/// one. What is wrong with the file is told as training would tell it.
public struct ExplorationReader: Sendable {
  private let declaration: PipelineDeclaration

  /// Prepares to read.
  ///
  /// - Parameter declaration: The pipeline whose data are explored.
  public init(_ declaration: PipelineDeclaration) {
    self.declaration = declaration
  }

  /// Reads a whole table.
  ///
  /// - Parameters:
  ///   - path: The file, CSV, which may be compressed with gzip.
  ///   - name: What the data are called.
  ///   - history: The folder of the history tables, for a pipeline that declares some; their aggregates are explored
  ///     like fields.
  ///   - note: Receives a line about each table of history.
  ///   - progress: Receives the share of the file that is read, rising to 1.
  /// - Returns: The table with every column, aggregate and formula.
  /// - Throws: `TableError` with line and column; `PipelineError` for a formula that does not fit.
  public func read(
    _ path: String,
    name: String,
    history: HistoryFolder? = nil,
    note: (String) -> Void = { _ in },
    progress: @escaping (Double) -> Void = { _ in }
  ) throws -> ExploredTable {
    let header = try TextRows(path, layout: declaration.layout, idField: declaration.idField).header
    let columns = columns(of: header)
    let plan = try declaration.historyPlan()
    let schema = try ApplicationSchema(
      idField: declaration.idField,
      targetField: declaration.targetField,
      fields: columns.map(\.field),
      histories: plan.tables,
      aggregates: plan.aggregates
    )
    let reader = ApplicationTableReader(layout: declaration.layout, schema: schema, historyPlan: plan)
    let table = try reader.read(path, history: history, note: note, progress: progress)
    return try explored(table, columns, name: name)
  }

  /// A column of the file: how it is read, and what it is to the pipeline.
  private struct Column {
    var field: Field
    var role: ExploredField.Role
    var label = ""
    /// Whether its kind is to be found out.
    var isInferred = false
  }

  /// The declared fields in their order, then the dropped and undeclared columns in that of the file.
  private func columns(of header: [String]) -> [Column] {
    let present = Set(header)
    var columns: [Column] = []
    for declared in declaration.fields where declared.dropReason == nil {
      // What is wanted for training must be there; the reader says so if it is not.
      if !declared.isRead, !present.contains(declared.name) { continue }
      let role: ExploredField.Role =
        declared.isProtected
        ? .protected
        : declared.availability == .afterDecision
          ? .afterDecision : declared.isFeature == false ? .input : .feature
      columns.append(Column(field: declared.field, role: role, label: Self.text(of: declared.label)))
    }
    var reasons = Dictionary(declaration.dropped.map { ($0.name, $0.reason) }) { first, _ in first }
    for field in declaration.fields { if let reason = field.dropReason { reasons[field.name] = reason } }
    var known = Set(columns.map(\.field.name) + [declaration.idField])
    if let target = declaration.targetField { known.insert(target) }
    for column in header where known.insert(column).inserted {
      columns.append(
        Column(
          field: Field(name: column, kind: .category),
          role: reasons[column].map { .dropped(reason: $0) } ?? .undeclared,
          isInferred: true
        )
      )
    }
    return columns
  }

  private func explored(_ table: ApplicationTable, _ columns: [Column], name: String) throws -> ExploredTable
  {
    var fields = columns.enumerated().map { slot, column in
      let texts = table.dictionaries[slot]?.categories ?? []
      let numbers = column.isInferred ? Self.numbers(texts) : nil
      let labels = column.field.flagLabels
      let isFlag = numbers.map { Set($0) == [0, 1] } ?? false
      return ExploredField(
        name: column.field.name,
        label: column.label,
        kind: numbers == nil ? column.field.kind : isFlag ? .flag : .number,
        role: column.role,
        range: column.field.range,
        values: numbers.map { numbers in
          table.columns[slot].map { $0.isNaN ? .nan : numbers[Int($0)] }
        } ?? table.columns[slot],
        categories: column.field.kind == .flag || isFlag
          ? [labels?.off ?? "0", labels?.on ?? "1"] : numbers == nil ? texts : []
      )
    }
    fields += aggregates(of: table)
    let derived = try table.columns(of: declaration.derived)
    for (formula, values) in zip(declaration.derived, derived) {
      fields.append(
        ExploredField(
          name: formula.name,
          label: Self.text(of: formula.label),
          kind: .number,
          role: .derived(formula: formula.expression),
          range: nil,
          values: values,
          categories: []
        )
      )
    }
    return ExploredTable(
      pipeline: declaration.name,
      name: name,
      idField: declaration.idField,
      hasIDs: declaration.layout.idSource == .column,
      ids: table.ids,
      targets: table.targets,
      fields: fields
    )
  }

  private func aggregates(of table: ApplicationTable) -> [ExploredField] {
    let declared = declaration.history.flatMap { tables in tables.aggregates.map { (tables.name, $0) } }
    return declared.enumerated().map { index, pair in
      let (name, aggregate) = pair
      let condition = aggregate.condition.map { " where \($0)" } ?? ""
      let window = aggregate.window.map { ", window \($0.description)" } ?? ""
      return ExploredField(
        name: aggregate.name,
        label: Self.text(of: aggregate.label),
        kind: .number,
        role: .aggregate(of: "\(name): \(aggregate.aggregate)\(condition)\(window)"),
        range: nil,
        values: table.columns[table.schema.readCount + index],
        categories: []
      )
    }
  }

  /// The numbers that texts stand for; `nil` where one of them stands for none, or there are no texts.
  private static func numbers(_ texts: [String]) -> [Double]? {
    guard !texts.isEmpty else { return nil }
    var numbers: [Double] = []
    for text in texts {
      guard let number = Double(text), number.isFinite else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The English text, or the first one by language.
  private static func text(of label: [String: String]) -> String {
    label["en"] ?? label.min { $0.key < $1.key }?.value ?? ""
  }
}
