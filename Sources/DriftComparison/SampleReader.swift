import CreditEvents
public import CreditScoring
import DriftDetection
public import FeaturePipeline
public import Tables

/// Reads tables for a comparison: raw fields, formulas, outcomes, and with a model its scores and decisions.
public struct SampleReader: Sendable {
  /// The name of the column of the model's margin.
  public static let scoreName = "score (log-odds)"
  /// The name of the column of the policy's answers.
  public static let decisionName = "decision"

  private let declaration: PipelineDeclaration
  private let model: ScoringModel?

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - declaration: The pipeline that says what the columns are.
  ///   - model: A model of this pipeline, whose answers are compared too.
  public init(_ declaration: PipelineDeclaration, model: ScoringModel? = nil) {
    self.declaration = declaration
    self.model = model
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file, CSV, which may be compressed with gzip.
  ///   - name: What the rows are called.
  ///   - history: The folder of the history tables, for a pipeline that declares some.
  ///   - reference: The other side, if it was read before: categories then have its codes, new ones follow.
  ///   - note: Receives a line about each table of history.
  ///   - progress: Receives the share of the work that is done, rising to 1.
  /// - Returns: The columns, in the order of the pipeline; the model's answers first.
  /// - Throws: `TableError` with line and column, also for a table without rows; `PipelineError` when the model is one
  ///   of another pipeline.
  public func read(
    _ path: String,
    name: String,
    history: HistoryFolder? = nil,
    as reference: ComparedSample? = nil,
    note: (String) -> Void = { _ in },
    progress: @escaping (Double) -> Void = { _ in }
  ) throws -> ComparedSample {
    let share = model == nil ? 1.0 : 0.4
    let table = try ApplicationTableReader(declaration).read(path, history: history, note: note) {
      progress(share * $0)
    }
    guard table.rowCount > 0 else {
      throw TableError(.header, file: path, "the table has no rows; give one with applications")
    }
    var columns = fields(of: table)
    columns += zip(declaration.derived, try table.columns(of: declaration.derived)).map { formula, values in
      ComparedSample.Column(
        observed: ObservedColumn(name: formula.name, kind: .number, values: values),
        role: .derived,
        label: Self.text(of: formula.label)
      )
    }
    if let targets = table.targets, targets.contains(where: { $0 == $0 }) {
      let observed = ObservedColumn(
        name: declaration.targetField ?? "outcome",
        kind: .category(names: ["repaid", "defaulted"]),
        values: targets
      )
      columns.insert(.init(observed: observed, role: .outcome, label: ""), at: 0)
    }
    if let model {
      let scored = try ScoredTable(table, model: model) { progress(share + (1 - share) * $0) }
      columns = scored.results + scored.addingContributions(to: columns)
    }
    if let reference { columns = columns.map { Self.recoded($0, as: reference) } }
    return ComparedSample(
      name: name,
      rowCount: table.rowCount,
      columns: columns,
      ids: declaration.layout.idSource == .column ? table.ids : []
    )
  }

  private func fields(of table: ApplicationTable) -> [ComparedSample.Column] {
    table.schema.fields.enumerated().map { slot, field in
      let kind: ObservedColumn.Kind =
        switch field.kind {
        case .number: .number
        case .flag: .category(names: [field.flagLabels?.off ?? "0", field.flagLabels?.on ?? "1"])
        case .category: .category(names: table.dictionaries[slot]?.categories ?? [])
        }
      return ComparedSample.Column(
        observed: ObservedColumn(name: field.name, kind: kind, values: table.columns[slot]),
        role: field.isProtected ? .protected : slot < table.schema.readCount ? .field : .derived,
        label: Self.text(of: declaration.label(of: field.name)),
        range: field.range
      )
    }
  }

  /// The column with the reference's codes; a category that the reference does not have gets a code after them.
  private static func recoded(
    _ column: ComparedSample.Column,
    as reference: ComparedSample
  ) -> ComparedSample.Column {
    guard case .category(let names) = column.observed.kind,
      let known = reference.columns.first(where: { $0.observed.name == column.observed.name })?.observed
    else { return column }
    var all = known.categories
    var codes = Dictionary(zip(all, all.indices)) { first, _ in first }
    let translated = names.map { name in
      if let code = codes[name] { return Double(code) }
      codes[name] = all.count
      all.append(name)
      return Double(all.count - 1)
    }
    var column = column
    column.observed = ObservedColumn(
      name: column.observed.name,
      kind: .category(names: all),
      values: column.observed.values.map { $0 >= 0 ? translated[Int($0)] : $0 },
      contributions: column.observed.contributions
    )
    return column
  }

  /// The English text, or the first one by language.
  private static func text(of label: [String: String]) -> String {
    label["en"] ?? label.min { $0.key < $1.key }?.value ?? ""
  }
}
