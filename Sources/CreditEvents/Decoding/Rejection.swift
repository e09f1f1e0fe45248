/// Why a record can have no decision: the closed list that dead letters and metrics are labelled with.
public enum RejectionClass: String, Sendable, CaseIterable {
  /// The record has no value (a tombstone) or an empty one.
  case emptyValue = "empty_value"
  /// The value, or an object or a string in it, exceeds a limit.
  case tooLarge = "too_large"
  /// The value is not UTF-8, or starts with a byte order mark.
  case notUTF8 = "not_utf8"
  /// The value is not one JSON document: truncated, trailing bytes, NaN and the like.
  case notJSON = "not_json"
  /// An object has a key twice, so that its meaning depends on the reader.
  case duplicateKey = "duplicate_key"
  /// Arrays and objects are nested too deeply.
  case tooDeep = "too_deep"
  /// A number does not fit a double or a 64-bit integer.
  case numberOutOfRange = "number_out_of_range"
  /// The value is JSON, but not an object.
  case notAnObject = "not_an_object"
  /// The id is absent, null or empty.
  case missingId = "missing_id"
  /// The id is neither a text nor an integer, too long, or has control characters.
  case invalidId = "invalid_id"
  /// A field has a value of another kind than declared.
  case wrongType = "wrong_type"
  /// The record declares a schema, or a wire format, that this program does not read.
  case unknownSchema = "unknown_schema"
  /// The record has no timestamp, or one outside the years 1970 to 2199.
  case invalidTimestamp = "invalid_timestamp"
  /// The record's headers are too many or too large.
  case headersTooLarge = "headers_too_large"
  /// The model gave no finite margin, or contributions that do not add up to it.
  case scoringFailed = "scoring_failed"
  /// The record made its transaction fail repeatedly when it stood alone in it.
  case processingFailed = "processing_failed"
}

/// Why one record can have no decision.
///
/// The message names the field and the remedy and never quotes the payload: it is written to headers, logs and
/// metrics, where an applicant's data must not appear.
public struct Rejection: Error, Sendable, Equatable, CustomStringConvertible {
  /// The longest message, in UTF-8 bytes; a longer one is cut.
  public static let maximumMessageBytes = 256

  /// What kind of fault it is.
  public let `class`: RejectionClass
  /// The declared field at which it was found, if it is about one.
  public let field: String?
  /// What happened and what to do, at most ``maximumMessageBytes`` long.
  public let message: String

  /// Creates a rejection; a message that is too long is cut between two characters.
  ///
  /// - Parameters:
  ///   - class: What kind of fault it is.
  ///   - field: The declared field at which it was found.
  ///   - message: What happened and what to do, without any part of the payload.
  public init(_ class: RejectionClass, field: String? = nil, message: String) {
    self.class = `class`
    self.field = field
    var message = message
    while message.utf8.count > Self.maximumMessageBytes {
      message.removeLast()
    }
    self.message = message
  }

  /// The class and the message.
  public var description: String { "\(self.class.rawValue): \(message)" }
}
