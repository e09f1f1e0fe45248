public import CreditEvents

/// One column of the data, or one formula over them, with its values.
public struct ExploredField: Sendable {
  /// What the pipeline makes of it.
  public enum Role: Sendable, Equatable {
    /// The model sees it.
    case feature
    /// Formulas and rules may use it, the model does not see it by itself.
    case input
    /// Kept from features and rules.
    case protected
    /// Known only after the decision.
    case afterDecision
    /// Declared as not read, with the reason.
    case dropped(reason: String)
    /// Not declared at all.
    case undeclared
    /// Computed of the rows of a history table, named with it: `bureau: count where …`.
    case aggregate(of: String)
    /// Computed by a formula.
    case derived(formula: String)
  }

  /// The column's header or the derived feature's name.
  public let name: String
  /// What people call it; empty where nothing is declared.
  public let label: String
  /// What its values are; found out from them where it is not declared.
  public let kind: Field.Kind
  /// What the pipeline makes of it.
  public let role: Role
  /// The expected values.
  public let range: ClosedRange<Double>?
  /// A value for each row: a number, a flag's 0 or 1, a category's code; NaN is missing.
  let values: [Double]
  /// The texts of the codes; those of off and on for a flag; empty for a number.
  let categories: [String]

  /// Whether the values are codes of categories, or of off and on.
  var isCoded: Bool { kind != .number }
  /// Whether the model, or a formula of it, may use it.
  var isUsed: Bool {
    switch role {
    case .feature, .input, .aggregate, .derived: true
    case .protected, .afterDecision, .dropped, .undeclared: false
    }
  }
}
