/// What is wrong with an expression, and where in its text.
public struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of mistakes.
  public enum Code: Sendable, Equatable {
    /// The text is not an expression: a character, a token or a closing bracket is out of place.
    case syntax
    /// The text is longer, more deeply nested or, with what it refers to, larger than is allowed.
    case tooLarge
    /// A function that does not exist.
    case unknownFunction
    /// A function with too few or too many arguments.
    case wrongArgumentCount
    /// A name that is neither a field nor a derived feature.
    case unknownName
    /// The identifier, the target or a field that is declared as dropped.
    case unusableName
    /// A field that is protected: no feature and no rule may depend on it.
    case protectedField
    /// A category where a number belongs, or the reverse.
    case wrongType
    /// A text compared with a category that never takes this value.
    case unknownCategory
    /// A derived feature that is defined by itself.
    case circular
  }

  /// The kind of mistake.
  public var code: Code
  /// What is wrong and what to do about it.
  public var message: String
  /// Where the mistake begins: the number of the character in the expression, from 1.
  public var column: Int

  /// Describes a mistake.
  ///
  /// - Parameters:
  ///   - code: The kind of mistake.
  ///   - message: What is wrong and what to do about it.
  ///   - column: The number of the character where it begins, from 1.
  public init(code: Code, message: String, column: Int) {
    self.code = code
    self.message = message
    self.column = column
  }

  /// A place in a source text, translated from its UTF-8 offset.
  init(_ code: Code, _ message: String, at offset: Int, of source: String) {
    let utf8 = source.utf8
    let end = utf8.index(utf8.startIndex, offsetBy: min(offset, utf8.count))
    self.init(code: code, message: message, column: source[..<end].count + 1)
  }

  /// The message and the column.
  public var description: String { "column \(column): \(message)" }
}
