/// Why the monitor could not start or did not end well.
public struct MonitorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, Sendable, CaseIterable {
    /// A setting is out of its range.
    case settings
    /// A topic has a shape that cannot work.
    case topic
    /// Alerts could not be published.
    case delivery
  }

  /// What kind of failure it is.
  public var code: Code
  /// What happened and what to do.
  public var message: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: What kind of failure it is.
  ///   - message: What happened and what to do.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
