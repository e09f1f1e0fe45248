/// Reads expressions by precedence, the loosest first: `or`, `and`, `not`, one comparison or `in`, `+ -`,
/// `* /`, the sign, and last numbers, texts, names, calls and brackets.
struct ExpressionParser {
  /// The longest text that is read, in bytes; the limits keep a hostile file from exhausting the stack.
  static let maximumBytes = 4096
  /// The greatest number of tokens.
  static let maximumTokens = 1024
  /// The deepest nesting of brackets and calls.
  static let maximumDepth = 48

  private let source: String
  private let tokens: [ExpressionLexer.Token]
  private var position = 0
  private var depth = 0

  /// Cuts the text into tokens.
  ///
  /// - Parameter source: The text of an expression.
  /// - Throws: ``ExpressionError`` for a text that is too long or has characters of no token.
  init(_ source: String) throws(ExpressionError) {
    guard source.utf8.count <= Self.maximumBytes else {
      throw ExpressionError(
        code: .tooLarge,
        message: "longer than \(Self.maximumBytes) bytes; split it into several derived features",
        column: 1
      )
    }
    self.source = source
    var lexer = ExpressionLexer(source)
    tokens = try lexer.tokens()
    guard tokens.count <= Self.maximumTokens else {
      throw ExpressionError(
        code: .tooLarge,
        message: "more than \(Self.maximumTokens) names, numbers and signs; split it into derived features",
        column: 1
      )
    }
  }

  /// Reads the whole text as one expression.
  ///
  /// - Returns: The root of the syntax tree.
  /// - Throws: ``ExpressionError`` where the text breaks the grammar.
  mutating func parse() throws(ExpressionError) -> ExpressionNode {
    if tokens.count == 1 { throw error("the expression is empty; write a formula over the fields") }
    let root = try disjunction()
    if current.kind != .end {
      throw error("\(describe(current)) cannot follow here; an operator or a comma may be missing")
    }
    return root
  }

  private mutating func disjunction() throws(ExpressionError) -> ExpressionNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error(
        "nested more than \(Self.maximumDepth) deep; split it into derived features",
        code: .tooLarge
      )
    }
    var left = try conjunction()
    while let offset = accept("or") { left = binary(.or, left, try conjunction(), at: offset) }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> ExpressionNode {
    var left = try negation()
    while let offset = accept("and") { left = binary(.and, left, try negation(), at: offset) }
    return left
  }

  private mutating func negation() throws(ExpressionError) -> ExpressionNode {
    var signs: [Int] = []
    while let offset = accept("not") { signs.append(offset) }
    guard signs.count <= Self.maximumDepth else { throw error("too many nots in a row", code: .tooLarge) }
    var node = try comparison()
    for offset in signs.reversed() { node = ExpressionNode(kind: .apply(.not, [node]), offset: offset) }
    return node
  }

  private static let comparisons: [String: ExpressionOperation] = [
    "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "==": .equal, "!=": .notEqual,
  ]

  private mutating func comparison() throws(ExpressionError) -> ExpressionNode {
    let left = try sum()
    guard case .symbol(let sign) = current.kind else { return left }
    let offset = current.offset
    let result: ExpressionNode
    if let operation = Self.comparisons[sign] {
      position += 1
      result = binary(operation, left, try sum(), at: offset)
    } else if sign == "in" {
      position += 1
      result = try membership(of: left, at: offset)
    } else {
      return left
    }
    if case .symbol(let next) = current.kind, next == "in" || Self.comparisons[next] != nil {
      throw error("comparisons do not chain; write a < b and b < c")
    }
    return result
  }

  /// `x in (a, b)` means `x == a or x == b`.
  private mutating func membership(of left: ExpressionNode, at offset: Int) throws(ExpressionError)
    -> ExpressionNode
  {
    let values = try arguments(of: "in")
    var result: ExpressionNode?
    for value in values {
      let equal = binary(.equal, left, value, at: offset)
      result = result.map { binary(.or, $0, equal, at: offset) } ?? equal
    }
    guard let result else { throw error("in needs at least one value: in (\"A\", \"B\")") }
    return result
  }

  private mutating func sum() throws(ExpressionError) -> ExpressionNode {
    var left = try product()
    while true {
      if let offset = accept("+") {
        left = binary(.add, left, try product(), at: offset)
      } else if let offset = accept("-") {
        left = binary(.subtract, left, try product(), at: offset)
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(ExpressionError) -> ExpressionNode {
    var left = try signed()
    while true {
      if let offset = accept("*") {
        left = binary(.multiply, left, try signed(), at: offset)
      } else if let offset = accept("/") {
        left = binary(.divide, left, try signed(), at: offset)
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(ExpressionError) -> ExpressionNode {
    var minusSigns: [Int] = []
    while true {
      if let offset = accept("-") {
        minusSigns.append(offset)
      } else if accept("+") == nil {
        break
      }
    }
    guard minusSigns.count <= Self.maximumDepth else {
      throw error("too many signs in a row", code: .tooLarge)
    }
    var node = try primary()
    for offset in minusSigns.reversed() {
      if case .number(let number) = node.kind {
        node = ExpressionNode(kind: .number(-number), offset: offset)
      } else {
        node = ExpressionNode(kind: .apply(.negate, [node]), offset: offset)
      }
    }
    return node
  }

  private mutating func primary() throws(ExpressionError) -> ExpressionNode {
    let token = current
    switch token.kind {
    case .number(let number):
      position += 1
      return ExpressionNode(kind: .number(number), offset: token.offset)
    case .text(let text):
      position += 1
      return ExpressionNode(kind: .text(text), offset: token.offset)
    case .name(let name):
      position += 1
      guard current.kind == .symbol("(") else {
        return ExpressionNode(kind: .name(name), offset: token.offset)
      }
      return try call(of: name, at: token.offset)
    case .symbol("("):
      position += 1
      let inner = try disjunction()
      guard accept(")") != nil else {
        throw error("a closing bracket is missing before \(describe(current))")
      }
      return inner
    default:
      throw error("a number, a name or a bracket is missing before \(describe(token))")
    }
  }

  private mutating func call(of name: String, at offset: Int) throws(ExpressionError) -> ExpressionNode {
    guard let (operation, allowed) = ExpressionOperation.function(named: name) else {
      let known = ExpressionOperation.functionNames
      let hint = NameSuggestion.hint(for: name, among: known) ?? "there are \(known.joined(separator: ", "))"
      throw ExpressionError(
        .unknownFunction,
        "no function is called \(name); \(hint)",
        at: offset,
        of: source
      )
    }
    let arguments = try arguments(of: name)
    guard allowed.contains(arguments.count) else {
      let wanted =
        allowed.count == 1 ? "\(allowed.lowerBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)"
      throw ExpressionError(
        .wrongArgumentCount,
        "\(name) takes \(wanted) arguments, not \(arguments.count)",
        at: offset,
        of: source
      )
    }
    guard operation.operandCount == 2, arguments.count > 2 else {
      return ExpressionNode(kind: .apply(operation, arguments), offset: offset)
    }
    return arguments.dropFirst(2).reduce(binary(operation, arguments[0], arguments[1], at: offset)) {
      binary(operation, $0, $1, at: offset)
    }
  }

  private mutating func arguments(of name: String) throws(ExpressionError) -> [ExpressionNode] {
    guard accept("(") != nil else { throw error("an opening bracket is missing after \(name)") }
    var arguments: [ExpressionNode] = []
    if accept(")") != nil { return arguments }
    repeat { arguments.append(try disjunction()) } while accept(",") != nil
    guard accept(")") != nil else {
      throw error("the arguments of \(name) are not closed before \(describe(current)); add a comma or a )")
    }
    return arguments
  }

  private var current: ExpressionLexer.Token { tokens[position] }

  private mutating func accept(_ symbol: String) -> Int? {
    guard current.kind == .symbol(symbol) else { return nil }
    position += 1
    return tokens[position - 1].offset
  }

  private func binary(
    _ operation: ExpressionOperation,
    _ left: ExpressionNode,
    _ right: ExpressionNode,
    at offset: Int
  ) -> ExpressionNode {
    ExpressionNode(kind: .apply(operation, [left, right]), offset: offset)
  }

  private func describe(_ token: ExpressionLexer.Token) -> String {
    switch token.kind {
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .name(let name): name
    case .symbol(let symbol): "\"\(symbol)\""
    case .end: "the end"
    }
  }

  private func error(_ message: String, code: ExpressionError.Code = .syntax) -> ExpressionError {
    ExpressionError(code, message, at: current.offset, of: source)
  }
}
