public import StrictJSON

extension Policy {
  /// The version of the file's layout.
  static let schemaVersion = 1

  /// Writes the policy, the file `policy.json` of a bundle; equal policies give equal bytes.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("version", version)
    writer.key("costs")
    writer.beginObject()
    writer.member("missed_default", costs.missedDefault)
    writer.member("refused_good", costs.refusedGood)
    writer.endObject()
    writer.key("thresholds")
    writer.beginObject()
    writer.member("refer_from", referFrom)
    writer.member("decline_from", declineFrom)
    writer.endObject()
    writer.key("points")
    writer.beginObject()
    writer.member("base_points", points.basePoints)
    writer.member("base_odds", points.baseOdds)
    writer.member("points_to_double_the_odds", points.pointsToDoubleTheOdds)
    writer.endObject()
    writer.member("reasons_mode", reasonsMode.rawValue)
    writer.key("knock_outs")
    writer.beginArray()
    for rule in knockOuts {
      writer.beginObject()
      writer.member("code", rule.code)
      writer.member("when", rule.condition)
      writer.texts(rule.texts)
      writer.endObject()
    }
    writer.endArray()
    writer.key("reasons")
    writer.beginArray()
    for reason in reasons {
      writer.beginObject()
      writer.member("code", reason.code)
      writer.member("groups", reason.groups)
      writer.texts(reason.texts)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// Reads a policy, strictly.
  ///
  /// - Parameter json: The whole file, a JSON object.
  /// - Throws: `JSONError` with the path of what is missing, unknown, of the wrong kind or contradictory.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    let version = try object.required("version").requireInt()
    var costs = try object.required("costs").object()
    let missedDefault = try costs.required("missed_default").requireDouble()
    let refusedGood = try costs.required("refused_good").requireDouble()
    try costs.finish()
    var thresholds = try object.required("thresholds").object()
    let referFrom = try thresholds.required("refer_from").requireDouble()
    let declineFrom = try thresholds.required("decline_from").requireDouble()
    try thresholds.finish()
    var points = try object.required("points").object()
    let scale = PointsScale(
      basePoints: try points.required("base_points").requireDouble(),
      baseOdds: try points.required("base_odds").requireDouble(),
      pointsToDoubleTheOdds: try points.required("points_to_double_the_odds").requireDouble()
    )
    try points.finish()
    let mode = try object.required("reasons_mode")
    guard let reasonsMode = ReasonsMode(rawValue: try mode.requireString()) else {
      throw mode.failure(.invalidValue, "no mode: non_approve, all or none")
    }
    let knockOuts = try object.required("knock_outs").array(of: KnockOut.init(json:))
    let reasons = try object.required("reasons").array(of: ReasonText.init(json:))
    try object.finish()
    do throws(ScoringModelError) {
      try self.init(
        version: version,
        costs: Costs(missedDefault: missedDefault, refusedGood: refusedGood),
        referFrom: referFrom,
        declineFrom: declineFrom,
        points: scale,
        reasonsMode: reasonsMode,
        knockOuts: knockOuts,
        reasons: reasons
      )
    } catch {
      throw json.failure(.invalidValue, error.description)
    }
  }
}

extension Policy.KnockOut {
  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    code = try object.required("code").requireString()
    condition = try object.required("when").requireString()
    texts = try object.required("texts").texts()
    try object.finish()
  }
}

extension Policy.ReasonText {
  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    code = try object.required("code").requireString()
    groups = try object.required("groups").array { value throws(JSONError) in try value.requireString() }
    texts = try object.required("texts").texts()
    try object.finish()
  }
}

extension JSONValue {
  fileprivate func texts() throws(JSONError) -> [String: String] {
    _ = try object()
    var texts: [String: String] = [:]
    for member in members {
      texts[member.key.string] = try member.value.requireString()
    }
    return texts
  }
}

extension JSONWriter {
  /// Texts by language, sorted, for a dictionary has no order of its own.
  fileprivate mutating func texts(_ texts: [String: String]) {
    key("texts")
    beginObject()
    for (language, text) in texts.sorted(by: { $0.key < $1.key }) {
      member(language, text)
    }
    endObject()
  }
}
