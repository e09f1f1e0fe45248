import CreditEvents

/// Learns from a table what a declaration leaves to be learnt.
struct PipelineFitter {
  /// The greatest number of columns of one one-hot encoded field.
  static let maximumOneHotColumns = 500

  private let declaration: PipelineDeclaration
  private let schema: ApplicationSchema
  /// The table with the codes of the pipeline's dictionaries.
  private let table: ApplicationTable
  private let formulas: [FittedPipeline.DerivedFormula]
  private let programs: [CompiledExpression]
  private let folds: [Int]
  private let omitted: [OmittedFeature]
  private let omittedNames: Set<String>

  /// Checks declaration and table, and collects the categories.
  ///
  /// - Parameters:
  ///   - declaration: The declaration.
  ///   - table: The training table.
  ///   - seed: Decides the folds of target encodings.
  ///   - rules: Formulas of a policy, whose categories are made known.
  ///   - omitted: Fields and derived features that become no features.
  /// - Throws: ``PipelineError`` for an invalid declaration or a table that does not fit it.
  init(
    _ declaration: PipelineDeclaration,
    table: ApplicationTable,
    seed: UInt64,
    rules: [Expression],
    omitting omitted: [OmittedFeature] = []
  ) throws(PipelineError) {
    if let problem = declaration.validate().first {
      throw PipelineError(.invalidDeclaration, path: problem.path, problem.message)
    }
    let schema = try declaration.schema()
    try FittedPipeline.check(table, has: schema)
    guard table.rowCount > 0 else {
      throw PipelineError(.emptyTable, "the table has no rows; a pipeline is fitted to at least one")
    }
    var formulas: [FittedPipeline.DerivedFormula] = []
    for derived in declaration.derived {
      guard let expression = try? Expression(derived.expression) else { continue }
      formulas.append(FittedPipeline.DerivedFormula(name: derived.name, expression: expression))
    }
    let dictionaries = Self.dictionaries(
      of: table,
      declaration: declaration,
      expressions: formulas.map(\.expression) + rules
    )
    let scope = ExpressionScope(
      schema: schema,
      dictionaries: dictionaries,
      derived: Dictionary(formulas.map { ($0.name, $0.expression) }) { first, _ in first }
    )
    var programs: [CompiledExpression] = []
    for formula in formulas {
      do {
        programs.append(try formula.expression.compiled(in: scope, defining: formula.name))
      } catch {
        throw PipelineError(.invalidDeclaration, path: ["derived", formula.name], "\(error)")
      }
    }
    self.omitted = omitted
    omittedNames = Set(omitted.map(\.name))
    self.declaration = declaration
    self.schema = schema
    self.table = table.recoded(to: dictionaries)
    self.formulas = formulas
    self.programs = programs
    folds = StratifiedFolds.assign(
      table.targets ?? [],
      foldCount: declaration.defaults.targetEncodingFolds,
      seed: seed
    )
  }

  /// The categories that occur, are declared or are named in formulas, sorted by their UTF-8 bytes.
  private static func dictionaries(
    of table: ApplicationTable,
    declaration: PipelineDeclaration,
    expressions: [Expression]
  ) -> [CategoryDictionary?] {
    var named: [String: [String]] = [:]
    for expression in expressions {
      for (field, category) in expression.categoryLiterals { named[field, default: []].append(category) }
    }
    let read = declaration.readFields.enumerated().map { slot, declared -> CategoryDictionary? in
      guard declared.kind == .category else { return nil }
      let categories = table.dictionaries[slot]?.categories ?? []
      var occurs = [Bool](repeating: false, count: categories.count)
      for value in table.columns[slot] where value >= 0 { occurs[Int(value)] = true }
      var known = CategoryDictionary(categories.indices.filter { occurs[$0] }.map { categories[$0] })
      for category in declared.categories + (named[declared.name] ?? []) {
        known.intern(category, of: declared.field)
      }
      return CategoryDictionary(known.categories.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
    return read + declaration.aggregates.map { _ in nil }
  }

  /// Learns all encoders.
  ///
  /// - Returns: The fitted pipeline.
  /// - Throws: ``PipelineError`` where a column has nothing to learn from.
  func fit() throws(PipelineError) -> FittedPipeline {
    var encoders: [FeatureEncoder] = []
    for (slot, field) in declaration.readFields.enumerated()
    where !field.isProtected && field.isFeature != false && !omittedNames.contains(field.name) {
      let encoding: FeatureEncoder.Encoding
      let path = ["fields", field.name]
      switch field.kind {
      case .category: encoding = try category(field, in: slot)
      case .flag:
        let options = field.numeric.completed(by: declaration.defaults.flag)
        encoding = .number(try number(options, of: table.columns[slot], at: path))
      case .number, nil:
        let options = field.numeric.completed(by: declaration.defaults.number)
        encoding = .number(try number(options, of: table.columns[slot], at: path))
      }
      encoders.append(FeatureEncoder(source: .field(slot), encoding: encoding))
    }
    for (index, aggregate) in declaration.aggregates.enumerated()
    where aggregate.isFeature && !omittedNames.contains(aggregate.name) {
      let slot = schema.readCount + index
      let options = aggregate.numeric.completed(by: declaration.defaults.number)
      let encoding = try number(options, of: table.columns[slot], at: ["history", aggregate.name])
      encoders.append(FeatureEncoder(source: .field(slot), encoding: .number(encoding)))
    }
    for (index, derived) in declaration.derived.enumerated()
    where derived.isFeature && !omittedNames.contains(derived.name) {
      let options = derived.numeric.completed(by: declaration.defaults.number)
      let encoding = try number(
        options,
        of: column(of: programs[index], options),
        at: ["derived", derived.name]
      )
      encoders.append(FeatureEncoder(source: .derived(index), encoding: .number(encoding)))
    }
    return try FittedPipeline(
      name: declaration.name,
      version: declaration.version,
      layout: declaration.layout,
      schema: schema,
      dictionaries: table.dictionaries,
      history: declaration.history.map(\.bare),
      derived: formulas,
      encoders: encoders,
      omitted: omitted
    )
  }

  /// Replaces the target encodings of the training rows by those of the other folds.
  ///
  /// - Parameters:
  ///   - pipeline: What ``fit()`` returned.
  ///   - matrix: The training rows as the pipeline transforms them.
  func putOutOfFold(_ pipeline: FittedPipeline, into matrix: inout FeatureMatrix) {
    var column = 0
    for encoder in pipeline.encoders {
      if case .field(let slot) = encoder.source, case .target = encoder.encoding {
        for (row, rate) in targetEncoder(of: slot).outOfFold().enumerated() where rate == rate {
          matrix.values[row * matrix.columnCount + column] = TransformPlan.single(rate)
        }
      }
      let categories: [String] =
        if case .field(let slot) = encoder.source {
          table.dictionaries[slot]?.categories ?? []
        } else { [] }
      column += encoder.featureNames(group: "", categories: categories).count
    }
  }

  /// The values of a derived feature; nothing is computed where nothing is learnt.
  private func column(of program: CompiledExpression, _ options: NumericOptions) -> [Double] {
    guard options.learns else { return [] }
    var row = [Double](repeating: .nan, count: schema.fields.count)
    return (0..<table.rowCount).map { index in
      table.copyRow(index, into: &row)
      return program.evaluate(row)
    }
  }

  private func number(_ options: NumericOptions, of column: [Double], at path: [String]) throws(PipelineError)
    -> NumberEncoding
  {
    var encoding = NumberEncoding()
    encoding.takesLog = options.log ?? false
    encoding.hasMissingIndicator = options.missingIndicator ?? false
    var column = column
    if encoding.takesLog { column = column.map { $0 <= -1 ? .nan : $0 } }
    switch options.imputation ?? .none {
    case .none: break
    case .constant(let number): encoding.fill = number
    case .median: encoding.fill = try learnt(ColumnStatistics(column).median, "median", at: path + ["impute"])
    case .mean: encoding.fill = try learnt(ColumnStatistics(column).mean, "mean", at: path + ["impute"])
    }
    guard options.standardise == true else { return encoding }
    if let fill = encoding.fill { column = column.map { $0 == $0 ? $0 : fill } }
    if encoding.takesLog { column = column.map { PortableMath.log1p($0) } }
    let standardisation = ColumnStatistics(column).standardisation
    encoding.standardisation = try learnt(standardisation, "deviation", at: path + ["standardise"])
    return encoding
  }

  private func learnt<T>(_ statistic: T?, _ name: String, at path: [String]) throws(PipelineError) -> T {
    guard let statistic else {
      throw PipelineError(
        .noStatistic,
        path: path,
        "no \(name): the column has no value in \(table.rowCount) rows (none above -1 where log is taken), or values "
          + "too large to add; drop it, or impute a constant"
      )
    }
    return statistic
  }

  private func category(_ field: FieldDeclaration, in slot: Int) throws(PipelineError)
    -> FeatureEncoder.Encoding
  {
    let options = field.category.completed(by: declaration.defaults.category)
    let path = ["fields", field.name]
    if options.encoding == .target {
      guard folds.filter({ $0 >= 0 }).count >= 2 else {
        throw PipelineError(
          .noOutcomes,
          path: path + ["encode"],
          "target encoding needs at least 2 rows with a known outcome; use one_hot"
        )
      }
      return .target(targetEncoder(of: slot).encoding)
    }
    var counts = [Int](repeating: 0, count: table.dictionaries[slot]?.count ?? 0)
    var missing = 0
    for value in table.columns[slot] {
      if value != value { missing += 1 } else if value >= 0 { counts[Int(value)] += 1 }
    }
    let minimum = options.minimumCount ?? 1
    let frequent = counts.indices.filter { counts[$0] >= minimum }
    guard frequent.count <= Self.maximumOneHotColumns else {
      throw PipelineError(
        .tooManyCategories,
        path: path + ["encode"],
        "\(frequent.count) categories would each become a column, more than \(Self.maximumOneHotColumns); "
          + "use encode: target, or raise minimum_count above \(minimum)"
      )
    }
    return .oneHot(
      OneHotEncoding(
        codes: frequent,
        hasOther: counts.contains { $0 > 0 && $0 < minimum },
        hasMissing: missing > 0
      )
    )
  }

  private func targetEncoder(of slot: Int) -> TargetEncoder {
    let field = declaration.readFields[slot]
    return TargetEncoder(
      column: table.columns[slot],
      targets: table.targets ?? [],
      folds: folds,
      categoryCount: table.dictionaries[slot]?.count ?? 0,
      smoothing: field.category.completed(by: declaration.defaults.category).smoothing ?? 0
    )
  }
}

extension NumericOptions {
  /// Whether the column's values decide anything.
  fileprivate var learns: Bool { standardise == true || imputation == .median || imputation == .mean }
}
