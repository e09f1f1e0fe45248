public import StrictJSON

extension Calibration {
  private enum Method: String {
    case identity, platt, isotonic
  }

  /// The version of the file's layout.
  static let schemaVersion = 1

  /// Writes the calibration, the file `calibration.json` of a bundle.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    switch self {
    case .identity: writer.member("method", Method.identity.rawValue)
    case .platt(let slope, let intercept):
      writer.member("method", Method.platt.rawValue)
      writer.member("slope", slope)
      writer.member("intercept", intercept)
    case .isotonic(let margins, let probabilities):
      writer.member("method", Method.isotonic.rawValue)
      writer.key("margins")
      writer.beginArray()
      for margin in margins {
        writer.number(margin)
      }
      writer.endArray()
      writer.member("probabilities", probabilities)
    }
    writer.endObject()
  }

  /// Reads a calibration, strictly.
  ///
  /// - Parameter json: The whole file, a JSON object.
  /// - Throws: `JSONError` with the path of what is missing, unknown, of the wrong kind or contradictory.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    let method = try object.required("method")
    switch Method(rawValue: try method.requireString()) {
    case .identity: self = .identity
    case .platt:
      self = .platt(
        slope: try object.required("slope").requireDouble(),
        intercept: try object.required("intercept").requireDouble()
      )
    case .isotonic:
      let margins = try object.required("margins").array { value throws(JSONError) in
        Float(try value.requireDouble())
      }
      let probabilities = try object.required("probabilities").array { value throws(JSONError) in
        try value.requireDouble()
      }
      self = .isotonic(margins: margins, probabilities: probabilities)
    case nil: throw method.failure(.invalidValue, "no calibration: identity, platt or isotonic")
    }
    try object.finish()
    do throws(ScoringModelError) { try validate() } catch {
      throw json.failure(.invalidValue, error.description)
    }
  }
}
