internal import CreditEvents
internal import StrictJSON

extension GoldenVectors {
  /// Writes the vectors; bit patterns as hexadecimal text, which no reader rounds.
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.key("vectors")
    writer.beginArray()
    for vector in vectors {
      writer.beginObject()
      writer.member("event", vector.event)
      writer.member("features_sha256", vector.featuresSHA256)
      writer.member("margin_bits", String(vector.margin, radix: 16))
      writer.member("probability_of_default_bits", String(vector.probabilityOfDefault, radix: 16))
      writer.member("points", vector.points)
      writer.member("outcome", vector.outcome.rawValue)
      writer.member("rules", vector.rules)
      writer.key("reasons")
      writer.beginArray()
      for reason in vector.reasons {
        writer.beginObject()
        writer.member("code", reason.code)
        writer.member("contribution_bits", String(reason.contribution, radix: 16))
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// Reads vectors, strictly.
  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    let schema = try object.required("schema")
    guard try schema.requireInt() == Self.schemaVersion else {
      throw schema.failure(.invalidValue, "this program reads layout \(Self.schemaVersion)")
    }
    vectors = try object.required("vectors").array(of: Vector.init(json:))
    try object.finish()
  }
}

extension GoldenVectors.Vector {
  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    event = try object.required("event").requireString()
    featuresSHA256 = try object.required("features_sha256").requireString()
    margin = try object.required("margin_bits").bits()
    probabilityOfDefault = try object.required("probability_of_default_bits").bits()
    points = try object.required("points").requireInt()
    let outcome = try object.required("outcome")
    guard let known = Decision.Outcome(rawValue: try outcome.requireString()) else {
      throw outcome.failure(.invalidValue, "is no outcome")
    }
    self.outcome = known
    rules = try object.required("rules").array { value throws(JSONError) in try value.requireString() }
    reasons = try object.required("reasons").array { value throws(JSONError) in
      var reason = try value.object()
      let bits = GoldenVectors.ReasonBits(
        code: try reason.required("code").requireString(),
        contribution: try reason.required("contribution_bits").bits()
      )
      try reason.finish()
      return bits
    }
    try object.finish()
  }
}

extension JSONValue {
  fileprivate func bits<Bits: FixedWidthInteger>() throws(JSONError) -> Bits {
    guard let bits = Bits(try requireString(), radix: 16) else {
      throw failure(.invalidValue, "is no bit pattern: give hexadecimal digits")
    }
    return bits
  }
}
