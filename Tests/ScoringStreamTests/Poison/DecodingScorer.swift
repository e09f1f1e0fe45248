import CreditEvents
import ScoringStream
import StrictJSON

/// A scorer that reads applications as the real one does, and approves whatever it can read.
final class DecodingScorer: RecordScorer {
  private let decoder: ApplicationDecoder
  private var application: Application

  init() throws {
    let fields = [
      Field(name: "income", kind: .number, range: 0...1e9), Field(name: "job", kind: .category),
      Field(name: "owns_car", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
    ]
    let schema = try ApplicationSchema(idField: "id", targetField: "label", fields: fields, ignoredFields: [])
    decoder = ApplicationDecoder(schema: schema, dictionaries: [nil, CategoryDictionary(["Laborers"]), nil])
    application = Application(schema: schema)
  }

  func score(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<ScoredRecord, Rejection> {
    do throws(Rejection) {
      try decoder.decode(value, into: &application)
    } catch {
      return .failure(error)
    }
    writer.beginObject()
    writer.member("application_id", application.id)
    writer.endObject()
    return .success(ScoredRecord(applicationID: application.id, outcome: .approve))
  }
}
