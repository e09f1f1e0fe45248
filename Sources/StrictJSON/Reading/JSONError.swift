/// Why a document was refused, or is not what its reader expects.
///
/// The message never quotes a value of the document; the path may name its keys, each cut to 64 bytes.
public struct JSONError: Error, Sendable, Equatable {
  /// The kinds of refusal; closed, so that dead letters and metrics can be counted by it.
  public enum Code: String, Sendable, CaseIterable {
    /// No bytes, or only white space.
    case empty
    /// More bytes than ``JSONLimits/maximumBytes``.
    case tooLarge
    /// Not well-formed UTF-8 (which UTF-16 and Latin-1 rarely are).
    case notUTF8
    /// A byte order mark before the document.
    case byteOrderMark
    /// Not JSON by RFC 8259; lone surrogates and bytes after the document count as such.
    case syntax
    /// A key twice in one object.
    case duplicateKey
    /// Deeper than ``JSONLimits/maximumDepth``.
    case tooDeep
    /// An object of more members than ``JSONLimits/maximumMembers``.
    case tooManyMembers
    /// A string or key longer than ``JSONLimits/maximumStringBytes``.
    case stringTooLong
    /// An integer outside −2⁶³ … 2⁶⁴ − 1, a fraction beyond the doubles, or a number outside what its reader takes.
    case numberOutOfRange
    /// Another kind of value than its reader takes.
    case wrongType
    /// An object without a member that its reader needs.
    case missingKey
    /// An object with a member that its reader does not know.
    case unknownKey
    /// A value of the right kind that makes no sense where it stands.
    case invalidValue
    /// The buffers could not be allocated.
    case outOfMemory
  }

  /// The kind of refusal.
  public var code: Code
  /// What happened, in words, without the value itself.
  public var message: String
  /// Where, as `$.trees[3].leaf`; `$` is the whole document.
  public var path: String
  /// Byte offset into the document, where it is known (the text itself is at fault).
  public var offset: Int?

  /// An error at a place.
  ///
  /// - Parameters:
  ///   - code: The kind of refusal.
  ///   - message: What happened and what to do.
  ///   - path: Where, `$` for the whole document.
  ///   - offset: Byte offset, if known.
  public init(_ code: Code, _ message: String, path: String = "$", offset: Int? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.offset = offset
  }
}

extension JSONError: CustomStringConvertible {
  /// `path: message (code)`, or `byte 17: message (code)` when the text itself is at fault.
  public var description: String {
    let place = offset.map { "byte \($0)" } ?? path
    return "\(place): \(message) (\(code.rawValue))"
  }
}
