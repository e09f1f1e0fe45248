/// One thing that is wrong with the settings.
public struct SettingsProblem: Sendable, Equatable {
  /// The kinds of problem.
  public enum Code: String, Sendable, CaseIterable {
    /// The file is absent, unreadable or not UTF-8.
    case unreadable
    /// The file, its depth or what its aliases expand to is beyond the bounds.
    case tooLarge
    /// Not YAML, or YAML that is not used here (tags, several documents).
    case syntax
    /// A key twice in one mapping.
    case duplicateKey
    /// A key that nobody asks for.
    case unknownKey
    /// A key without which nothing works.
    case missingKey
    /// Another kind of value than is needed.
    case wrongType
    /// A value of the right kind that makes no sense.
    case invalidValue
    /// A reference to an environment variable or file that does not lead to a text.
    case unresolvedReference
    /// An override that is malformed or belongs to no setting.
    case invalidOverride
  }

  /// The kind of problem.
  public var code: Code
  /// Where it was written.
  public var location: SettingLocation
  /// The keys that lead to it from the top; sequences count from "0".
  public var path: [String]
  /// What is wrong and what to do.
  public var message: String

  /// A problem at a place.
  ///
  /// - Parameters:
  ///   - code: The kind of problem.
  ///   - location: Where it was written.
  ///   - path: The keys that lead to it.
  ///   - message: What is wrong and what to do.
  public init(_ code: Code, at location: SettingLocation, path: [String] = [], _ message: String) {
    self.code = code
    self.location = location
    self.path = path
    self.message = message
  }
}

extension SettingsProblem: CustomStringConvertible {
  /// `file:line:column: batch.interval_ms: what is wrong`.
  public var description: String {
    let place = path.isEmpty ? "" : "\(path.joined(separator: ".")): "
    return "\(location): \(place)\(message)"
  }
}

/// Everything that is wrong with the settings, as far as one reading can tell.
public struct SettingsError: Error, Sendable, Equatable {
  /// The problems, at least one.
  public var problems: [SettingsProblem]

  /// Gathers problems.
  ///
  /// - Parameter problems: At least one.
  public init(_ problems: [SettingsProblem]) { self.problems = problems }
}

extension SettingsError: CustomStringConvertible {
  /// One line a problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
