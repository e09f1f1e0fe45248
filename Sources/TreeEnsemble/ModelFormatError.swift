/// Why a model file was refused.
public struct ModelFormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of refusal it is; closed, so that callers can switch over it.
  public enum Code: String, Sendable, CaseIterable {
    /// The bytes are not of the file format.
    case malformed
    /// Something that every model has is not there.
    case missing
    /// A value has another type than the format prescribes.
    case wrongType
    /// The file is a model, but of a kind that is not implemented; the message names it.
    case unsupported
    /// Counts or lengths contradict each other.
    case inconsistent
    /// Nodes do not form a tree.
    case notATree
    /// A number is NaN, infinite or out of its range.
    case outOfRange
    /// A limit is exceeded that keeps memory and time bounded.
    case tooLarge
  }

  /// What kind of refusal it is.
  public let code: Code
  /// What happened and what to do.
  public let message: String
  /// Where in the file, for example "$.learner.objective.name".
  public let path: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: What kind of refusal it is.
  ///   - message: What happened and what to do.
  ///   - path: Where in the file.
  public init(_ code: Code, _ message: String, at path: String = "$") {
    self.code = code
    self.message = message
    self.path = path
  }

  /// Place, message and code in one line.
  public var description: String { "\(path): \(message) (\(code.rawValue))" }
}
