import CreditEvents
import StrictJSON

extension HistoryDeclaration {
  /// Writes the table as `pipeline.json` has it.
  ///
  /// - Parameter writer: Receives an object.
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", name)
    if let key { writer.member("key", key) }
    if let rowID { writer.member("row_id", rowID) }
    if let time { writer.member("time", time) }
    writer.member("order", order)
    writer.key("fields")
    writer.beginArray()
    for field in fields { Self.encode(field, into: &writer) }
    writer.endArray()
    writer.member("dropped", dropped.map(\.name))
    writer.key("aggregates")
    writer.beginArray()
    for aggregate in aggregates {
      writer.beginObject()
      writer.member("name", aggregate.name)
      writer.member("aggregate", aggregate.aggregate)
      if let condition = aggregate.condition { writer.member("where", condition) }
      if let window = aggregate.window { writer.member("window", window) }
      writer.endObject()
    }
    writer.endArray()
    if !nested.isEmpty {
      writer.key("tables")
      writer.beginArray()
      for table in nested { table.encode(into: &writer) }
      writer.endArray()
    }
    writer.endObject()
  }

  private static func encode(_ field: FieldDeclaration, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", field.name)
    writer.member("kind", (field.kind ?? .number).rawValue)
    if !field.missing.isEmpty { writer.member("missing", field.missing) }
    if let labels = field.labels { writer.member("labels", labels) }
    if !field.categories.isEmpty { writer.member("categories", field.categories) }
    writer.endObject()
  }

  /// Reads a table that ``encode(into:)`` wrote; contradictions are found when it is compiled.
  ///
  /// - Parameters:
  ///   - json: The object.
  ///   - depth: How deeply it is nested.
  /// - Throws: `JSONError` for the shape, ``PipelineError`` for an unknown kind of field.
  init(json: JSONValue, depth: Int = 0) throws {
    var object = try json.object()
    let name = try object.required("name").requireString()
    guard depth <= 1 else {
      throw PipelineError(.invalidDocument, path: ["history", name], "the table is nested too deeply")
    }
    self.init(
      name: name,
      key: try object.optional("key")?.requireString(),
      rowID: try object.optional("row_id")?.requireString(),
      time: try object.optional("time")?.requireString(),
      order: try object.required("order").array().map { try $0.requireString() },
      fields: try object.required("fields").array().map { try Self.field(json: $0, of: name) },
      dropped: try object.required("dropped").array().map {
        DroppedDeclaration(name: try $0.requireString(), reason: "")
      },
      aggregates: try object.required("aggregates").array().map { try AggregateDeclaration(json: $0) },
      nested: try object.optional("tables")?.array().map {
        try HistoryDeclaration(json: $0, depth: depth + 1)
      } ?? []
    )
    try object.finish()
  }

  private static func field(json: JSONValue, of table: String) throws -> FieldDeclaration {
    var object = try json.object()
    let name = try object.required("name").requireString()
    guard let kind = Field.Kind(rawValue: try object.required("kind").requireString()) else {
      throw PipelineError(
        .invalidDocument,
        path: ["history", table, "fields", name],
        "no such kind of field"
      )
    }
    var field = FieldDeclaration(name: name, kind: kind)
    field.missing = try object.optional("missing")?.array().map { try $0.requireString() } ?? []
    field.labels = try object.optional("labels")?.array().map { try $0.requireString() }
    field.categories = try object.optional("categories")?.array().map { try $0.requireString() } ?? []
    try object.finish()
    if let labels = field.labels, labels.count != 2 {
      throw PipelineError(
        .invalidDocument,
        path: ["history", table, "fields", name],
        "a flag has two labels"
      )
    }
    return field
  }
}

extension AggregateDeclaration {
  fileprivate init(json: JSONValue) throws {
    var object = try json.object()
    self.init(
      name: try object.required("name").requireString(),
      aggregate: try object.required("aggregate").requireString(),
      condition: try object.optional("where")?.requireString(),
      window: try object.optional("window")?.requireDouble()
    )
    try object.finish()
  }
}
