public import StrictJSON

extension Decision.Thresholds {
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("refer_from", referFrom)
    writer.member("decline_from", declineFrom)
    writer.member("cost_ratio", costRatio)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    referFrom = try object.required("refer_from").requireDouble()
    declineFrom = try object.required("decline_from").requireDouble()
    costRatio = try object.required("cost_ratio").requireDouble()
    try object.finish()
  }
}

extension Decision.Reason {
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("code", code)
    writer.member("fields", fields)
    writer.member("contribution", contribution)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    code = try object.required("code").requireString()
    fields = try object.required("fields").strings()
    contribution = try object.required("contribution").requireDouble()
    try object.finish()
  }
}

extension Decision.Quality {
  /// Writes the deviations as decisions hold them.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("missing", missing)
    writer.member("unseen_category", unseenCategory)
    writer.member("out_of_range", outOfRange)
    writer.member("unknown_field_count", unknownFieldCount)
    writer.member("unknown_fields", unknownFields)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    missing = try object.required("missing").requireInt()
    unseenCategory = try object.required("unseen_category").strings()
    outOfRange = try object.required("out_of_range").strings()
    unknownFieldCount = try object.required("unknown_field_count").requireInt()
    unknownFields = try object.required("unknown_fields").strings()
    try object.finish()
  }
}

extension ModelIdentity {
  /// Writes the identity as decisions hold it.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", name)
    writer.member("version", version)
    writer.member("sha256", sha256)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    name = try object.required("name").requireString()
    version = try object.required("version").requireString()
    sha256 = try object.required("sha256").requireString()
    try object.finish()
  }
}

extension PipelineIdentity {
  /// Writes the identity as decisions hold it.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", name)
    writer.member("version", version)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    name = try object.required("name").requireString()
    version = try object.required("version").requireInt()
    try object.finish()
  }
}

extension RecordCoordinates {
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("topic", topic)
    writer.member("partition", partition)
    writer.member("offset", offset)
    writer.endObject()
  }

  init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    topic = try object.required("topic").requireString()
    let number = try object.required("partition")
    guard let partition = Int32(exactly: try number.requireInt()) else {
      throw number.failure(.invalidValue, "is no partition: give a number of 32 bits")
    }
    self.partition = partition
    offset = Int64(try object.required("offset").requireInt())
    try object.finish()
  }
}
