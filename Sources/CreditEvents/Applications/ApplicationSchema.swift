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
  /// The fields by slot: those that are read, then those that are computed from history.
  public let fields: [Field]
  /// How many of the fields are read from records and rows; the others are aggregates of ``histories``.
  public let readCount: Int
  /// The tables of the client's history, each parent before what is nested in it.
  public let histories: [HistoryTable]
  /// Names that are declared as dropped: known, not read.
  public let ignoredFields: [String]

  /// Names by what they are: first the fields (index = slot), then the id, the target, the dropped ones, and last
  /// the histories of the application itself.
  let names: NameTable
  /// Where the names of histories begin, and the index of the table of each.
  private let firstHistoryName: Int
  private let ownHistories: [Int]

  /// Creates a schema and checks that its names are distinct.
  ///
  /// - Parameters:
  ///   - idField: The name of the application's id.
  ///   - targetField: The name of the label in training tables, if there is one.
  ///   - fields: The fields that are read, in the order of their slots.
  ///   - ignoredFields: Names that occur in tables and events but are not read.
  ///   - histories: The tables of the client's history, each parent before what is nested in it.
  ///   - aggregates: The names of what is computed from them, in the order of their slots after `fields`.
  /// - Throws: ``SchemaError`` when a name is empty or occurs twice, or a field's declaration contradicts itself.
  public init(
    idField: String,
    targetField: String? = nil,
    fields: [Field],
    ignoredFields: [String] = [],
    histories: [HistoryTable] = [],
    aggregates: [String] = []
  ) throws(SchemaError) {
    let readCount = fields.count
    let fields = fields + aggregates.map { Field(name: $0, kind: .number) }
    let own = histories.indices.filter { histories[$0].parent == nil }
    let known = [idField] + (targetField.map { [$0] } ?? []) + ignoredFields
    let all = fields.map(\.name) + known + own.map { histories[$0].name }
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
    self.readCount = readCount
    self.histories = histories
    self.names = names
    firstHistoryName = fields.count + known.count
    ownHistories = own
  }

  /// The slot of a field that is read, or nil for any other name.
  public func slot(of name: String) -> Int? {
    guard let index = names.index(of: name), index < fields.count else { return nil }
    return index
  }

  /// The table of history that stands under a name of an event.
  ///
  /// - Parameter index: The name's index among ``names``.
  /// - Returns: The index of the table, nil for another name.
  func history(ofName index: Int) -> Int? {
    index >= firstHistoryName ? ownHistories[index - firstHistoryName] : nil
  }

  /// Whether a name is declared at all: as a field, the id, the target or a dropped one.
  public func declares(_ name: String) -> Bool { names.index(of: name) != nil }

  /// Whether both declare the same names in the same way.
  public static func == (left: Self, right: Self) -> Bool {
    left.idField == right.idField && left.targetField == right.targetField && left.fields == right.fields
      && left.ignoredFields == right.ignoredFields && left.readCount == right.readCount
      && left.histories == right.histories
  }
}
