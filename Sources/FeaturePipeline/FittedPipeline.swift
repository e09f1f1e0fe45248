public import CreditEvents

/// A pipeline with everything it learnt from its training table: from raw values to the model's features.
///
/// The same code computes the features of one event and of a whole table, so that their bits agree. It is a
/// value: equal pipelines give equal features, on any machine.
public struct FittedPipeline: Sendable {
  /// The declaration's name.
  public let name: String
  /// The declaration's version.
  public let version: Int
  /// How tables of the pipeline are written.
  public let layout: TableLayout
  /// The fields that are read, by slot.
  public let schema: ApplicationSchema
  /// The known categories by slot, sorted by their UTF-8 bytes; `nil` for fields of another kind.
  public let dictionaries: [CategoryDictionary?]
  /// The features, in the order of the model's columns.
  public let features: [Feature]
  /// What a selection left out of the features, each with its reason.
  public let omitted: [OmittedFeature]

  /// What is computed of the client's history.
  public let historyPlan: HistoryPlan

  /// The declarations of the history tables, without what is for people.
  let history: [HistoryDeclaration]
  /// The formulas of the derived features, also of those that are no feature themselves.
  let derived: [DerivedFormula]
  /// What makes the features, in their order.
  let encoders: [FeatureEncoder]
  private let plan: TransformPlan

  /// A formula by name.
  struct DerivedFormula: Sendable, Equatable {
    var name: String
    var expression: Expression
  }

  /// The greatest number of features.
  static let maximumFeatures = 20_000

  /// Puts a pipeline together and checks that its parts fit.
  ///
  /// - Throws: ``PipelineError`` when a formula does not compile or the features' names are not distinct.
  init(
    name: String,
    version: Int,
    layout: TableLayout,
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?],
    history: [HistoryDeclaration] = [],
    derived: [DerivedFormula],
    encoders: [FeatureEncoder],
    omitted: [OmittedFeature] = []
  ) throws(PipelineError) {
    let compiler = HistoryCompiler(history, idField: schema.idField)
    if let problem = compiler.problems.first {
      throw PipelineError(.invalidDocument, path: problem.path, problem.message)
    }
    let computed = compiler.plan
    historyPlan = computed
    self.history = history
    self.name = name
    self.version = version
    self.layout = layout
    self.schema = schema
    self.dictionaries = dictionaries
    self.derived = derived
    self.encoders = encoders
    self.omitted = omitted
    let programs = try Self.programs(of: derived, schema: schema, dictionaries: dictionaries)

    var features: [Feature] = []
    var names: Set<String> = []
    guard Set(encoders.map(\.source)).count == encoders.count else {
      throw PipelineError(.unusableFeatures, "a field or formula is encoded twice; keep one of its encodings")
    }
    for encoder in encoders {
      let slots: [Int]
      let group: String
      var categories: [String] = []
      switch encoder.source {
      case .field(let slot):
        slots = [slot]
        group = schema.fields[slot].name
        categories = dictionaries[slot]?.categories ?? []
      case .derived(let index):
        slots = programs[index].slots
        group = derived[index].name
      }
      var fields: [String] = []
      for name in slots.flatMap({ Self.names(behind: $0, schema, computed) }) where !fields.contains(name) {
        fields.append(name)
      }
      for name in encoder.featureNames(group: group, categories: categories) {
        guard names.insert(name).inserted else {
          throw PipelineError(.unusableFeatures, "two features are called \"\(name)\"; rename a field")
        }
        features.append(Feature(name: name, group: group, fields: fields))
      }
    }
    guard !features.isEmpty, features.count <= Self.maximumFeatures else {
      throw PipelineError(
        .unusableFeatures,
        "\(features.count) features; a pipeline has 1 to \(Self.maximumFeatures)"
      )
    }
    self.features = features
    plan = TransformPlan(encoders: encoders, programs: programs, dictionaries: dictionaries)
  }

  /// The raw fields behind a slot: the field itself, or those of history that an aggregate is computed of.
  private static func names(behind slot: Int, _ schema: ApplicationSchema, _ plan: HistoryPlan) -> [String] {
    slot < schema.readCount ? [schema.fields[slot].name] : plan.sources[slot - schema.readCount]
  }

  private static func programs(
    of derived: [DerivedFormula],
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?]
  ) throws(PipelineError) -> [CompiledExpression] {
    let formulas = Dictionary(derived.map { ($0.name, $0.expression) }) { first, _ in first }
    let scope = ExpressionScope(schema: schema, dictionaries: dictionaries, derived: formulas)
    var programs: [CompiledExpression] = []
    for formula in derived {
      do {
        programs.append(try formula.expression.compiled(in: scope, defining: formula.name))
      } catch {
        throw PipelineError(.invalidDeclaration, path: ["derived", formula.name], "\(error)")
      }
    }
    return programs
  }

  /// What names in rules refer to: the fields and the derived features.
  public var scope: ExpressionScope {
    let formulas = Dictionary(derived.map { ($0.name, $0.expression) }) { first, _ in first }
    return ExpressionScope(schema: schema, dictionaries: dictionaries, derived: formulas)
  }

  /// Computes the features of one application, without allocating.
  ///
  /// - Parameters:
  ///   - values: The raw values by slot, categories with the codes of ``dictionaries``; NaN is missing.
  ///   - output: Receives the features; finite or NaN.
  /// - Precondition: `values` has an element for each field, `output` one for each feature.
  public func transform(
    _ values: UnsafeBufferPointer<Double>,
    into output: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(values.count == schema.fields.count, "one value for each field")
    precondition(output.count == features.count, "one element for each feature")
    plan.run(values, into: output)
  }

  /// Computes the features of all rows of a table; the bits are those of one application at a time.
  ///
  /// - Parameter table: A table with the same fields, and with any codes for its categories.
  /// - Returns: A row for each application.
  /// - Throws: ``PipelineError`` `otherSchema` when the table's fields are not those of the pipeline.
  public func transform(_ table: ApplicationTable) throws(PipelineError) -> FeatureMatrix {
    try Self.check(table, has: schema)
    let recoded = table.recoded(to: dictionaries)
    let width = features.count
    let values = [Float](unsafeUninitializedCapacity: table.rowCount * width) { output, count in
      var row = [Double](repeating: .nan, count: schema.fields.count)
      for index in 0..<table.rowCount {
        recoded.copyRow(index, into: &row)
        row.withUnsafeBufferPointer { values in
          plan.run(
            values,
            into: UnsafeMutableBufferPointer(rebasing: output[index * width..<(index + 1) * width])
          )
        }
      }
      count = table.rowCount * width
    }
    return FeatureMatrix(names: features.map(\.name), values: values)
  }

  /// Refuses a table that was read with other fields.
  static func check(_ table: ApplicationTable, has schema: ApplicationSchema) throws(PipelineError) {
    for (slot, field) in schema.fields.enumerated() {
      let other = slot < table.schema.fields.count ? table.schema.fields[slot] : nil
      guard other?.name == field.name, other?.kind == field.kind else {
        throw PipelineError(
          .otherSchema,
          "the pipeline's field \(slot) is \(field.name), the table's \(other?.name ?? "absent"); read the table "
            + "with the pipeline's own schema"
        )
      }
    }
    guard table.schema.fields.count == schema.fields.count else {
      throw PipelineError(
        .otherSchema,
        "the table has more fields than the pipeline; read it with its schema"
      )
    }
  }
}

extension FittedPipeline: Equatable {
  /// Whether both compute the same features of the same fields in the same way.
  ///
  /// - Parameters:
  ///   - left: A pipeline.
  ///   - right: Another.
  /// - Returns: Whether everything learnt and declared is equal.
  public static func == (left: FittedPipeline, right: FittedPipeline) -> Bool {
    left.name == right.name && left.version == right.version && left.layout == right.layout
      && left.schema == right.schema && left.history == right.history
      && left.dictionaries == right.dictionaries
      && left.derived == right.derived && left.encoders == right.encoders && left.omitted == right.omitted
  }
}
