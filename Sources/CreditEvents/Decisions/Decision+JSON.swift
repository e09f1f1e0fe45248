public import StrictJSON

extension Decision {
  /// Writes the value of the decision's record; equal decisions give equal bytes.
  ///
  /// - Parameter writer: Receives one JSON object, members in the order of the schema.
  public func encode(into writer: inout JSONWriter) {
    var encoder = DecisionEncoder()
    encoder.encode(self, into: &writer)
  }

  /// Reads the value of a decision's record, strictly: every member must be there, and no other.
  ///
  /// - Parameter json: The value, a JSON object.
  /// - Throws: `JSONError` with the path of the member that is missing, unknown or of the wrong kind.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    decisionID = try object.required("decision_id").parsed(DecisionID.init, as: "a decision id")
    applicationID = try object.required("application_id").requireString()
    outcome = try object.required("outcome").parsed(Outcome.init(rawValue:), as: "an outcome")
    probabilityOfDefault = try object.required("probability_of_default").requireDouble()
    margin = Float(try object.required("margin").requireDouble())
    points = try object.required("points").requireInt()
    thresholds = try Thresholds(json: object.required("thresholds"))
    rules = try object.required("rules").strings()
    reasons = try object.required("reasons").array(of: Reason.init(json:))
    base = try object.required("base").requireDouble()
    other = try object.required("other").requireDouble()
    model = try ModelIdentity(json: object.required("model"))
    pipeline = try PipelineIdentity(json: object.required("pipeline"))
    var policy = try object.required("policy").object()
    policyVersion = try policy.required("version").requireInt()
    try policy.finish()
    source = try RecordCoordinates(json: object.required("source"))
    dataQuality = try Quality(json: object.required("data_quality"))
    program = try object.required("program").requireString()
    try object.finish()
  }
}
