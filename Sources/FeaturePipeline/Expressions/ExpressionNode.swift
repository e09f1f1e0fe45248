/// A part of a parsed expression, with the place where it stands.
struct ExpressionNode: Sendable, Equatable {
  /// What a part is.
  indirect enum Kind: Sendable, Equatable {
    case number(Double)
    case text(String)
    case name(String)
    case apply(ExpressionOperation, [ExpressionNode])
  }

  /// What the part is.
  var kind: Kind
  /// The UTF-8 offset in the expression's text where the part (for an operator: its sign) begins.
  var offset: Int

  /// Calls a function for each name in the expression, from left to right.
  ///
  /// - Parameter body: Receives the name.
  func forEachName(_ body: (String) -> Void) {
    switch kind {
    case .number, .text: break
    case .name(let name): body(name)
    case .apply(_, let operands):
      for operand in operands { operand.forEachName(body) }
    }
  }

  /// Calls a function for each comparison of a name with a text, from left to right.
  ///
  /// - Parameter body: Receives the name and the text.
  func forEachCategoryLiteral(_ body: (String, String) -> Void) {
    guard case .apply(_, let operands) = kind else { return }
    if operands.count == 2 {
      switch (operands[0].kind, operands[1].kind) {
      case (.name(let name), .text(let text)), (.text(let text), .name(let name)): body(name, text)
      default: break
      }
    }
    for operand in operands { operand.forEachCategoryLiteral(body) }
  }
}
