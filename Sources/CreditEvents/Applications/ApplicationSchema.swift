/// The raw fields of a loan application and the slot of each.
///
/// A field's slot is its index in ``fields``; ``Application/values``, tables and expressions are indexed by
/// it. The id, the target and the dropped fields are known names without a slot: they are neither unknown
/// fields of an event nor read as values.
public struct ApplicationSchema: Sendable, Equatable {
  /// The field that holds the application's id.
  public let idField: String
  /// The field that holds the label of a training table, never read from an event.
  public let targetField: String?
  /// The fields that are read, in the order of their slots.
  public let fields: [Field]
  /// Names that are declared as dropped: known, not read.
  public let ignoredFields: [String]

  /// Names by what they are: first the fields (index = slot), then the id, the target and the dropped ones.
  let names: NameTable

  /// Creates a schema and checks that its names are distinct.
  ///
  /// - Parameters:
  ///   - idField: The name of the application's id.
  ///   - targetField: The name of the label in training tables, if there is one.
  ///   - fields: The fields that are read, in the order of their slots.
  ///   - ignoredFields: Names that occur in tables and events but are not read.
  /// - Throws: ``SchemaError`` when a name is empty or occurs twice, or a field's declaration contradicts itself.
  public init(
    idField: String,
    targetField: String? = nil,
    fields: [Field],
    ignoredFields: [String] = []
  ) throws(SchemaError) {
    let all = fields.map(\.name) + [idField] + (targetField.map { [$0] } ?? []) + ignoredFields
    var names = NameTable()
    for (index, name) in all.enumerated() {
      guard !name.isEmpty else { throw SchemaError(.emptyName, name: name) }
      guard names.insert(name) == index else { throw SchemaError(.repeatedName, name: name) }
    }
    for field in fields {
      if field.flagLabels != nil && field.kind != .flag {
        throw SchemaError(.labelsWithoutFlag, name: field.name)
      }
      if let labels = field.flagLabels, labels.off == labels.on {
        throw SchemaError(.equalLabels, name: field.name)
      }
      if field.range != nil && field.kind != .number {
        throw SchemaError(.rangeWithoutNumber, name: field.name)
      }
    }
    self.idField = idField
    self.targetField = targetField
    self.fields = fields
    self.ignoredFields = ignoredFields
    self.names = names
  }

  /// The slot of a field that is read, or nil for any other name.
  public func slot(of name: String) -> Int? {
    guard let index = names.index(of: name), index < fields.count else { return nil }
    return index
  }

  /// Whether a name is declared at all: as a field, the id, the target or a dropped one.
  public func declares(_ name: String) -> Bool { names.index(of: name) != nil }

  /// Whether both declare the same names in the same way.
  public static func == (left: Self, right: Self) -> Bool {
    left.idField == right.idField && left.targetField == right.targetField && left.fields == right.fields
      && left.ignoredFields == right.ignoredFields
  }
}
