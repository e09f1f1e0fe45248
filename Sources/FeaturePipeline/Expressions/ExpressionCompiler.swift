import CreditEvents

/// Translates a syntax tree into a program, checking names and kinds.
struct ExpressionCompiler {
  /// The longest program; references to derived features could otherwise multiply without bound.
  static let maximumInstructions = 1024
  /// The longest chain of derived features that refer to each other.
  static let maximumReferences = 32

  /// What a part of an expression yields.
  private enum Yield {
    case number
    /// The code of a category of the field in this slot.
    case category(Int)
    /// A text, which only a category can be compared with.
    case text(String)
  }

  private let scope: ExpressionScope
  /// The expression being translated; changes while a derived feature is put in place of its name.
  private var source: String
  /// The derived features being put in place, the outermost first.
  private var path: [String] = []
  private var program: [CompiledExpression.Instruction] = []
  private var depth = 0

  /// Translates an expression.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - scope: What its names refer to.
  ///   - name: The name of the derived feature that it defines, which it may then not refer to.
  /// - Returns: The program.
  /// - Throws: ``ExpressionError`` for a name or a kind of value that does not fit.
  static func compile(
    _ expression: Expression,
    in scope: ExpressionScope,
    defining name: String?
  ) throws(ExpressionError) -> CompiledExpression {
    var compiler = ExpressionCompiler(scope: scope, source: expression.source)
    if let name { compiler.path.append(name) }
    try compiler.number(expression.root)
    let slots = Set(compiler.program.filter { $0.operation == .field }.map { Int($0.slot) })
    return CompiledExpression(instructions: compiler.program, slots: slots.sorted())
  }

  private init(scope: ExpressionScope, source: String) {
    self.scope = scope
    self.source = source
  }

  /// Translates a part that must yield a number.
  private mutating func number(_ node: ExpressionNode) throws(ExpressionError) {
    switch try yield(of: node) {
    case .number: break
    case .category(let slot):
      let name = scope.schema.fields[slot].name
      throw error(.wrongType, "\(name) is a category; compare it with a text: \(name) == \"…\"", at: node)
    case .text(let text):
      throw error(
        .wrongType,
        "the text \"\(text)\" can only be compared with a category by == or !=",
        at: node
      )
    }
  }

  private mutating func yield(of node: ExpressionNode) throws(ExpressionError) -> Yield {
    switch node.kind {
    case .number(let number):
      try push(.init(operation: .constant, constant: number), at: node)
      return .number
    case .text(let text):
      return .text(text)
    case .name(let name):
      return try reference(to: name, at: node)
    case .apply(.equal, let operands), .apply(.notEqual, let operands):
      try comparison(of: operands, at: node)
    case .apply(.isMissing, let operands):
      if case .text = try yield(of: operands[0]) {
        throw error(.wrongType, "a text is never missing; give is_missing a field", at: operands[0])
      }
    case .apply(_, let operands):
      for operand in operands { try number(operand) }
    }
    if case .apply(let operation, _) = node.kind { try push(.init(operation: operation), at: node) }
    return .number
  }

  /// The operands of == and !=: two numbers, or a category and a text.
  private mutating func comparison(of operands: [ExpressionNode], at node: ExpressionNode)
    throws(ExpressionError)
  {
    let left = try yield(of: operands[0])
    let right = try yield(of: operands[1])
    switch (left, right) {
    case (.number, .number): return
    case (.category(let slot), .text(let text)):
      try category(text, of: slot, at: operands[1])
    case (.text(let text), .category(let slot)):
      try category(text, of: slot, at: operands[0])
    case (.category, .category):
      throw error(.wrongType, "two categories cannot be compared; compare each with a text", at: node)
    case (.category(let slot), _), (_, .category(let slot)):
      let name = scope.schema.fields[slot].name
      throw error(.wrongType, "\(name) is a category; compare it with a text in quotes", at: node)
    default:
      throw error(.wrongType, "a text can only be compared with a category", at: node)
    }
  }

  private mutating func category(_ text: String, of slot: Int, at node: ExpressionNode)
    throws(ExpressionError)
  {
    let field = scope.schema.fields[slot]
    let dictionary = scope.dictionaries[slot] ?? CategoryDictionary([])
    // The parser gives a text the one form in which the dictionary holds it, as it does for cells and events.
    var text = text
    let value = try? text.withUTF8 {
      try FieldParser(field).value(ofString: $0) { dictionary.code(utf8: $0) }
    }
    guard let value, value == value else {
      throw error(.wrongType, "\"\(text)\" counts as missing in \(field.name); use is_missing", at: node)
    }
    guard value >= 0 else {
      let hint = NameSuggestion.hint(for: text, among: dictionary.categories).map { "; \($0)" } ?? ""
      throw error(
        .unknownCategory,
        "\(field.name) has no category \"\(text)\"\(hint); correct it or list it under the field's categories",
        at: node
      )
    }
    try push(.init(operation: .constant, constant: value), at: node)
  }

  private mutating func reference(to name: String, at node: ExpressionNode) throws(ExpressionError) -> Yield {
    if let slot = scope.schema.slot(of: name) {
      let field = scope.schema.fields[slot]
      guard !field.isProtected else {
        throw error(
          .protectedField,
          "\(name) is protected: neither features nor rules may use it; remove it",
          at: node
        )
      }
      try push(.init(operation: .field, slot: Int32(slot)), at: node)
      return field.kind == .category ? .category(slot) : .number
    }
    guard let derived = scope.derived[name] else { throw unknown(name, at: node) }
    guard !path.contains(name) else {
      let circle = (path + [name]).joined(separator: " → ")
      throw error(.circular, "\(name) is defined by itself (\(circle)); write it over raw fields", at: node)
    }
    guard path.count < Self.maximumReferences else {
      throw error(
        .tooLarge,
        "derived features refer to each other more than \(Self.maximumReferences) deep",
        at: node
      )
    }
    let outer = source
    path.append(name)
    source = derived.source
    do {
      try number(derived.root)
    } catch {
      throw ExpressionError(
        error.code,
        "in \(name), column \(error.column): \(error.message)",
        at: node.offset,
        of: outer
      )
    }
    path.removeLast()
    source = outer
    return .number
  }

  private func unknown(_ name: String, at node: ExpressionNode) -> ExpressionError {
    let schema = scope.schema
    if name == schema.idField {
      return error(.unusableName, "\(name) is the id, which carries no risk", at: node)
    }
    if name == schema.targetField {
      return error(.unusableName, "\(name) is the target, which is not known when deciding", at: node)
    }
    if schema.ignoredFields.contains(name) {
      return error(.unusableName, "\(name) is dropped; remove its drop or the use of it", at: node)
    }
    let usable = schema.fields.filter { !$0.isProtected }.map(\.name) + scope.derived.keys.sorted()
    let hint = NameSuggestion.hint(for: name, among: usable) ?? "declare it under fields or derived"
    return error(.unknownName, "no field or derived feature is called \(name); \(hint)", at: node)
  }

  private mutating func push(_ instruction: CompiledExpression.Instruction, at node: ExpressionNode)
    throws(ExpressionError)
  {
    program.append(instruction)
    depth += 1 - instruction.operation.operandCount
    guard program.count <= Self.maximumInstructions, depth <= CompiledExpression.stackCapacity else {
      throw error(.tooLarge, "too large with all that it refers to; simplify it", at: node)
    }
  }

  private func error(_ code: ExpressionError.Code, _ message: String, at node: ExpressionNode)
    -> ExpressionError
  {
    ExpressionError(code, message, at: node.offset, of: source)
  }
}

extension Expression {
  /// Binds the formula to the fields of a pipeline.
  ///
  /// - Parameters:
  ///   - scope: What its names refer to.
  ///   - name: The name of the derived feature that it defines, if it does; it may then not refer to itself.
  /// - Returns: A program that computes it.
  /// - Throws: ``ExpressionError`` with the column of a name that is unknown, protected or of the wrong kind.
  public func compiled(in scope: ExpressionScope, defining name: String? = nil) throws(ExpressionError)
    -> CompiledExpression
  {
    try ExpressionCompiler.compile(self, in: scope, defining: name)
  }
}
