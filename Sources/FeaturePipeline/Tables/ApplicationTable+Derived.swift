import CreditEvents

extension ApplicationTable {
  /// Computes formulas for all rows.
  ///
  /// - Parameter derived: The formulas; each may name the table's fields and the others.
  /// - Returns: For each formula a column with a value for each row; NaN is missing.
  /// - Throws: ``PipelineError`` for a formula that does not fit the table's fields.
  /// - Complexity: O(rows · length of the formulas).
  public func columns(of derived: [DerivedDeclaration]) throws(PipelineError) -> [[Double]] {
    guard !derived.isEmpty else { return [] }
    var formulas: [(name: String, expression: Expression)] = []
    for declaration in derived {
      do {
        formulas.append((declaration.name, try Expression(declaration.expression)))
      } catch {
        throw PipelineError(.invalidDeclaration, path: ["derived", declaration.name], "\(error)")
      }
    }
    // A category that only a formula names gets a code behind those of the table, which thereby keep theirs.
    var known = dictionaries
    for (field, category) in formulas.flatMap(\.expression.categoryLiterals) {
      guard let slot = schema.slot(of: field) else { continue }
      known[slot]?.intern(category, of: schema.fields[slot])
    }
    let scope = ExpressionScope(
      schema: schema,
      dictionaries: known,
      derived: Dictionary(formulas.map { ($0.name, $0.expression) }) { first, _ in first }
    )
    var programs: [CompiledExpression] = []
    for formula in formulas {
      do {
        programs.append(try formula.expression.compiled(in: scope, defining: formula.name))
      } catch {
        throw PipelineError(.invalidDeclaration, path: ["derived", formula.name], "\(error)")
      }
    }
    var results = [[Double]](repeating: [Double](repeating: .nan, count: rowCount), count: programs.count)
    var row = [Double](repeating: .nan, count: schema.fields.count)
    for index in 0..<rowCount {
      copyRow(index, into: &row)
      for (position, program) in programs.enumerated() { results[position][index] = program.evaluate(row) }
    }
    return results
  }
}
