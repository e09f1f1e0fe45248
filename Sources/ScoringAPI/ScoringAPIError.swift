/// Why the HTTP API cannot start or go on.
public struct ScoringAPIError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// A setting cannot work.
    case settings
    /// A route is not safe to serve.
    case route
    /// The address cannot be listened on.
    case address
    /// The shutdown took longer than it may.
    case late
  }

  /// The kind of failure.
  public let code: Code
  /// What happened and what to do.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
