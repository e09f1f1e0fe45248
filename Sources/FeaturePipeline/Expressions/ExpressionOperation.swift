/// The operations of expressions, on numbers where NaN stands for missing.
///
/// A missing operand makes the result missing, with the exceptions stated. A truth value is a number: 0 is
/// false, anything else true, missing is unknown (three-valued logic as in SQL). No result is ever infinite:
/// a quotient by zero, a logarithm of nothing and an overflow are missing.
enum ExpressionOperation: UInt8, Sendable, Equatable {
  case constant
  case field
  case negate
  case not
  case add
  case subtract
  case multiply
  case divide
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case equal
  case notEqual
  /// False when either side is false, even when the other is missing.
  case and
  /// True when either side is true, even when the other is missing.
  case or
  case absolute
  case squareRoot
  case floor
  case exponential
  case logarithm
  case logarithmOfOnePlus
  case minimum
  case maximum
  /// The first operand unless it is missing, otherwise the second.
  case coalesce
  /// The first operand, but missing where it equals the second.
  case nullIf
  /// 1 or 0, never missing.
  case isMissing
  /// The second operand where the first is true, the third where it is false.
  case conditional

  /// The number of values that the operation takes from the stack.
  var operandCount: Int {
    switch self {
    case .constant, .field: 0
    case .negate, .not, .absolute, .squareRoot, .floor, .exponential, .logarithm, .logarithmOfOnePlus,
      .isMissing:
      1
    case .conditional: 3
    default: 2
    }
  }

  /// A function by the name it is called with, and how many arguments it takes.
  ///
  /// - Parameter name: The name as written in an expression.
  /// - Returns: The operation and the allowed number of arguments; `nil` for an unknown name.
  static func function(named name: String) -> (operation: ExpressionOperation, arguments: ClosedRange<Int>)? {
    switch name {
    case "abs": (.absolute, 1...1)
    case "coalesce": (.coalesce, 2...16)
    case "exp": (.exponential, 1...1)
    case "floor": (.floor, 1...1)
    case "if": (.conditional, 3...3)
    case "is_missing": (.isMissing, 1...1)
    case "log": (.logarithm, 1...1)
    case "log1p": (.logarithmOfOnePlus, 1...1)
    case "max": (.maximum, 2...16)
    case "min": (.minimum, 2...16)
    case "null_if": (.nullIf, 2...2)
    case "sqrt": (.squareRoot, 1...1)
    default: nil
    }
  }

  /// The names of all functions, for messages.
  static let functionNames = [
    "abs", "coalesce", "exp", "floor", "if", "is_missing", "log", "log1p", "max", "min", "null_if", "sqrt",
  ]
}
