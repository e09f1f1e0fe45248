public import CreditEvents

/// A pipeline as its file declares it: what the columns are and which features are made of them.
///
/// It says nothing about data yet; ``FittedPipeline/fit(_:table:seed:rules:)`` learns medians, categories and rates
/// from a table. The order of the fields is that of the slots, and with the derived features that of the
/// features.
public struct PipelineDeclaration: Sendable, Equatable {
  /// The pipeline's name.
  public var name: String
  /// Its version, from 1; raised whenever the meaning of a feature changes.
  public var version: Int
  /// The column and the member that hold the application's id.
  public var idField: String
  /// The column that holds the outcome in training tables.
  public var targetField: String?
  /// How tables are written.
  public var layout: TableLayout
  /// All columns that are named under `fields`, in order, with those that are dropped there.
  public var fields: [FieldDeclaration]
  /// Further columns that are known and not read, each with the reason.
  public var dropped: [DroppedDeclaration]
  /// The tables of the client's history, with what is computed of them, in order.
  public var history: [HistoryDeclaration]
  /// The features that are computed by formulas, in order.
  public var derived: [DerivedDeclaration]
  /// What holds where a field says nothing.
  public var defaults: PipelineDefaults

  /// Declares a pipeline.
  ///
  /// - Parameters:
  ///   - name: The pipeline's name.
  ///   - version: Its version, from 1.
  ///   - idField: The column and the member that hold the application's id.
  ///   - targetField: The column that holds the outcome in training tables.
  ///   - layout: How tables are written.
  ///   - fields: All columns, in order.
  ///   - dropped: Further columns that are known and not read, each with the reason.
  ///   - history: The tables of the client's history, in order.
  ///   - derived: The features that are computed by formulas, in order.
  ///   - defaults: What holds where a field says nothing.
  public init(
    name: String,
    version: Int = 1,
    idField: String,
    targetField: String? = nil,
    layout: TableLayout = TableLayout(),
    fields: [FieldDeclaration],
    dropped: [DroppedDeclaration] = [],
    history: [HistoryDeclaration] = [],
    derived: [DerivedDeclaration] = [],
    defaults: PipelineDefaults = PipelineDefaults()
  ) {
    self.name = name
    self.version = version
    self.idField = idField
    self.targetField = targetField
    self.layout = layout
    self.fields = fields
    self.dropped = dropped
    self.history = history
    self.derived = derived
    self.defaults = defaults
  }

  /// The fields that are read, in the order of their slots.
  ///
  /// Neither those that are dropped nor those that are known only after the decision.
  public var readFields: [FieldDeclaration] { fields.filter(\.isRead) }

  /// What people call a field, a derived feature or an aggregate.
  ///
  /// - Parameter name: The name of a field, derived feature or aggregate, as in ``Feature/group``.
  /// - Returns: Its labels by language; empty where none is declared.
  public func label(of name: String) -> [String: String] {
    fields.first { $0.name == name }?.label ?? derived.first { $0.name == name }?.label
      ?? aggregates.first { $0.name == name }?.label ?? [:]
  }

  /// What is computed of the history tables of the application itself, in the order of their slots.
  public var aggregates: [AggregateDeclaration] { history.flatMap(\.aggregates) }

  /// What is computed of the client's history.
  ///
  /// - Returns: The plan, empty without history tables.
  /// - Throws: ``PipelineError`` when a table contradicts itself.
  public func historyPlan() throws(PipelineError) -> HistoryPlan {
    let compiler = HistoryCompiler(history, idField: idField)
    if let problem = compiler.problems.first {
      throw PipelineError(.invalidDeclaration, path: problem.path, problem.message)
    }
    return compiler.plan
  }

  /// The schema that events and tables are read with.
  ///
  /// - Returns: The schema of the fields that are read.
  /// - Throws: ``PipelineError`` when names collide or a field contradicts itself.
  public func schema() throws(PipelineError) -> ApplicationSchema {
    let plan = try historyPlan()
    do throws(SchemaError) {
      return try ApplicationSchema(
        idField: idField,
        targetField: targetField,
        fields: readFields.map(\.field),
        ignoredFields: fields.filter { !$0.isRead }.map(\.name) + dropped.map(\.name),
        histories: plan.tables,
        aggregates: plan.aggregates
      )
    } catch {
      throw PipelineError(.invalidDeclaration, path: ["fields", error.name], error.message)
    }
  }
}
