public import StrictJSON

/// What became of a loan: the value on the outcomes topic, the late label of a decision.
public struct LoanOutcome: Sendable, Equatable {
  /// The version of the layout.
  public static let schemaVersion = 1

  /// How it ended.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The client paid.
    case repaid
    /// The client did not pay, as the lender defines default.
    case defaulted
  }

  /// The application's id, canonical text.
  public var applicationID: String
  /// How it ended.
  public var outcome: Outcome
  /// Since when it is known, in milliseconds since 1970-01-01 UTC.
  public var knownAtMilliseconds: Int64

  /// Creates an outcome.
  public init(applicationID: String, outcome: Outcome, knownAtMilliseconds: Int64) {
    self.applicationID = applicationID
    self.outcome = outcome
    self.knownAtMilliseconds = knownAtMilliseconds
  }

  /// Writes the value of the outcome's record.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("application_id", applicationID)
    writer.member("outcome", outcome.rawValue)
    writer.member("known_at", knownAtMilliseconds)
    writer.endObject()
  }

  /// Reads the value of an outcome's record, strictly.
  ///
  /// - Parameter json: The value, a JSON object.
  /// - Throws: `JSONError` with the path of the member that is missing, unknown or of the wrong kind.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    applicationID = try object.required("application_id").requireString()
    outcome = try object.required("outcome").parsed(Outcome.init(rawValue:), as: "an outcome")
    knownAtMilliseconds = Int64(try object.required("known_at").requireInt())
    try object.finish()
  }
}
