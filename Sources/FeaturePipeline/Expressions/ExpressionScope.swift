public import CreditEvents

/// What the names in an expression refer to.
public struct ExpressionScope: Sendable {
  /// The raw fields; the values given to a compiled expression are in the order of their slots.
  public var schema: ApplicationSchema
  /// The known categories by slot; `nil` for fields of another kind.
  public var dictionaries: [CategoryDictionary?]
  /// Formulas that expressions may refer to by name; they are put in place of the name.
  public var derived: [String: Expression]

  /// Creates a scope.
  ///
  /// - Parameters:
  ///   - schema: The raw fields.
  ///   - dictionaries: The known categories by slot, as many as there are fields.
  ///   - derived: Formulas by name.
  /// - Precondition: There is one dictionary, or `nil`, for each field.
  public init(
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?],
    derived: [String: Expression] = [:]
  ) {
    precondition(dictionaries.count == schema.fields.count, "one dictionary or nil for each field")
    self.schema = schema
    self.dictionaries = dictionaries
    self.derived = derived
  }
}
