/// A formula over the fields of an application, as written in a pipeline or a policy.
///
/// Derived features and knock-out rules are expressions: `AMT / max(INCOME, 1)`, `null_if(DAYS, 365243)`,
/// `KIND in ("A", "B") and not is_missing(AGE)`. A parsed expression is only a formula; ``CompiledExpression``
/// ties it to the fields of one pipeline and computes it.
public struct Expression: Sendable, Equatable {
  /// The text as it was written.
  public let source: String
  /// The syntax tree.
  let root: ExpressionNode

  /// Parses a formula.
  ///
  /// - Parameter source: The text.
  /// - Throws: ``ExpressionError`` with the column where the text breaks the grammar.
  public init(_ source: String) throws(ExpressionError) {
    self.source = source
    var parser = try ExpressionParser(source)
    root = try parser.parse()
  }

  /// Puts an expression together from a tree.
  ///
  /// - Parameters:
  ///   - source: The text to be shown for it.
  ///   - root: The tree.
  init(source: String, root: ExpressionNode) {
    self.source = source
    self.root = root
  }

  /// The names of fields and derived features that the formula uses, each once, in order of first use.
  public var names: [String] {
    var names: [String] = []
    root.forEachName { if !names.contains($0) { names.append($0) } }
    return names
  }

  /// The categories that the formula compares fields with, in the order of the text.
  ///
  /// They are made known to the field's dictionary when a pipeline is fitted, so that a rule about a rare
  /// value works also where the training data do not have it.
  public var categoryLiterals: [(field: String, category: String)] {
    var literals: [(field: String, category: String)] = []
    root.forEachCategoryLiteral { literals.append(($0, $1)) }
    return literals
  }
}
