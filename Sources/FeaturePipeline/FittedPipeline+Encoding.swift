import CreditEvents
public import StrictJSON

extension FittedPipeline {
  /// The version of the file format; raised when its meaning changes.
  static let format = 1

  /// Writes the pipeline as one JSON object, `pipeline.json` of a bundle.
  ///
  /// Equal pipelines give equal bytes, and reading them back gives an equal pipeline: numbers are written with as
  /// many digits as they need, formulas as their text.
  ///
  /// - Parameter writer: Receives the object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("format", Self.format)
    writer.member("pipeline", name)
    writer.member("version", version)
    writer.key("table")
    encodeLayout(into: &writer)
    writer.member("id", schema.idField)
    if let target = schema.targetField { writer.member("target", target) }
    writer.key("fields")
    writer.beginArray()
    for slot in 0..<schema.readCount { encodeField(slot, into: &writer) }
    writer.endArray()
    writer.member("dropped", schema.ignoredFields)
    if !history.isEmpty {
      writer.key("history")
      writer.beginArray()
      for table in history { table.encode(into: &writer) }
      writer.endArray()
    }
    writer.key("derived")
    writer.beginArray()
    for formula in derived {
      writer.beginObject()
      writer.member("name", formula.name)
      writer.member("expression", formula.expression.source)
      writer.endObject()
    }
    writer.endArray()
    writer.key("features")
    writer.beginArray()
    for encoder in encoders { encode(encoder, into: &writer) }
    writer.endArray()
    encodeOmitted(into: &writer)
    writer.endObject()
  }

  /// Writes what a selection left out; without a selection nothing, as in bundles made before there was one.
  private func encodeOmitted(into writer: inout JSONWriter) {
    guard !omitted.isEmpty else { return }
    writer.key("omitted")
    writer.beginArray()
    for feature in omitted {
      writer.beginObject()
      writer.member("name", feature.name)
      writer.member("rule", feature.rule.rawValue)
      writer.member("reason", feature.reason)
      writer.endObject()
    }
    writer.endArray()
  }

  private func encodeLayout(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("delimiter", layout.delimiter.text)
    writer.member("skip_lines", layout.skippedLines)
    if let columns = layout.columns { writer.member("columns", columns) }
    writer.member("id_source", layout.idSource.rawValue)
    writer.member("defaulted", layout.outcomes.defaulted)
    writer.member("repaid", layout.outcomes.repaid)
    writer.endObject()
  }

  private func encodeField(_ slot: Int, into writer: inout JSONWriter) {
    let field = schema.fields[slot]
    writer.beginObject()
    writer.member("name", field.name)
    writer.member("kind", field.kind.rawValue)
    if let range = field.range { writer.member("range", [range.lowerBound, range.upperBound]) }
    if field.isProtected { writer.member("protected", true) }
    if !field.missingTexts.isEmpty { writer.member("missing", field.missingTexts) }
    if let labels = field.flagLabels { writer.member("labels", [labels.off, labels.on]) }
    if let dictionary = dictionaries[slot] { writer.member("categories", dictionary.categories) }
    writer.endObject()
  }

  private func encode(_ encoder: FeatureEncoder, into writer: inout JSONWriter) {
    writer.beginObject()
    var categories: [String] = []
    switch encoder.source {
    case .field(let slot):
      writer.member("field", schema.fields[slot].name)
      categories = dictionaries[slot]?.categories ?? []
    case .derived(let index): writer.member("derived", derived[index].name)
    }
    switch encoder.encoding {
    case .number(let number):
      writer.member("encode", "number")
      if let fill = number.fill { writer.member("fill", fill) }
      if number.takesLog { writer.member("log", true) }
      if let standardisation = number.standardisation {
        writer.member("mean", standardisation.mean)
        writer.member("deviation", standardisation.deviation)
      }
      if number.hasMissingIndicator { writer.member("missing_indicator", true) }
    case .oneHot(let oneHot):
      writer.member("encode", "one_hot")
      writer.member("categories", oneHot.codes.map { categories[$0] })
      writer.member("other", oneHot.hasOther)
      writer.member("missing", oneHot.hasMissing)
    case .target(let target):
      writer.member("encode", "target")
      writer.member("prior", target.prior)
      writer.member("missing", target.missing)
      writer.member("rates", target.rates)
    }
    writer.endObject()
  }
}
