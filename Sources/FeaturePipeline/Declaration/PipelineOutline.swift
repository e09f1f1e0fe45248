import CreditEvents
public import StrictJSON

/// What a declared pipeline reads and computes, line by line, for people and programs.
public struct PipelineOutline: Sendable, Equatable {
  /// One field, aggregate or formula.
  public struct Entry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Where it comes from: `field`, `derived`, or the history table.
    public var origin: String
    /// What is read or computed: the kind of a field, an aggregate with filter and window, a formula.
    public var computes: String
    /// What becomes of it in the model's input.
    public var becomes: String
    /// The raw fields behind it, those of history as `table.field`.
    public var fields: [String]
  }

  /// The entries in the order of the file: fields, aggregates of history, formulas.
  public let entries: [Entry]

  /// Lays out a declaration.
  ///
  /// - Parameter declaration: A declaration that is valid.
  /// - Throws: ``PipelineError`` when it is not.
  public init(_ declaration: PipelineDeclaration) throws(PipelineError) {
    let plan = try declaration.historyPlan()
    let defaults = declaration.defaults
    var entries = declaration.readFields.map { field in
      Entry(
        name: field.name,
        origin: "field",
        computes: (field.kind ?? .number).rawValue,
        becomes: Self.becomes(field, defaults),
        fields: [field.name]
      )
    }
    for table in declaration.history {
      for aggregate in table.aggregates {
        let index = plan.aggregates.firstIndex(of: aggregate.name)
        entries.append(
          Entry(
            name: aggregate.name,
            origin: table.name,
            computes: aggregate.text,
            becomes: Self.becomes(aggregate.numeric, aggregate.isFeature, defaults),
            fields: index.map { plan.sources[$0] } ?? []
          )
        )
      }
    }
    let formulas = Dictionary(declaration.derived.map { ($0.name, $0.expression) }) { first, _ in first }
    let aggregates = Dictionary(zip(plan.aggregates, plan.sources)) { first, _ in first }
    for derived in declaration.derived {
      var fields: [String] = []
      var seen: Set<String> = [derived.name]
      Self.collect(derived.expression, formulas, aggregates, into: &fields, &seen)
      entries.append(
        Entry(
          name: derived.name,
          origin: "derived",
          computes: derived.expression,
          becomes: Self.becomes(derived.numeric, derived.isFeature, defaults),
          fields: fields
        )
      )
    }
    self.entries = entries
  }

  private static func collect(
    _ text: String,
    _ formulas: [String: String],
    _ aggregates: [String: [String]],
    into fields: inout [String],
    _ seen: inout Set<String>
  ) {
    for name in (try? Expression(text))?.names ?? [] where seen.insert(name).inserted {
      if let formula = formulas[name] {
        collect(formula, formulas, aggregates, into: &fields, &seen)
      } else {
        fields += (aggregates[name] ?? [name]).filter { !fields.contains($0) }
      }
    }
  }

  private static func becomes(_ field: FieldDeclaration, _ defaults: PipelineDefaults) -> String {
    if field.isProtected { return "nothing: protected" }
    guard field.kind == .category else {
      let options = field.kind == .flag ? defaults.flag : defaults.number
      return becomes(field.numeric.completed(by: options), field.isFeature != false)
    }
    guard field.isFeature != false else { return "nothing: serves formulas" }
    let options = field.category.completed(by: defaults.category)
    return options.encoding == .target
      ? "rate of defaults, smoothed by \(options.smoothing ?? 0) rows"
      : "0 or 1 for each category of \(options.minimumCount ?? 1) rows or more"
  }

  private static func becomes(_ options: NumericOptions, _ isFeature: Bool, _ defaults: PipelineDefaults)
    -> String
  {
    becomes(options.completed(by: defaults.number), isFeature)
  }

  private static func becomes(_ options: NumericOptions, _ isFeature: Bool) -> String {
    guard isFeature else { return "nothing: serves formulas" }
    var steps = ["number"]
    switch options.imputation ?? .none {
    case .none: break
    case .median: steps.append("missing is the median")
    case .mean: steps.append("missing is the mean")
    case .constant(let number): steps.append("missing is \(number)")
    }
    if options.log == true { steps.append("ln(1 + x)") }
    if options.standardise == true { steps.append("standardised") }
    if options.missingIndicator == true { steps.append("and whether it is missing") }
    return steps.joined(separator: ", ")
  }

  /// Writes the outline as one JSON array.
  ///
  /// - Parameter writer: Receives the array.
  public func encode(into writer: inout JSONWriter) {
    writer.beginArray()
    for entry in entries {
      writer.beginObject()
      writer.member("name", entry.name)
      writer.member("origin", entry.origin)
      writer.member("computes", entry.computes)
      writer.member("becomes", entry.becomes)
      writer.member("fields", entry.fields)
      writer.endObject()
    }
    writer.endArray()
  }
}

extension AggregateDeclaration {
  /// The aggregate with its filter and window as one text: `sum(AMOUNT) where KIND == "A" within 365`.
  public var text: String {
    aggregate + (condition.map { " where \($0)" } ?? "") + (window.map { " within \($0)" } ?? "")
  }
}
