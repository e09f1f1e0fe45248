import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import StrictJSON

/// What a model expects of an application, for people and for programs.
struct FieldDocuments {
  /// Categories beyond this many are not listed.
  private static let maximumCategories = 200

  private let pipeline: FittedPipeline
  private let usual: [Double]

  init(_ bundle: ModelBundle) {
    pipeline = bundle.model.pipeline
    usual = UsualValues(bundle.goldenEvents, pipeline).values
  }

  /// An application with usual values.
  func example() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member(pipeline.schema.idField, "example-1")
    for (slot, field) in pipeline.schema.fields.prefix(pipeline.schema.readCount).enumerated()
    where !field.isProtected {
      writer.key(field.name)
      switch field.kind {
      case .number: write(number: usual[slot], into: &writer)
      case .flag:
        let isOn = usual[slot] == 1
        writer.string(field.flagLabels.map { isOn ? $0.on : $0.off } ?? (isOn ? "1" : "0"))
      case .category:
        let categories = pipeline.dictionaries[slot]?.categories ?? []
        let code = usual[slot].isNaN ? 0 : Int(usual[slot])
        if code < categories.count { writer.string(categories[code]) } else { writer.null() }
      }
    }
    writer.endObject()
    return writer.bytes
  }

  private func write(number: Double, into writer: inout JSONWriter) {
    guard number.isFinite else { return writer.null() }
    let rounded = number.magnitude >= 100 ? number.rounded() : (number * 100).rounded() / 100
    if let integer = Int64(exactly: rounded) { writer.integer(integer) } else { writer.number(rounded) }
  }

  /// What the schema endpoint answers.
  func document(model: ModelIdentity, example: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("model")
    model.encode(into: &writer)
    writer.key("pipeline")
    PipelineIdentity(name: pipeline.name, version: pipeline.version).encode(into: &writer)
    writer.member("id_field", pipeline.schema.idField)
    writer.key("fields")
    writer.beginArray()
    for slot in 0..<pipeline.schema.readCount { describe(slot, into: &writer) }
    writer.endArray()
    writer.key("json_schema")
    encodeSchema(into: &writer)
    writer.key("example")
    copy(example, into: &writer)
    writer.endObject()
    return writer.bytes
  }

  private func describe(_ slot: Int, into writer: inout JSONWriter) {
    let field = pipeline.schema.fields[slot]
    writer.beginObject()
    writer.member("name", field.name)
    writer.member("kind", field.kind.rawValue)
    writer.member("protected", field.isProtected)
    if let range = field.range { writer.member("range", [range.lowerBound, range.upperBound]) }
    if let labels = field.flagLabels { writer.member("labels", [labels.off, labels.on]) }
    if !field.missingTexts.isEmpty { writer.member("missing_texts", field.missingTexts) }
    if let categories = pipeline.dictionaries[slot]?.categories {
      writer.member("categories", categories.prefix(Self.maximumCategories))
    }
    writer.endObject()
  }

  /// JSON Schema (2020-12) of an application that is accepted, whatever its data quality.
  private func encodeSchema(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("type", "object")
    writer.member("required", [pipeline.schema.idField])
    writer.key("properties")
    writer.beginObject()
    writer.key(pipeline.schema.idField)
    FieldSchema.encodeID(into: &writer)
    for field in pipeline.schema.fields.prefix(pipeline.schema.readCount) {
      writer.key(field.name)
      FieldSchema.encode(field, into: &writer)
    }
    writer.endObject()
    writer.endObject()
  }

  private func copy(_ json: [UInt8], into writer: inout JSONWriter) {
    // The bytes come from our own writer; a parser that refused them would be a fault of ours, seen by the tests.
    try? JSONParser(limits: .event).withRoot(of: json) { writer.value($0) }
  }
}
