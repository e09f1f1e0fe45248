public import StrictJSON

extension DriftAlert {
  /// Writes the value of the alert's record.
  ///
  /// - Parameter writer: Receives one JSON object.
  /// - Precondition: All figures are finite.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("alert_id", alertID)
    writer.member("incident_id", incidentID)
    writer.member("change", change.rawValue)
    writer.member("kind", kind.rawValue)
    writer.key("feature")
    if let feature { writer.string(feature) } else { writer.null() }
    writer.member("severity", severity.rawValue)
    writer.key("model")
    if let model { model.encode(into: &writer) } else { writer.null() }
    writer.key("window")
    window.encode(into: &writer)
    writer.key("evidence")
    evidence.encode(into: &writer)
    writer.key("leading")
    writer.beginArray()
    for feature in leading {
      writer.beginObject()
      writer.member("feature", feature.feature)
      writer.member("shift", feature.shift)
      writer.member("stability", feature.stability)
      writer.endObject()
    }
    writer.endArray()
    writer.member("message", message)
    writer.member("action", action)
    writer.member("refit_requested", requestsRefit)
    writer.member("position", position)
    writer.endObject()
  }

  /// Reads the value of an alert's record, strictly.
  ///
  /// - Parameter json: The value, a JSON object.
  /// - Throws: `JSONError` with the path of the member that is missing, unknown or of the wrong kind.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    alertID = try object.required("alert_id").requireString()
    incidentID = try object.required("incident_id").requireString()
    change = try object.required("change").parsed(Change.init(rawValue:), as: "a change of an alert")
    kind = try object.required("kind").parsed(Kind.init(rawValue:), as: "a kind of alert")
    let feature = try object.required("feature")
    self.feature = feature.isNull ? nil : try feature.requireString()
    severity = try object.required("severity").parsed(Severity.init(rawValue:), as: "a severity")
    let model = try object.required("model")
    self.model = model.isNull ? nil : try ModelIdentity(json: model)
    window = try Window(json: try object.required("window"))
    evidence = try Evidence(json: try object.required("evidence"))
    leading = try object.required("leading").array { value throws(JSONError) in
      var feature = try value.object()
      let part = Leading(
        feature: try feature.required("feature").requireString(),
        shift: try feature.required("shift").requireDouble(),
        stability: try feature.required("stability").requireDouble()
      )
      try feature.finish()
      return part
    }
    message = try object.required("message").requireString()
    action = try object.required("action").requireString()
    requestsRefit = try object.required("refit_requested").requireBool()
    position = Int64(try object.required("position").requireInt())
    try object.finish()
  }
}

extension DriftAlert.Window {
  fileprivate func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("from", fromMilliseconds)
    writer.member("to", toMilliseconds)
    writer.member("events", events)
    writer.endObject()
  }

  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    fromMilliseconds = Int64(try object.required("from").requireInt())
    toMilliseconds = Int64(try object.required("to").requireInt())
    events = try object.required("events").requireInt()
    try object.finish()
  }
}

extension DriftAlert.Evidence {
  fileprivate func encode(into writer: inout JSONWriter) {
    func figure(_ name: String, _ value: Double?) {
      writer.key(name)
      if let value { writer.number(value) } else { writer.null() }
    }
    writer.beginObject()
    figure("log_evidence", logEvidence)
    figure("log_alarm", logAlarm)
    figure("stability", stability)
    figure("noise", noise)
    figure("value", value)
    figure("expected", expected)
    writer.key("bins")
    writer.beginArray()
    for bin in bins {
      writer.beginObject()
      writer.member("label", bin.label)
      writer.member("reference", bin.reference)
      writer.member("current", bin.current)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    self.init()
    logEvidence = try object.figure("log_evidence")
    logAlarm = try object.figure("log_alarm")
    stability = try object.figure("stability")
    noise = try object.figure("noise")
    value = try object.figure("value")
    expected = try object.figure("expected")
    bins = try object.required("bins").array { value throws(JSONError) in
      var bin = try value.object()
      let read = DriftAlert.Bin(
        label: try bin.required("label").requireString(),
        reference: try bin.required("reference").requireInt(),
        current: try bin.required("current").requireInt()
      )
      try bin.finish()
      return read
    }
    try object.finish()
  }
}

extension JSONObject {
  /// A number that must stand there, null when there is none.
  fileprivate mutating func figure(_ key: String) throws(JSONError) -> Double? {
    let value = try required(key)
    return value.isNull ? nil : try value.requireDouble()
  }
}
