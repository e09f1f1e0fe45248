/// Why the scoring stream could not start or did not end well.
public struct ScoringStreamError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, Sendable, CaseIterable {
    /// A setting contradicts another or names nothing that exists.
    case settings
    /// The operating system refused a thread.
    case thread
    /// A Kafka client could not be made.
    case client
    /// A topic that must exist does not, or has a shape that cannot work.
    case topic
    /// No model is in force.
    case noModel
    /// A worker ended with a code other than ``ExitCode/finished``.
    case workerEnded
  }

  /// What kind of failure it is.
  public var code: Code
  /// What happened and what to do.
  public var message: String
  /// The code to end the process with.
  public var exitCode: ExitCode

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: What kind of failure it is.
  ///   - message: What happened and what to do.
  ///   - exitCode: The code to end the process with.
  public init(_ code: Code, _ message: String, exitCode: ExitCode = .misconfigured) {
    self.code = code
    self.message = message
    self.exitCode = exitCode
  }

  /// The message.
  public var description: String { message }
}
