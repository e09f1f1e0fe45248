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

extension ExpressionScope {
  /// A scope without data, in which every category that some formulas name is known.
  ///
  /// It serves to check formulas before the training data are there.
  ///
  /// - Parameters:
  ///   - schema: The raw fields.
  ///   - expressions: The formulas whose categories are known.
  ///   - derived: Formulas by name.
  public init(schema: ApplicationSchema, knowing expressions: [Expression], derived: [String: Expression]) {
    var dictionaries: [CategoryDictionary?] = schema.fields.map {
      $0.kind == .category ? CategoryDictionary([]) : nil
    }
    for expression in expressions {
      for (name, category) in expression.categoryLiterals {
        guard let slot = schema.slot(of: name) else { continue }
        dictionaries[slot]?.intern(category, of: schema.fields[slot])
      }
    }
    self.init(schema: schema, dictionaries: dictionaries, derived: derived)
  }
}

extension CategoryDictionary {
  /// Adds a category in the form in which cells and events are read; a text that counts as missing is left out.
  ///
  /// - Parameters:
  ///   - category: The text of the category.
  ///   - field: The field that it belongs to.
  mutating func intern(_ category: String, of field: Field) {
    var category = category
    _ = try? category.withUTF8 { text in
      try FieldParser(field).value(ofString: text) { self.intern(utf8: $0) }
    }
  }
}
