/// Why a model could not be trained.
public struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is; closed, so that callers can switch over it.
  public enum Code: String, Sendable, CaseIterable {
    /// The table has no rows, or none whose target is known.
    case emptyTable
    /// The table has no target.
    case missingTarget
    /// The target has other values than the two classes.
    case targetNotBinary
    /// All rows are of one class.
    case oneClass
    /// A class has too few rows to be divided as asked.
    case tooFewRows
    /// Rows cannot be divided into fewer than two folds.
    case tooFewFolds
    /// A selection leaves out every feature.
    case nothingSelected
    /// A search space has no point, or none that can be put into a bundle.
    case emptySearchSpace
    /// A journal of an experiment cannot be read or written.
    case journal
    /// The pipeline file contradicts itself; ``TrainingDeclaration/validate()`` lists all problems.
    case invalidDeclaration
  }

  /// What kind of failure it is.
  public let code: Code
  /// What happened and what to do, in one line.
  public let message: String

  /// Creates an error.
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
