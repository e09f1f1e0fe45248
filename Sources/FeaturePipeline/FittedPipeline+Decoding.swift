import CreditEvents
public import StrictJSON

extension FittedPipeline {
  /// Reads a pipeline that ``encode(into:)`` wrote, trusting nothing.
  ///
  /// Unknown and missing keys, formulas that do not compile, names that do not exist, numbers that cannot have been
  /// learnt: each is refused, so that whatever is read can be run.
  ///
  /// - Parameter json: The object of `pipeline.json`.
  /// - Throws: `JSONError` for the shape of the document, ``PipelineError`` for its content.
  public init(json: JSONValue) throws {
    var object = try json.object()
    let format = try object.required("format").requireInt()
    guard format == Self.format else {
      throw PipelineError(
        .invalidDocument,
        path: ["format"],
        "format \(format) of the pipeline is not \(Self.format); use a program of the same age as the bundle"
      )
    }
    let name = try object.required("pipeline").requireString()
    let version = try object.required("version").requireInt()
    guard PipelineDeclaration.isName(name), version >= 1 else {
      throw PipelineError(
        .invalidDocument,
        path: ["version"],
        "a pipeline has a name and a version from 1 on"
      )
    }
    let layout = try TableLayout(json: object.required("table"))
    let id = try object.required("id").requireString()
    let target = try object.optional("target")?.requireString()
    let fields = try object.required("fields").array().map { try FieldDocument(json: $0) }
    let dropped = try object.required("dropped").array().map { try $0.requireString() }
    let history = try object.optional("history")?.array().map { try HistoryDeclaration(json: $0) } ?? []
    let compiler = HistoryCompiler(history, idField: id)
    if let problem = compiler.problems.first {
      throw PipelineError(.invalidDocument, path: problem.path, problem.message)
    }
    let schema: ApplicationSchema
    do {
      schema = try ApplicationSchema(
        idField: id,
        targetField: target,
        fields: fields.map(\.field),
        ignoredFields: dropped,
        histories: compiler.plan.tables,
        aggregates: compiler.plan.aggregates
      )
    } catch {
      throw PipelineError(.invalidDocument, path: ["fields", error.name], error.message)
    }
    var derived: [DerivedFormula] = []
    var derivedIndices: [String: Int] = [:]
    for value in try object.required("derived").array() {
      let formula = try Self.formula(json: value, schema: schema)
      let isRepeated = derivedIndices.updateValue(derived.count, forKey: formula.name) != nil
      guard !isRepeated, derived.count < Self.maximumFeatures else {
        throw PipelineError(.invalidDocument, path: ["derived", formula.name], "declared twice, or too many")
      }
      derived.append(formula)
    }
    let dictionaries = fields.map(\.dictionary) + compiler.plan.aggregates.map { _ in nil }
    let reader = EncoderReader(
      schema: schema,
      dictionaries: dictionaries,
      derived: derivedIndices
    )
    let encoders = try object.required("features").array().map { try reader.encoder(json: $0) }
    let omitted = try object.optional("omitted")?.array().map { try OmittedFeature(json: $0) } ?? []
    try object.finish()
    try self.init(
      name: name,
      version: version,
      layout: layout,
      schema: schema,
      dictionaries: dictionaries,
      history: history,
      derived: derived,
      encoders: encoders,
      omitted: omitted
    )
  }

  private static func formula(
    json: JSONValue,
    schema: ApplicationSchema
  ) throws -> DerivedFormula {
    var object = try json.object()
    let name = try object.required("name").requireString()
    let source = try object.required("expression").requireString()
    try object.finish()
    guard !name.isEmpty, !schema.declares(name) else {
      throw PipelineError(.invalidDocument, path: ["derived", name], "the name is empty or that of a field")
    }
    do {
      return DerivedFormula(name: name, expression: try Expression(source))
    } catch {
      throw PipelineError(.invalidDocument, path: ["derived", name], "\(error)")
    }
  }
}

extension OmittedFeature {
  /// Reads what a selection left out.
  fileprivate init(json: JSONValue) throws {
    var object = try json.object()
    let name = try object.required("name").requireString()
    let ruleText = try object.required("rule").requireString()
    let reason = try object.required("reason").requireString()
    try object.finish()
    guard let rule = Rule(rawValue: ruleText), !name.isEmpty else {
      throw PipelineError(
        .invalidDocument,
        path: ["omitted", name],
        "no rule \"\(ruleText)\" leaves features out"
      )
    }
    self.init(name: name, rule: rule, reason: reason)
  }
}

extension TableLayout {
  /// Reads the layout as the pipeline's file has it.
  fileprivate init(json: JSONValue) throws {
    var object = try json.object()
    let delimiterText = try object.required("delimiter").requireString()
    let skippedLines = try object.required("skip_lines").requireInt()
    let columns = try object.optional("columns")?.array().map { try $0.requireString() }
    let sourceText = try object.required("id_source").requireString()
    let outcomes = Outcomes(
      defaulted: try object.required("defaulted").requireString(),
      repaid: try object.required("repaid").requireString()
    )
    try object.finish()
    guard let delimiter = Delimiter(text: delimiterText), skippedLines >= 0,
      let idSource = IDSource(rawValue: sourceText), outcomes.defaulted != outcomes.repaid,
      Set(columns ?? []).count == columns?.count ?? 0
    else {
      throw PipelineError(.invalidDocument, path: ["table"], "the layout of tables contradicts itself")
    }
    self.init(
      delimiter: delimiter,
      skippedLines: skippedLines,
      columns: columns,
      idSource: idSource,
      outcomes: outcomes
    )
  }
}

/// A field and its categories as the pipeline's file has them.
private struct FieldDocument {
  var field: Field
  var dictionary: CategoryDictionary?

  init(json: JSONValue) throws {
    var object = try json.object()
    let name = try object.required("name").requireString()
    func refusal(_ message: String) -> PipelineError {
      PipelineError(.invalidDocument, path: ["fields", name], message)
    }
    let kindText = try object.required("kind").requireString()
    guard let kind = Field.Kind(rawValue: kindText) else { throw refusal("no kind \"\(kindText)\"") }
    field = Field(name: name, kind: kind)
    if let bounds = try object.optional("range")?.array().map({ try $0.requireDouble() }) {
      guard bounds.count == 2, bounds[0] <= bounds[1] else {
        throw refusal("the range is not [least, greatest]")
      }
      field.range = bounds[0]...bounds[1]
    }
    field.isProtected = try object.optional("protected")?.requireBool() ?? false
    field.missingTexts = try object.optional("missing")?.array().map { try $0.requireString() } ?? []
    if let labels = try object.optional("labels")?.array().map({ try $0.requireString() }) {
      guard labels.count == 2 else { throw refusal("a flag has two labels") }
      field.flagLabels = Field.FlagLabels(off: labels[0], on: labels[1])
    }
    if kind == .category {
      let categories = try object.required("categories").array().map { try $0.requireString() }
      let isSorted = zip(categories, categories.dropFirst())
        .allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      guard isSorted, categories.count < Int32.max else { throw refusal("the categories are not in order") }
      dictionary = CategoryDictionary(categories)
    }
    try object.finish()
  }
}

/// Reads what makes the features.
private struct EncoderReader {
  let schema: ApplicationSchema
  let dictionaries: [CategoryDictionary?]
  let derived: [String: Int]

  func encoder(json: JSONValue) throws -> FeatureEncoder {
    var object = try json.object()
    let fieldName = try object.optional("field")?.requireString()
    let derivedName = try object.optional("derived")?.requireString()
    let path = ["features", fieldName ?? derivedName ?? ""]
    let source: FeatureEncoder.Source
    var dictionary: CategoryDictionary?
    if let fieldName, derivedName == nil, let slot = schema.slot(of: fieldName) {
      guard !schema.fields[slot].isProtected else { throw refusal(path, "a protected field is no feature") }
      source = .field(slot)
      dictionary = dictionaries[slot]
    } else if let derivedName, fieldName == nil,
      let index = derived[derivedName]
    {
      source = .derived(index)
    } else {
      throw refusal(path, "a feature comes from one field or one derived formula that exists")
    }
    let encoding: FeatureEncoder.Encoding
    switch (try object.required("encode").requireString(), dictionary) {
    case ("number", nil): encoding = .number(try number(&object, path))
    case ("one_hot", let dictionary?): encoding = .oneHot(try oneHot(&object, dictionary, path))
    case ("target", let dictionary?): encoding = .target(try target(&object, dictionary, path))
    case (let other, _): throw refusal(path, "the encoding \"\(other)\" does not fit the field's kind")
    }
    try object.finish()
    return FeatureEncoder(source: source, encoding: encoding)
  }

  private func number(_ object: inout JSONObject, _ path: [String]) throws -> NumberEncoding {
    var encoding = NumberEncoding()
    encoding.fill = try object.optional("fill")?.requireDouble()
    encoding.takesLog = try object.optional("log")?.requireBool() ?? false
    let mean = try object.optional("mean")?.requireDouble()
    let deviation = try object.optional("deviation")?.requireDouble()
    encoding.hasMissingIndicator = try object.optional("missing_indicator")?.requireBool() ?? false
    switch (mean, deviation) {
    case (nil, nil): break
    case (let mean?, let deviation?) where deviation > 0:
      encoding.standardisation = NumberEncoding.Standardisation(mean: mean, deviation: deviation)
    default: throw refusal(path, "mean and deviation stand together, and the deviation is positive")
    }
    if encoding.takesLog, let fill = encoding.fill, fill <= -1 {
      throw refusal(path, "the fill has no logarithm")
    }
    return encoding
  }

  private func oneHot(
    _ object: inout JSONObject,
    _ dictionary: CategoryDictionary,
    _ path: [String]
  ) throws -> OneHotEncoding {
    let codes = try object.required("categories").array().map { value in
      guard let code = dictionary.code(of: try value.requireString()) else {
        throw refusal(path, "a column is for a category that the field does not have")
      }
      return code
    }
    guard zip(codes, codes.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw refusal(path, "the categories are not in order")
    }
    return OneHotEncoding(
      codes: codes,
      hasOther: try object.required("other").requireBool(),
      hasMissing: try object.required("missing").requireBool()
    )
  }

  private func target(
    _ object: inout JSONObject,
    _ dictionary: CategoryDictionary,
    _ path: [String]
  ) throws -> TargetEncoding {
    let encoding = TargetEncoding(
      prior: try object.required("prior").requireDouble(),
      missing: try object.required("missing").requireDouble(),
      rates: try object.required("rates").array().map { try $0.requireDouble() }
    )
    let isRate = ([encoding.prior, encoding.missing] + encoding.rates).allSatisfy { (0...1).contains($0) }
    guard isRate, encoding.rates.count == dictionary.count else {
      throw refusal(path, "there is not one rate between 0 and 1 for each category")
    }
    return encoding
  }

  private func refusal(_ path: [String], _ message: String) -> PipelineError {
    PipelineError(.invalidDocument, path: path, message)
  }
}
