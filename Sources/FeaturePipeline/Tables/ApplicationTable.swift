public import CreditEvents

/// Many applications, column by column.
///
/// A cell is what ``Application/values`` holds: a number itself, a flag 0 or 1, a category its code in the table's
/// dictionary of the field, an unseen category −1, and NaN where it is missing.
public struct ApplicationTable: Sendable {
  /// The fields, in the order of the columns.
  public let schema: ApplicationSchema
  /// The categories by slot; `nil` for fields of another kind.
  public let dictionaries: [CategoryDictionary?]
  /// The applications' ids.
  public private(set) var ids: [String]
  /// The values by slot, then by row.
  public private(set) var columns: [[Double]]
  /// The outcomes by row: 1 defaulted, 0 repaid, NaN unknown; `nil` for a table without any.
  public private(set) var targets: [Double]?

  /// The number of applications.
  public var rowCount: Int { ids.count }

  /// Creates a table of columns.
  ///
  /// - Parameters:
  ///   - schema: The fields.
  ///   - dictionaries: The categories by slot, `nil` for fields of another kind.
  ///   - ids: The applications' ids.
  ///   - columns: The values by slot, then by row.
  ///   - targets: The outcomes by row, if the table has any.
  /// - Precondition: Dictionaries, columns and rows are as many as fields and ids.
  public init(
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?],
    ids: [String],
    columns: [[Double]],
    targets: [Double]?
  ) {
    precondition(dictionaries.count == schema.fields.count && columns.count == schema.fields.count)
    precondition(columns.allSatisfy { $0.count == ids.count } && targets?.count ?? ids.count == ids.count)
    self.schema = schema
    self.dictionaries = dictionaries
    self.ids = ids
    self.columns = columns
    self.targets = targets
  }

  /// Creates a table without rows.
  ///
  /// - Parameters:
  ///   - schema: The fields.
  ///   - dictionaries: The categories by slot, `nil` for fields of another kind.
  ///   - hasTargets: Whether outcomes will be given.
  public init(schema: ApplicationSchema, dictionaries: [CategoryDictionary?], hasTargets: Bool = false) {
    self.init(
      schema: schema,
      dictionaries: dictionaries,
      ids: [],
      columns: schema.fields.map { _ in [] },
      targets: hasTargets ? [] : nil
    )
  }

  /// Adds an application as the last row.
  ///
  /// - Parameters:
  ///   - application: An application whose categories have the codes of the table's dictionaries.
  ///   - target: 1 defaulted, 0 repaid, NaN unknown; left out of a table without outcomes.
  /// - Precondition: It has a value for each field.
  public mutating func append(_ application: Application, target: Double = .nan) {
    precondition(application.values.count == columns.count, "one value for each field")
    ids.append(application.id)
    for slot in columns.indices { columns[slot].append(application.values[slot]) }
    targets?.append(target)
  }

  /// Copies one row.
  ///
  /// - Parameters:
  ///   - row: The row, 0..<rowCount.
  ///   - values: Receives the values by slot.
  /// - Precondition: `values` has an element for each field.
  public func copyRow(_ row: Int, into values: inout [Double]) {
    precondition(values.count == columns.count, "one element for each field")
    for slot in columns.indices { values[slot] = columns[slot][row] }
  }

  /// One row as an application, without anything noted about its quality.
  ///
  /// - Parameter row: The row, 0..<rowCount.
  /// - Returns: The application.
  public func application(at row: Int) -> Application {
    Application(id: ids[row], values: columns.map { $0[row] })
  }

  /// The rows of some indices, in their order.
  ///
  /// - Parameter rows: Indices of rows.
  /// - Returns: A table with the same dictionaries.
  public func subset(rows: [Int]) -> ApplicationTable {
    ApplicationTable(
      schema: schema,
      dictionaries: dictionaries,
      ids: rows.map { ids[$0] },
      columns: columns.map { column in rows.map { column[$0] } },
      targets: targets.map { targets in rows.map { targets[$0] } }
    )
  }

  /// The same table with the codes of other dictionaries.
  ///
  /// - Parameter others: The dictionaries by slot.
  /// - Returns: A table in which a category that its new dictionary does not hold is unseen.
  public func recoded(to others: [CategoryDictionary?]) -> ApplicationTable {
    var columns = columns
    for (slot, other) in others.enumerated() {
      guard let other, let dictionary = dictionaries[slot], other != dictionary else { continue }
      let codes = dictionary.categories.map {
        other.code(of: $0).map(Double.init) ?? Application.unseenCategory
      }
      columns[slot] = columns[slot].map { $0 >= 0 ? codes[Int($0)] : $0 }
    }
    return ApplicationTable(
      schema: schema,
      dictionaries: others,
      ids: ids,
      columns: columns,
      targets: targets
    )
  }
}
