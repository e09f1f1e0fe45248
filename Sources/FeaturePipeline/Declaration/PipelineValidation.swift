import CreditEvents

extension PipelineDeclaration {
  /// Finds everything in the declaration that contradicts itself, without any data.
  ///
  /// - Returns: All problems in the order of the file; empty for a declaration that can be fitted.
  public func validate() -> [PipelineProblem] {
    var validation = PipelineValidation(declaration: self)
    validation.run()
    return validation.problems
  }
}

extension PipelineDeclaration {
  /// Whether a text can name a pipeline; names become parts of file names.
  ///
  /// - Parameter text: The text.
  /// - Returns: Whether it is made of ASCII letters, digits, `-`, `_` and `.`, and does not begin with `.`.
  static func isName(_ text: String) -> Bool {
    let isAllowed = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.".utf8.contains(byte)
    }
    return isAllowed && !text.isEmpty && !text.hasPrefix(".")
  }
}

/// The checks of a declaration.
private struct PipelineValidation {
  let declaration: PipelineDeclaration
  var problems: [PipelineProblem] = []

  mutating func run() {
    checkHead()
    checkLayout()
    for field in declaration.fields { check(field) }
    checkDefaults()
    checkNames()
    checkHistory()
    checkDerived()
    let hasFeature =
      declaration.readFields.contains { !$0.isProtected && $0.isFeature != false }
      || declaration.derived.contains(where: \.isFeature)
      || declaration.aggregates.contains(where: \.isFeature)
    if !hasFeature { report(["fields"], "no field becomes a feature; declare at least one that does") }
  }

  private mutating func report(_ path: [String], _ message: String) {
    problems.append(PipelineProblem(path: path, message: message))
  }

  private mutating func checkHead() {
    if !PipelineDeclaration.isName(declaration.name) {
      report(["pipeline"], "\"\(declaration.name)\" is no name; use letters, digits, -, _ and ., no . first")
    }
    if declaration.version < 1 { report(["version"], "versions count from 1") }
    let outcomes = declaration.layout.outcomes
    if outcomes.defaulted == outcomes.repaid {
      report(["target"], "default and repaid are the same text \"\(outcomes.repaid)\"; give each its own")
    }
  }

  private mutating func checkLayout() {
    if declaration.layout.skippedLines < 0 { report(["csv", "skip_lines"], "use 0 or more") }
    guard let columns = declaration.layout.columns else { return }
    let isNumbered = declaration.layout.idSource == .rowNumber
    let needed = declaration.readFields.map(\.name) + (isNumbered ? [] : [declaration.idField])
    for name in needed where !columns.contains(name) {
      report(["csv", "columns"], "\(name) is declared but is not among the columns; add it in its place")
    }
    let dropped = declaration.fields.map(\.name) + declaration.dropped.map(\.name)
    var known = Set(needed + dropped)
    if let target = declaration.targetField { known.insert(target) }
    for name in columns where known.remove(name) == nil {
      report(["csv", "columns"], "\(name) is declared nowhere or stands twice; name each column once")
    }
  }

  private mutating func check(_ field: FieldDeclaration) {
    let path = ["fields", field.name]
    if field.dropReason != nil {
      var bare = FieldDeclaration(name: field.name, kind: field.kind)
      bare.dropReason = field.dropReason
      bare.label = field.label
      if bare != field { report(path + ["drop"], "a dropped column is not read; remove its other settings") }
      return
    }
    guard let kind = field.kind else {
      report(path, "the kind is missing; add kind: number, category or flag")
      return
    }
    if let range = field.range {
      let isRange = range.count == 2 && range[0].isFinite && range[1].isFinite && range[0] <= range[1]
      if kind != .number { report(path + ["range"], "only numbers have a range; remove it") }
      if !isRange { report(path + ["range"], "write the least and the greatest number: [0, 100]") }
    }
    if let labels = field.labels {
      if kind != .flag { report(path + ["labels"], "only flags have labels; remove them") }
      if labels.count != 2 || labels[0] == labels[1] {
        report(path + ["labels"], "write the texts of off and on: [N, Y]")
      }
    }
    if kind != .category {
      if !field.category.isEmpty {
        report(path, "encode, minimum_count and smoothing are for categories; remove them")
      }
      if !field.categories.isEmpty {
        report(path + ["categories"], "only categories have categories; remove them")
      }
    } else if !field.numeric.isEmpty {
      report(
        path,
        "impute, log, standardise and missing_indicator are for numbers; a missing category has a column"
      )
    }
    if field.isProtected, field.isFeature == true || !field.category.isEmpty || !field.numeric.isEmpty {
      report(path + ["protected"], "a protected field is never a feature; remove what makes it one")
    }
    checkAvailability(of: field, at: path)
    checkMonotonicity(of: field, at: path)
    check(field.category, at: path)
    check(field.numeric, of: kind, at: path)
  }

  private mutating func checkAvailability(of formula: Expression?, at path: [String]) {
    for name in formula?.names ?? []
    where declaration.fields.contains(where: { $0.name == name && $0.availability == .afterDecision }) {
      report(path, "\(name) is known only after the decision; a feature may not be made of it")
    }
  }

  private mutating func checkAvailability(of field: FieldDeclaration, at path: [String]) {
    guard field.availability == .afterDecision else { return }
    if field.isFeature == true || !field.category.isEmpty || !field.numeric.isEmpty
      || field.monotonicity != nil
    {
      report(
        path + ["available"],
        "what is known only after the decision is never a feature; remove what makes it one"
      )
    }
  }

  private mutating func checkMonotonicity(of field: FieldDeclaration, at path: [String]) {
    guard field.monotonicity != nil else { return }
    let encoding = field.category.completed(by: declaration.defaults.category).encoding
    if field.kind == .category, encoding != .target {
      report(
        path + ["monotone"],
        "the columns of a one-hot category have no order; use encode: target, or remove it"
      )
    }
    if field.isProtected || field.isFeature == false {
      report(path + ["monotone"], "the field is no feature; remove it")
    }
  }

  private mutating func check(_ options: CategoryOptions, at path: [String]) {
    if let count = options.minimumCount, count < 1 { report(path + ["minimum_count"], "use 1 or more") }
    if let smoothing = options.smoothing, !(smoothing >= 0 && smoothing.isFinite) {
      report(path + ["smoothing"], "use 0 or more")
    }
  }

  private mutating func check(_ options: NumericOptions, of kind: Field.Kind, at path: [String]) {
    if kind == .flag, options.log == true || options.standardise == true {
      report(path, "log and standardise are for numbers; remove them from a flag")
    }
    if case .constant(let number) = options.imputation {
      if !number.isFinite { report(path + ["impute"], "the constant must be a finite number") }
      if options.log == true, number <= -1 {
        report(path + ["impute"], "the constant goes through log, so it must be above -1")
      }
    }
  }

  private mutating func checkDefaults() {
    let defaults = declaration.defaults
    check(defaults.category, at: ["defaults", "category"])
    check(defaults.number, of: .number, at: ["defaults", "number"])
    check(defaults.flag, of: .flag, at: ["defaults", "flag"])
    if !(2...20).contains(defaults.targetEncodingFolds) {
      report(["defaults", "target_encoding", "folds"], "use 2 to 20 folds")
    }
  }

  private mutating func checkNames() {
    var seen: Set<String> = []
    var named = [(["id"], declaration.idField)]
    if let target = declaration.targetField { named.append((["target"], target)) }
    named += declaration.fields.map { (["fields", $0.name], $0.name) }
    named += declaration.dropped.map { (["drop", $0.name], $0.name) }
    named += declaration.derived.map { (["derived", $0.name], $0.name) }
    for table in declaration.history {
      named.append((["history", table.name], table.name))
      named += table.aggregates.map { (["history", table.name, "aggregates", $0.name], $0.name) }
    }
    for (path, name) in named {
      if name.isEmpty { report(path, "the name is empty; give each column its header") }
      if !seen.insert(name).inserted {
        report(
          path,
          "\(name) is declared twice; keep one among id, target, fields, drop, derived and history"
        )
      }
    }
  }

  private mutating func checkHistory() {
    problems += HistoryCompiler(declaration.history, idField: declaration.idField).problems
    for table in declaration.history {
      for aggregate in table.aggregates {
        check(aggregate.numeric, of: .number, at: ["history", table.name, "aggregates", aggregate.name])
      }
      for nested in table.nested {
        for aggregate in nested.aggregates where !aggregate.numeric.isEmpty {
          report(
            ["history", table.name, "tables", nested.name, "aggregates", aggregate.name],
            "this is a field of the rows of \(table.name), no feature; remove what is for features"
          )
        }
      }
    }
  }

  private mutating func checkDerived() {
    // Without a schema (whose problems are reported already) names cannot be looked up.
    guard problems.isEmpty, let schema = try? declaration.schema() else { return }
    var parsed: [String: Expression] = [:]
    for derived in declaration.derived {
      do {
        parsed[derived.name] = try Expression(derived.expression)
      } catch {
        report(["derived", derived.name], "\(error)")
      }
      check(derived.numeric, of: .number, at: ["derived", derived.name])
      checkAvailability(of: parsed[derived.name], at: ["derived", derived.name])
      if derived.monotonicity != nil, !derived.isFeature {
        report(["derived", derived.name, "monotone"], "it is no feature; remove it")
      }
    }
    guard problems.isEmpty else { return }
    let scope = ExpressionScope(schema: schema, knowing: Array(parsed.values), derived: parsed)
    for derived in declaration.derived {
      guard let expression = parsed[derived.name] else { continue }
      do {
        _ = try expression.compiled(in: scope, defining: derived.name)
      } catch {
        report(["derived", derived.name], "\(error)")
      }
    }
  }
}
