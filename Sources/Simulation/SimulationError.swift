/// Why a simulation, or the publishing of its applications, cannot go on.
public struct SimulationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The closed list of causes.
  public enum Code: String, Sendable, CaseIterable {
    /// The declaration contradicts itself; see ``SimulationError/problems``.
    case invalidDeclaration
    /// The simulated fields do not fit the schema that was asked for.
    case schemaMismatch
    /// The shares of planted flaws are impossible.
    case invalidFlawShares
    /// A row of a table cannot be turned into an application event.
    case unreadableRow
    /// A scenario is asked for that no file declares.
    case unknownScenario
    /// A record could not be delivered to its topic.
    case undelivered
  }

  /// The cause.
  public var code: Code
  /// What happened and what to do about it.
  public var message: String
  /// The faults of a declaration, all that were found.
  public var problems: [SimulationProblem]

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The cause.
  ///   - message: What happened and what to do about it.
  ///   - problems: The faults of a declaration.
  public init(_ code: Code, _ message: String, problems: [SimulationProblem] = []) {
    self.code = code
    self.message = message
    self.problems = problems
  }

  /// The message and the problems.
  public var description: String {
    ([message] + problems.map(\.description)).joined(separator: "\n")
  }
}

/// A fault of a declaration and where it stands.
public struct SimulationProblem: Sendable, Equatable, CustomStringConvertible {
  /// The keys that lead to it, from the top of the file.
  public var path: [String]
  /// What is wrong and what to do about it.
  public var message: String

  /// Creates a problem.
  public init(path: [String], message: String) {
    self.path = path
    self.message = message
  }

  /// The path and the message.
  public var description: String { "\(path.joined(separator: ".")): \(message)" }
}
