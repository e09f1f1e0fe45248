import CreditEvents
import StrictJSON

/// The JSON Schema of one field's values: what is accepted, not only what is best.
enum FieldSchema {
  static func encode(_ field: Field, into writer: inout JSONWriter) {
    writer.beginObject()
    switch field.kind {
    case .number:
      writer.key("anyOf")
      writer.beginArray()
      writer.beginObject()
      writer.member("type", ["number", "null"])
      writer.member("description", wholeNumbers)
      writer.endObject()
      writer.beginObject()
      // An empty text is missing in every kind of field.
      writer.member("enum", [""] + field.missingTexts)
      writer.endObject()
      writer.endArray()
    case .flag:
      writer.key("enum")
      writer.beginArray()
      writer.null()
      writer.boolean(false)
      writer.boolean(true)
      let labels = field.flagLabels.map { [$0.off, $0.on] } ?? ["0", "1"]
      for text in labels + [""] + field.missingTexts where text != "true" && text != "false" {
        writer.string(text)
      }
      if field.flagLabels == nil {
        writer.integer(0)
        writer.integer(1)
      }
      writer.endArray()
    case .category:
      // Numbers and booleans are taken for the text that writes them.
      writer.member("type", ["string", "number", "boolean", "null"])
      writer.member("description", wholeNumbers)
    }
    writer.endObject()
  }

  static func encodeID(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("type", ["string", "integer"])
    writer.member("pattern", "^[^\\u0000-\\u0020\\u007f]{1,32}$")
    writer.member("minimum", Int64.min)
    writer.member("maximum", UInt64.max)
    writer.endObject()
  }

  /// JSON Schema tells 1e300, which is read, not from the same number in 301 digits, which is not: a bound would be wrong
  /// for one of them.
  private static let wholeNumbers = "digits without fraction and exponent must fit 64 bits"
}
