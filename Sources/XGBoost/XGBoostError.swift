private import CXGBoost

/// Why libxgboost, or this wrapper before it, refused a call.
public struct XGBoostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of refusal it was; closed, so that callers can switch over it.
  public enum Code: String, Sendable, CaseIterable {
    /// Array lengths, row or column counts do not fit together.
    case shapeMismatch
    /// A parameter has a value that no booster can have.
    case invalidParameter
    /// The library reported a failure; `message` holds its words.
    case libraryFailure
    /// The library answered with something this wrapper does not understand.
    case unexpectedAnswer
  }

  /// What kind of refusal it was.
  public let code: Code
  /// What happened and what to do.
  public let message: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: What kind of refusal it is.
  ///   - message: What happened and what to do.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message in one line.
  public var description: String { "XGBoost, \(code.rawValue): \(message)" }
}

/// Turns the status of a C call into a thrown error.
///
/// libxgboost keeps the text of the last failure per thread, so it must be read at once, on the same thread.
///
/// - Parameters:
///   - status: What the C function returned: 0 for success, -1 for failure.
///   - function: The C function's name, for the message.
/// - Throws: ``XGBoostError`` with ``XGBoostError/Code/libraryFailure`` when the status is not 0.
func check(_ status: CInt, _ function: StaticString) throws(XGBoostError) {
  guard status != 0 else { return }
  let text = unsafe XGBGetLastError().map { unsafe String(cString: $0) } ?? ""
  throw XGBoostError(.libraryFailure, "\(function) failed: \(firstParagraph(of: text))")
}

/// Cuts the C++ stack trace off a message of libxgboost; it names nothing that a user could act on.
///
/// - Parameter text: The library's message.
/// - Returns: Its part before the stack trace, without line breaks.
private func firstParagraph(of text: String) -> String {
  let lines = text.split(whereSeparator: \.isNewline)
    .prefix { !$0.hasPrefix("Stack trace") && !$0.hasPrefix("  [bt]") }
  return lines.isEmpty ? "no reason given" : lines.joined(separator: " ")
}
