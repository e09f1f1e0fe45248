import CreditEvents
public import StrictJSON

extension Exploration {
  /// The version of the JSON document; `Schemas/Reports/exploration.schema.json` describes it.
  static let schema = 1

  /// The exploration as a JSON document, pretty-printed and with a final line break.
  ///
  /// - Returns: UTF-8 bytes; the same exploration gives the same bytes.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    encode(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the exploration as a JSON object; figures that do not exist are null.
  ///
  /// - Parameter writer: Stands where a value may come.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schema)
    writer.member("pipeline", overview.pipeline)
    writer.key("data")
    writer.beginObject()
    writer.member("name", overview.name)
    writer.member("rows", overview.rowCount)
    writer.member("known_outcomes", overview.knownCount)
    writer.member("defaults", overview.defaultCount)
    writer.figure("default_rate", overview.rate)
    writer.interval(overview.interval)
    writer.endObject()
    writer.list("suspects", suspects) { suspect, writer in
      writer.member("field", suspect.field)
      writer.member("ground", suspect.ground.rawValue)
      writer.figure("auc", suspect.area)
      writer.member("evidence", suspect.evidence)
    }
    writer.list("notes", notes) { note, writer in
      writer.member("kind", note.kind.rawValue)
      writer.member("field", note.field)
      writer.member("detail", note.detail)
    }
    writer.list("fields", fields) { field, writer in field.encodeMembers(into: &writer) }
    writer.key("associations")
    writer.beginObject()
    writer.member("rows", associations.rowCount)
    writer.list("near_duplicates", associations.nearDuplicates) { encode($0, into: &$1) }
    writer.list("pairs", associations.pairs) { encode($0, into: &$1) }
    writer.endObject()
    writer.endObject()
  }

  private func encode(_ pair: Associations.Pair, into writer: inout JSONWriter) {
    writer.member("left", associations.fields[pair.left])
    writer.member("right", associations.fields[pair.right])
    if let value = pair.pearson { writer.figure("pearson", value) }
    if let value = pair.spearman { writer.figure("spearman", value) }
    if let value = pair.cramersV { writer.figure("cramers_v", value) }
    if let value = pair.correlationRatio { writer.figure("correlation_ratio", value) }
  }
}

extension FieldProfile {
  fileprivate func encodeMembers(into writer: inout JSONWriter) {
    writer.member("name", name)
    if !label.isEmpty { writer.member("label", label) }
    writer.member("kind", kind.rawValue)
    writer.member("role", role.name)
    switch role {
    case .dropped(let reason): writer.member("reason", reason)
    case .aggregate(let source): writer.member("formula", source)
    case .derived(let formula): writer.member("formula", formula)
    case .feature, .input, .protected, .afterDecision, .undeclared: break
    }
    writer.member("rows", rowCount)
    writer.member("missing", missingCount)
    writer.member("distinct", distinctCount)
    if let mostFrequent { writer.encode(mostFrequent, as: "most_frequent") }
    if let range, let outOfRangeCount {
      writer.member("range", [range.lowerBound, range.upperBound])
      writer.member("outside_range", outOfRangeCount)
    }
    if let outlyingCode { writer.encode(outlyingCode, as: "outlying_code") }
    if let number { encode(number, into: &writer) }
    if let histogram {
      writer.key("histogram")
      writer.beginObject()
      writer.member("edges", histogram.edges)
      writer.key("repaid")
      writer.integers(histogram.repaid)
      writer.key("defaulted")
      writer.integers(histogram.defaulted)
      writer.endObject()
    }
    writer.list("bins", bins) { $0.encodeMembers(into: &$1) }
    if let missingBin {
      writer.key("missing_bin")
      writer.beginObject()
      missingBin.encodeMembers(into: &writer)
      writer.endObject()
    }
    if let association { encode(association, into: &writer) }
  }

  private func encode(_ number: NumberSummary, into writer: inout JSONWriter) {
    writer.key("number")
    writer.beginObject()
    writer.figure("minimum", number.minimum)
    writer.figure("maximum", number.maximum)
    writer.figure("mean", number.mean)
    writer.figure("standard_deviation", number.standardDeviation)
    writer.figure("skewness", number.skewness)
    writer.list("quantiles", Array(zip(NumberSummary.levels, number.quantiles))) { quantile, writer in
      writer.member("level", quantile.0)
      writer.figure("value", quantile.1)
    }
    writer.member("outliers", number.outlierCount)
    writer.endObject()
  }

  private func encode(_ association: Association, into writer: inout JSONWriter) {
    writer.key("outcome")
    writer.beginObject()
    writer.figure("auc", association.strength.area)
    writer.figure("auc_lower", association.strength.lower)
    writer.figure("auc_upper", association.strength.upper)
    writer.figure("information_value", association.informationValue)
    writer.figure("p_value", association.pValue)
    if let distance = association.kolmogorovSmirnov { writer.figure("kolmogorov_smirnov", distance) }
    writer.endObject()
  }
}

extension OutcomeBin {
  fileprivate func encodeMembers(into writer: inout JSONWriter) {
    writer.member("label", label)
    writer.member("rows", rowCount)
    writer.member("known_outcomes", knownCount)
    writer.member("defaults", defaultCount)
    writer.figure("default_rate", rate)
    writer.interval(interval)
  }
}

extension ExploredField.Role {
  /// The role in a word.
  var name: String {
    switch self {
    case .feature: "feature"
    case .input: "input"
    case .protected: "protected"
    case .afterDecision: "after_decision"
    case .dropped: "dropped"
    case .undeclared: "undeclared"
    case .aggregate: "aggregate"
    case .derived: "derived"
    }
  }
}

extension JSONWriter {
  /// Writes a member that is null where there is no such figure.
  fileprivate mutating func figure(_ key: String, _ value: Double?) {
    self.key(key)
    if let value, value.isFinite { number(value) } else { null() }
  }

  fileprivate mutating func interval(_ interval: WilsonInterval) {
    figure("lower", interval.lower)
    figure("upper", interval.upper)
  }

  fileprivate mutating func encode(_ value: FieldProfile.MostFrequent, as key: String) {
    self.key(key)
    beginObject()
    member("value", value.text)
    member("rows", value.count)
    endObject()
  }

  fileprivate mutating func integers(_ values: [Int]) {
    beginArray()
    for value in values { integer(value) }
    endArray()
  }

  fileprivate mutating func list<Element>(
    _ key: String,
    _ elements: [Element],
    _ members: (Element, inout JSONWriter) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements {
      beginObject()
      members(element, &self)
      endObject()
    }
    endArray()
  }
}
