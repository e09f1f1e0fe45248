public import StrictJSON

extension DriftReport {
  /// The version of the JSON document; `Schemas/Reports/drift.schema.json` describes it.
  static let schema = 1

  /// The report as a JSON document, pretty-printed and with a final line break.
  ///
  /// It carries the counts of every bin, so that anyone can compute each figure again.
  ///
  /// - Returns: UTF-8 bytes; the same state gives the same bytes.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    encode(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the report as a JSON object; figures that do not exist are null.
  ///
  /// - Parameter writer: Stands where a value may come.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schema)
    writer.member("pipeline", state.pipeline)
    if let model = state.model { writer.member("model", model) }
    encode(state.reference, as: "reference", into: &writer)
    encode(state.current, as: "current", into: &writer)
    writer.key("overview")
    writer.beginObject()
    writer.member("is_drift", isDrift)
    writer.member("features", ranking.count)
    writer.member("differing", differing.count)
    writer.member("drifted", drifted.count)
    writer.figure("drifted_share", driftedShare)
    writer.member("false_discovery_rate", Self.falseDiscoveryRate)
    writer.endObject()
    writer.list("results", results) { encode($0, into: &$1) }
    writer.list("features", ranking) { encode($0, into: &$1) }
    encodeScoreShift(into: &writer)
    if let detection = state.detection { encode(detection, into: &writer) }
    writer.list("windows", Array(zip(state.windows, course))) { window, writer in
      writer.member("name", window.0.name)
      writer.member("rows", window.0.counts.eventCount)
      writer.key("psi")
      writer.beginArray()
      for index in results + ranking { writer.figure(window.1[index]) }
      writer.endArray()
    }
    writer.list("alerts", state.alerts) { alert, writer in
      writer.member("time", alert.time)
      writer.member("change", alert.change.rawValue)
      writer.member("subject", alert.subject)
      writer.member("severity", alert.severity.rawValue)
      writer.member("detail", alert.detail)
    }
    writer.list("quality", state.quality) { note, writer in
      writer.member("check", note.check)
      writer.member("subject", note.subject)
      writer.member("finding", note.finding)
      writer.member("is_concern", note.isConcern)
    }
    writer.list("performance", state.performance) { note, writer in
      writer.member("name", note.name)
      writer.figure("at_training", note.atTraining)
      writer.figure("realised", note.realised)
      writer.figure("estimated", note.estimated)
      writer.member("outcomes", note.outcomeCount)
      writer.member("is_concern", note.isConcern)
    }
    if let evidently = state.evidently { encode(evidently, into: &writer) }
    writer.member("remarks", state.remarks)
    writer.endObject()
  }

  private func encode(_ sample: DriftState.Sample, as key: String, into writer: inout JSONWriter) {
    writer.key(key)
    writer.beginObject()
    writer.member("name", sample.name)
    writer.member("rows", sample.rowCount)
    writer.endObject()
  }

  private func encode(_ index: Int, into writer: inout JSONWriter) {
    let feature = features[index]
    let column = state.columns[index]
    writer.member("name", state.profile.features[index].name)
    if !column.label.isEmpty { writer.member("label", column.label) }
    writer.member("role", column.role.rawValue)
    writer.member("verdict", verdict(index).name)
    writer.member("is_drift", verdict(index).isDrift)
    writer.figure("psi", feature.stability)
    writer.figure("psi_noise", feature.noise)
    writer.figure("jensen_shannon", feature.jensenShannon)
    writer.key("chi_square")
    writer.beginObject()
    writer.figure("statistic", feature.test.statistic)
    writer.figure("p_value", feature.test.pValue)
    writer.figure("adjusted_p_value", adjusted[index])
    writer.endObject()
    if let bracket = feature.kolmogorovSmirnov {
      writer.key("kolmogorov_smirnov")
      writer.beginObject()
      writer.figure("at_least", bracket.lowerBound)
      writer.figure("at_most", bracket.upperBound)
      if let test = column.rows?.kolmogorovSmirnov {
        writer.figure("statistic", test.statistic)
        writer.figure("p_value", test.pValue)
      }
      writer.endObject()
      writer.key("wasserstein")
      writer.beginObject()
      writer.figure("from_bins", feature.wasserstein)
      if let rows = column.rows { writer.figure("from_rows", rows.wasserstein) }
      writer.figure("standard_deviation", state.profile.features[index].moments?.standardDeviation)
      writer.endObject()
    }
    writer.change("missing", feature.missing)
    writer.change("unseen", feature.unseen)
    if let shift = feature.scoreShift { writer.figure("score_shift", shift) }
    encodeBins(index, into: &writer)
  }

  private func encodeBins(_ index: Int, into writer: inout JSONWriter) {
    let reference = state.profile.features[index]
    writer.key("bins")
    writer.beginObject()
    switch reference.bins {
    case .number(let bins):
      writer.member("kind", "number")
      writer.member("least", bins.least)
      writer.member("largest", bins.largest)
      writer.member("edges", bins.edges)
    case .category(let bins):
      writer.member("kind", "category")
      writer.member("names", bins.named.map { state.columns[index].name(ofCategory: $0) })
    }
    writer.member("groups", reference.bins.groups)
    writer.key("reference")
    writer.integers(features[index].reference)
    writer.key("current")
    writer.integers(features[index].current)
    if !reference.meanContributions.isEmpty {
      writer.member("mean_contributions", reference.meanContributions)
    }
    writer.endObject()
  }

  private func encodeScoreShift(into writer: inout JSONWriter) {
    let shift = scoreShift
    guard !shift.parts.isEmpty else { return }
    writer.key("score_shift")
    writer.beginObject()
    writer.figure("total", shift.total)
    writer.list("parts", shift.parts) { part, writer in
      writer.member("feature", state.profile.features[part.feature].name)
      writer.figure("shift", part.shift)
    }
    writer.endObject()
  }

  private func encode(_ detection: DetectionSummary, into writer: inout JSONWriter) {
    writer.key("detection")
    writer.beginObject()
    writer.member("tolerated_psi", detection.tolerance.stability)
    writer.member("patience", detection.tolerance.patience)
    writer.member("step", detection.tolerance.stepEvents)
    writer.member("steps", detection.stepCount)
    writer.list("alarms", detection.alarms) { alarm, writer in
      writer.member("feature", state.profile.features[alarm.feature].name)
      writer.member("rows", alarm.rowCount)
    }
    writer.list("unwatched", detection.unwatched) { unwatched, writer in
      writer.member("feature", state.profile.features[unwatched.feature].name)
      writer.member("required_rows", unwatched.requiredRows)
    }
    writer.endObject()
  }

  private func encode(_ evidently: EvidentlyVerdicts, into writer: inout JSONWriter) {
    writer.key("evidently")
    writer.beginObject()
    writer.member("is_drift", evidently.isDrift)
    writer.member("drifted", evidently.driftedCount)
    writer.figure("share", evidently.share)
    writer.member("drift_share", EvidentlyVerdicts.driftShare)
    writer.list("columns", evidently.columns) { column, writer in
      writer.member("name", column.name)
      writer.member("method", column.verdict.method.rawValue)
      writer.figure("value", column.verdict.value)
      writer.member("threshold", column.verdict.method.threshold)
      writer.member("is_drift", column.verdict.isDrift)
    }
    writer.endObject()
  }
}

extension DriftReport.Verdict {
  /// The verdict as a word.
  public var name: String {
    switch self {
    case .stable: "stable"
    case .differs(let severity): severity.rawValue
    }
  }
}

extension DriftState.Column {
  /// The name of a category; its code where it has none.
  ///
  /// - Parameter code: The code in the dictionary.
  /// - Returns: The name.
  public func name(ofCategory code: Int) -> String {
    categories.indices.contains(code) ? categories[code] : "\(code)"
  }
}

extension JSONWriter {
  fileprivate mutating func figure(_ value: Double?) {
    if let value, value.isFinite { number(value) } else { null() }
  }

  fileprivate mutating func figure(_ key: String, _ value: Double?) {
    self.key(key)
    figure(value)
  }

  fileprivate mutating func change(_ key: String, _ change: FeatureDrift.Change) {
    self.key(key)
    beginArray()
    figure(change.before)
    figure(change.now)
    endArray()
  }

  fileprivate mutating func integers(_ values: [UInt64]) {
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
