import CreditEvents

/// Makes a plan of declared history tables and collects what contradicts itself in them.
struct HistoryCompiler {
  /// The greatest number of tables and of aggregates of one table.
  static let maximumTables = 32
  static let maximumAggregates = 1000

  private let idField: String
  private(set) var problems: [PipelineProblem] = []
  private var tables: [HistoryTable] = []
  private var steps: [HistoryPlan.TablePlan] = []
  private var aggregates: [String] = []
  private var sources: [[String]] = []

  /// Compiles.
  ///
  /// - Parameters:
  ///   - declarations: The tables of the application itself, with those nested in them.
  ///   - idField: The application's id, which is their key unless they say otherwise.
  init(_ declarations: [HistoryDeclaration], idField: String) {
    self.idField = idField
    let count = declarations.reduce(declarations.count) { $0 + $1.nested.count }
    guard count <= Self.maximumTables else {
      report(["history"], "\(count) tables; a pipeline has at most \(Self.maximumTables)")
      return
    }
    for declaration in declarations { compile(declaration, parent: nil, at: ["history", declaration.name]) }
  }

  /// The plan; of use only where there are no problems.
  var plan: HistoryPlan {
    HistoryPlan(tables: tables, aggregates: aggregates, sources: sources, steps: steps)
  }

  private mutating func report(_ path: [String], _ message: String) {
    problems.append(PipelineProblem(path: path, message: message))
  }

  private mutating func compile(_ declaration: HistoryDeclaration, parent: Int?, at path: [String]) {
    check(declaration, isNested: parent != nil, at: path)
    let formulas = formulas(declaration, at: path)
    let key = declaration.key ?? parent.flatMap { tables[$0].rowID } ?? idField
    let fields = declaration.readableFields.map(\.field)
    let summaries = declaration.nested.flatMap { $0.aggregates.map(\.name) }
    let named = Set(formulas.flatMap(\.names) + declaration.order + [declaration.time].compactMap { $0 })
    let index = tables.count
    let table = HistoryTable(
      name: declaration.name,
      parent: parent,
      key: key,
      rowID: declaration.rowID,
      fields: fields,
      categories: categories(declaration, formulas),
      readFields: fields.indices.filter { named.contains(fields[$0].name) },
      ignoredColumns: declaration.fields.filter { $0.dropReason != nil }.map(\.name)
        + declaration.dropped.map(\.name),
      summaryCount: summaries.count
    )
    tables.append(table)
    let step = plan(declaration, formulas, table, summaries, at: path)
    steps.append(step)
    if parent == nil {
      for formula in formulas {
        aggregates.append(formula.name)
        sources.append(fieldNames(formula, declaration))
      }
    }
    var firstColumn = table.readFields.count
    for nested in declaration.nested {
      let child = tables.count
      compile(nested, parent: index, at: path + ["tables", nested.name])
      steps[child].firstOutput = firstColumn
      firstColumn += nested.aggregates.count
    }
  }

  /// The formulas that can be parsed, under distinct names.
  private mutating func formulas(_ declaration: HistoryDeclaration, at path: [String]) -> [AggregateFormula] {
    if declaration.aggregates.count > Self.maximumAggregates {
      report(path + ["aggregates"], "more than \(Self.maximumAggregates) aggregates; remove some")
    }
    var formulas: [AggregateFormula] = []
    for aggregate in declaration.aggregates.prefix(Self.maximumAggregates) {
      let place = path + ["aggregates", aggregate.name]
      do throws(PipelineError) {
        formulas.append(try AggregateFormula(aggregate))
      } catch {
        report(place + error.path, error.message)
      }
      if aggregate.window != nil, declaration.time == nil {
        report(place + ["window"], "a window needs the table's time; add time: FIELD to \(declaration.name)")
      }
      if formulas.last?.name == aggregate.name, formulas.last?.function == .trend, declaration.time == nil {
        report(place, "a trend is over time; add time: FIELD to \(declaration.name)")
      }
    }
    return formulas
  }

  /// Everything of a table but its formulas.
  private mutating func check(_ declaration: HistoryDeclaration, isNested: Bool, at path: [String]) {
    for field in declaration.readableFields {
      var plain = FieldDeclaration(name: field.name, kind: field.kind)
      (plain.missing, plain.labels, plain.categories, plain.label) =
        (field.missing, field.labels, field.categories, field.label)
      if field.kind == nil {
        report(path + ["fields", field.name], "the kind is missing: number, category or flag")
      }
      if plain != field {
        report(
          path + ["fields", field.name],
          "a field of history is never a feature itself; keep kind, missing, labels, categories, label and drop only"
        )
      }
    }
    do throws(SchemaError) {
      _ = try ApplicationSchema(
        idField: declaration.key ?? "\u{0}key",
        fields: declaration.readableFields.map(\.field),
        ignoredFields: declaration.fields.filter { $0.dropReason != nil }.map(\.name)
          + declaration.dropped.map(\.name)
          + declaration.nested.flatMap { [$0.name] + $0.aggregates.map(\.name) }
      )
    } catch {
      report(path + ["fields", error.name], error.message)
    }
    if !PipelineDeclaration.isName(declaration.name) {
      report(
        path,
        "\"\(declaration.name)\" names a file and a member; use letters, digits, -, _ and ., no . first"
      )
    }
    let known = Set(declaration.readableFields.map(\.name))
    for name in declaration.order where !known.contains(name) {
      report(
        path + ["order"],
        "no field of \(declaration.name) is called \(name); declare it under its fields"
      )
    }
    if let time = declaration.time,
      !declaration.readableFields.contains(where: { $0.name == time && $0.kind == .number })
    {
      report(
        path + ["time"],
        "no number of \(declaration.name) is called \(time); declare it under its fields"
      )
    }
    if !declaration.nested.isEmpty, declaration.rowID == nil {
      report(path + ["row_id"], "nested tables refer to a row by its id; add row_id: COLUMN")
    }
    if isNested, !declaration.nested.isEmpty {
      report(path + ["tables"], "tables nest once; aggregate \(declaration.nested[0].name) beforehand")
    }
    if declaration.aggregates.isEmpty, declaration.nested.isEmpty {
      report(path, "nothing is computed of \(declaration.name); add aggregates or remove the table")
    }
  }

  /// The categories that are declared or named in formulas.
  private func categories(
    _ declaration: HistoryDeclaration,
    _ formulas: [AggregateFormula]
  ) -> [CategoryDictionary?] {
    let expressions = formulas.flatMap { [$0.value, $0.condition].compactMap { $0 } }
    return declaration.readableFields.map { field in
      guard field.kind == .category else { return nil }
      var known = CategoryDictionary()
      for category in field.categories { known.intern(category, of: field.field) }
      for (name, category) in expressions.flatMap(\.categoryLiterals) where name == field.name {
        known.intern(category, of: field.field)
      }
      return known
    }
  }

  /// The fields behind an aggregate: those of its formula, with those behind the summaries that it uses.
  private func fieldNames(_ formula: AggregateFormula, _ declaration: HistoryDeclaration) -> [String] {
    var names: [String] = []
    for name in formula.names {
      if let nested = declaration.nested.first(where: { $0.aggregates.contains { $0.name == name } }) {
        let inner = nested.aggregates.first { $0.name == name }.flatMap { try? AggregateFormula($0) }
        names += (inner?.names ?? []).map { "\(nested.name).\($0)" }
      } else {
        names.append("\(declaration.name).\(name)")
      }
    }
    if names.isEmpty { names = [declaration.name] }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private mutating func plan(
    _ declaration: HistoryDeclaration,
    _ formulas: [AggregateFormula],
    _ table: HistoryTable,
    _ summaries: [String],
    at path: [String]
  ) -> HistoryPlan.TablePlan {
    var step = HistoryPlan.TablePlan(order: [], programs: [], outputs: [], firstOutput: aggregates.count)
    guard problems.isEmpty else { return step }
    // Mistakes are told against all fields, so that a wrong name gets a hint; programs run over those that are read.
    let all = scope(table, Array(table.fields.indices), summaries)
    guard let all, let row = scope(table, table.readFields, summaries) else { return step }
    step.order = (declaration.order.isEmpty ? [declaration.time].compactMap { $0 } : declaration.order)
      .compactMap { row.schema.slot(of: $0) }
    step.time = declaration.time.flatMap { row.schema.slot(of: $0) } ?? -1
    for formula in formulas {
      let place = path + ["aggregates", formula.name]
      do {
        var output = HistoryPlan.Output(function: formula.function, value: -1, condition: -1)
        if let name = formula.countedName, let slot = row.schema.slot(of: name) {
          output.value = step.index(of: .column(slot))
        } else if let value = formula.value {
          _ = try value.compiled(in: all)
          output.value = step.index(of: RowProgram(try value.compiled(in: row)))
        }
        if let condition = formula.condition { _ = try condition.compiled(in: all) }
        if let condition = formula.wholeCondition(time: declaration.time) {
          output.condition = step.index(of: RowProgram(try condition.compiled(in: row)))
        }
        step.outputs.append(output)
      } catch {
        report(place, "\(error)")
      }
    }
    return step
  }

  /// What names in the formulas of a table refer to.
  private func scope(_ table: HistoryTable, _ fields: [Int], _ summaries: [String]) -> ExpressionScope? {
    let schema = try? ApplicationSchema(
      idField: table.key,
      fields: fields.map { table.fields[$0] } + summaries.map { Field(name: $0, kind: .number) }
    )
    return schema.map { schema in
      ExpressionScope(
        schema: schema,
        dictionaries: fields.map { table.categories[$0] } + summaries.map { _ in nil }
      )
    }
  }
}

extension HistoryPlan.TablePlan {
  /// The index of a program, which is added if it is new.
  fileprivate mutating func index(of program: RowProgram) -> Int {
    if let index = programs.firstIndex(of: program) { return index }
    programs.append(program)
    return programs.count - 1
  }
}

extension AggregateFormula {
  /// The condition with the window: a row counts if it was not more than the window before the application, nor
  /// after it.
  ///
  /// - Parameter time: The field of the rows' time.
  /// - Returns: The condition, `nil` where all rows count.
  fileprivate func wholeCondition(time: String?) -> Expression? {
    guard let window, let time else { return condition }
    func comparison(_ operation: ExpressionOperation, _ bound: Double) -> ExpressionNode {
      let operands = [
        ExpressionNode(kind: .name(time), offset: 0), ExpressionNode(kind: .number(bound), offset: 0),
      ]
      return ExpressionNode(kind: .apply(operation, operands), offset: 0)
    }
    var nodes = [comparison(.greaterOrEqual, -window), comparison(.lessOrEqual, 0)]
    if let condition { nodes.insert(condition.root, at: 0) }
    let root = nodes.dropFirst().reduce(nodes[0]) { ExpressionNode(kind: .apply(.and, [$0, $1]), offset: 0) }
    return Expression(source: condition?.source ?? "", root: root)
  }
}
