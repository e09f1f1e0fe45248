import CreditEvents
import NIOHTTP1
import StrictJSON

/// A problem document (RFC 9457): what is wrong, where, and what to do.
struct Problem: Error, Sendable {
  /// The media type of the document.
  static let contentType = "application/problem+json"

  let code: ProblemCode
  /// What is wrong with this request; never a value of an application, a key, or the message of an inner error.
  let detail: String
  /// What the caller can do.
  let remedy: String
  /// The field of the application, or the name of the header, that it is about.
  var field: String?
  /// Headers of the response.
  var headers: [(name: String, value: String)] = []

  init(_ code: ProblemCode, _ detail: String, remedy: String, field: String? = nil) {
    self.code = code
    self.detail = detail
    self.remedy = remedy
    self.field = field
  }

  /// Says in HTTP's words why an application can have no decision.
  init(_ rejection: Rejection) {
    let parts = rejection.message.split(separator: ": ", maxSplits: 1)
    self.init(
      Self.code(of: rejection.class),
      String(parts.first ?? ""),
      remedy: parts.count > 1 ? String(parts[1]) : "send another application",
      field: rejection.field
    )
  }

  private static func code(of rejection: RejectionClass) -> ProblemCode {
    switch rejection {
    case .emptyValue: .emptyBody
    case .tooLarge: .tooLarge
    case .notUTF8: .notUTF8
    case .notJSON: .notJSON
    case .duplicateKey: .duplicateKey
    case .tooDeep: .tooDeep
    case .numberOutOfRange: .numberOutOfRange
    case .notAnObject: .notAnObject
    case .missingId: .missingID
    case .invalidId: .invalidID
    case .wrongType: .wrongType
    // What only records of a topic can be rejected for comes under the nearest name.
    case .unknownSchema, .invalidTimestamp, .headersTooLarge: .malformedRequest
    case .scoringFailed, .processingFailed: .scoringFailed
    }
  }

  /// Asks the caller to come again.
  func retry(afterSeconds seconds: Double) -> Problem {
    var problem = self
    problem.headers.append(("retry-after", "\(max(1, Int(seconds.rounded(.up))))"))
    return problem
  }

  /// Adds a header to the response.
  func with(_ name: String, _ value: String) -> Problem {
    var problem = self
    problem.headers.append((name, value))
    return problem
  }

  /// Writes the document.
  func encode(into writer: inout JSONWriter, requestID: String?) {
    writer.beginObject()
    writer.member("type", code.type)
    writer.member("title", code.title)
    writer.member("status", code.status.code)
    writer.member("detail", detail)
    writer.member("remedy", remedy)
    if let field { writer.member("field", field) }
    if let requestID { writer.member("request_id", requestID) }
    writer.endObject()
  }
}
