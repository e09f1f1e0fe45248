/// Why parts cannot be put together to a model that decides.
public struct ScoringModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// A calibration contradicts itself or could lower the probability where the margin rises.
    case invalidCalibration
    /// A policy contradicts itself.
    case invalidPolicy
    /// Pipeline, trees, calibration and policy do not belong together.
    case unfitParts
  }

  /// The kind of failure.
  public let code: Code
  /// Where in the part: `knock_outs[2].when`; empty for the whole.
  public let path: String
  /// What happened and what to do.
  public let message: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - path: Where in the part.
  ///   - message: What happened and what to do.
  public init(_ code: Code, path: String = "", _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// The path and the message.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
