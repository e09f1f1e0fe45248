/// One contradiction in a pipeline file, with the place for its line to be found.
public struct PipelineProblem: Sendable, Equatable, CustomStringConvertible {
  /// The keys that lead to the place, from the top: `["fields", "INCOME", "range"]`.
  public var path: [String]
  /// What is wrong and what to do about it.
  public var message: String

  /// Describes a problem.
  ///
  /// - Parameters:
  ///   - path: The keys that lead to the place, from the top.
  ///   - message: What is wrong and what to do about it.
  public init(path: [String], message: String) {
    self.path = path
    self.message = message
  }

  /// The path and the message.
  public var description: String { "\(path.joined(separator: ".")): \(message)" }
}
