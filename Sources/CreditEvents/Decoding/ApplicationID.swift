internal import StrictJSON

/// The canonical text of an application's id.
///
/// A text without the blanks around it, or the digits of an integer; so the integer 7 and the texts `7` and
/// ` 7` name the same application.
public enum ApplicationID {
  /// The longest id, in UTF-8 bytes.
  public static let maximumBytes = 128

  /// Reads the id from the text of a table's cell or of a JSON string.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - field: The name of the id's field, for the message.
  /// - Returns: The canonical text, not empty.
  /// - Throws: ``Rejection`` of class `missingId` or `invalidId`.
  public static func canonical(_ text: String, field: String) throws(Rejection) -> String {
    var text = text
    let result = text.withUTF8 { utf8 -> Result<String, Rejection> in
      let trimmed = FieldParser.trimmed(utf8)
      if let problem = problem(with: trimmed) {
        return .failure(Rejection(.invalidId, field: field, message: "field \"\(field)\" \(problem)"))
      }
      return trimmed.isEmpty
        ? .failure(missing(field)) : .success(String(decoding: trimmed, as: UTF8.self))
    }
    return try result.get()
  }

  private static func problem(with id: UnsafeBufferPointer<UInt8>) -> String? {
    if id.count > maximumBytes { return "has \(id.count) bytes: an id has at most \(maximumBytes)" }
    let hasControls = id.contains { $0 < 0x20 || $0 == 0x7f }
    return hasControls ? "has control characters: send an id of printable characters" : nil
  }

  static func canonical(_ json: JSONValue, field: String) throws(Rejection) -> String {
    switch json.kind {
    case .null: throw missing(field)
    case .integer: return json.int64.map { String($0) } ?? String(json.uint64 ?? 0)
    case .string: return try canonical(json.string ?? "", field: field)
    case .double, .boolean, .array, .object:
      throw Rejection(
        .invalidId,
        field: field,
        message:
          "field \"\(field)\" is neither a text nor an integer: send the application's id as one of them"
      )
    }
  }

  static func missing(_ field: String) -> Rejection {
    Rejection(
      .missingId,
      field: field,
      message: "field \"\(field)\" is missing: send the application's id as a text or an integer"
    )
  }
}
