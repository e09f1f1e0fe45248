/// Why a pipeline cannot be fitted to a table or read from a file.
public struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// The declaration contradicts itself; ``PipelineDeclaration/validate()`` lists all problems.
    case invalidDeclaration
    /// The table has no rows.
    case emptyTable
    /// The table was read with another schema.
    case otherSchema
    /// A statistic is asked of a column that has no values, or values too large to add up.
    case noStatistic
    /// One-hot encoding would give too many columns.
    case tooManyCategories
    /// Target encoding needs rows with known outcomes.
    case noOutcomes
    /// Two features would have the same name, or there would be none or too many.
    case unusableFeatures
    /// A file of a fitted pipeline contradicts itself.
    case invalidDocument
  }

  /// The kind of failure.
  public var code: Code
  /// Where in the declaration, from the top: `["fields", "INCOME", "impute"]`.
  public var path: [String]
  /// What happened and what to do about it.
  public var message: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - path: Where in the declaration, from the top; empty for the whole.
  ///   - message: What happened and what to do about it.
  public init(_ code: Code, path: [String] = [], _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// The path and the message.
  public var description: String { path.isEmpty ? message : "\(path.joined(separator: ".")): \(message)" }
}
