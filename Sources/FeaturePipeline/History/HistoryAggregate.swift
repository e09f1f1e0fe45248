/// What is computed of the rows of one application in a history table.
///
/// Rows whose condition is not true, or whose value is missing, do not count. Where no row is left, a count is 0
/// and everything else is missing.
public enum HistoryAggregate: String, Sendable, CaseIterable {
  /// The number of rows; with a value, of those where it is known.
  case count
  /// The sum in the table's order.
  case sum
  /// The arithmetic mean: the sum divided by the number of its terms.
  case mean
  /// The least value.
  case min
  /// The greatest value.
  case max
  /// The value of the last row in the table's order.
  case last
  /// Of the rows where it is known whether a statement is true, the share where it is.
  case share
  /// The slope of the least-squares line of the value over the table's time, in units of value per unit of time;
  /// missing without two different times.
  case trend
  /// The number of different values.
  case distinct

  /// Whether it needs a value to work on.
  var needsValue: Bool { self != .count }
}

/// An aggregate with its value, filter and window, parsed.
struct AggregateFormula: Sendable, Equatable {
  var name: String
  var function: HistoryAggregate
  /// What is aggregated; nil for a plain count.
  var value: Expression?
  /// Which rows count, without the window.
  var condition: Expression?
  /// How far back rows count, in the unit of the table's time.
  var window: Double?

  /// Parses a declaration.
  ///
  /// - Parameter declaration: The declaration.
  /// - Throws: ``PipelineError`` with the key below the aggregate's name where it breaks the grammar.
  init(_ declaration: AggregateDeclaration) throws(PipelineError) {
    name = declaration.name
    let (function, value) = try Self.parts(of: declaration.aggregate)
    self.function = function
    do throws(ExpressionError) {
      self.value = try value.map { text throws(ExpressionError) in try Expression(text) }
    } catch {
      throw PipelineError(.invalidDeclaration, path: ["aggregate"], "\(error)")
    }
    do throws(ExpressionError) {
      condition = try declaration.condition.map { text throws(ExpressionError) in try Expression(text) }
    } catch {
      throw PipelineError(.invalidDeclaration, path: ["where"], "\(error)")
    }
    window = declaration.window
    if let window, !(window > 0 && window.isFinite) {
      throw PipelineError(.invalidDeclaration, path: ["window"], "a window is a number above 0")
    }
  }

  /// The function and the text of its value in `sum(AMT)`.
  private static func parts(of text: String) throws(PipelineError) -> (HistoryAggregate, String?) {
    let characters = text.filter { $0 != " " }.isEmpty ? "" : text
    let name = String(characters.prefix { $0 != "(" }.filter { $0 != " " })
    guard let function = HistoryAggregate(rawValue: name) else {
      let known = HistoryAggregate.allCases.map(\.rawValue).joined(separator: ", ")
      throw refusal("\"\(name)\" is no aggregate; use \(known), as in sum(AMOUNT)")
    }
    let rest = characters.drop { $0 != "(" }
    guard !rest.isEmpty else {
      guard !function.needsValue else { throw refusal("\(name) needs a value: \(name)(AMOUNT)") }
      return (function, nil)
    }
    let closed = String(rest.reversed().drop { $0 == " " }.reversed())
    guard closed.hasSuffix(")") else { throw refusal("the bracket of \(name)( is not closed; end with )") }
    return (function, String(closed.dropFirst().dropLast()))
  }

  private static func refusal(_ message: String) -> PipelineError {
    PipelineError(.invalidDeclaration, path: ["aggregate"], message)
  }

  /// The names of the row's fields that it uses, each once, in order of first use, without time.
  var names: [String] {
    var names: [String] = []
    for expression in [value, condition].compactMap({ $0 }) {
      for name in expression.names where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The field whose categories are told apart, if that is what is counted.
  var countedName: String? {
    guard function == .distinct || function == .count, case .name(let name)? = value?.root.kind else {
      return nil
    }
    return name
  }
}
