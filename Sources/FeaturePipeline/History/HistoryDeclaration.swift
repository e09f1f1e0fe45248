/// A table of the client's history, as a pipeline file declares it, with what is computed of its rows.
public struct HistoryDeclaration: Sendable, Equatable {
  /// The member of an event, and the file `NAME.csv` or `NAME.csv.gz` of a folder of tables.
  public var name: String
  /// The column of the file that names the application or the row of the parent; `nil` for the same name as there.
  public var key: String?
  /// The column by which rows of nested tables refer to a row.
  public var rowID: String?
  /// The field that tells when a row was, counted back from the application: 0 is now, −30 thirty units before.
  public var time: String?
  /// The fields by which rows are ordered, ascending; by time where nothing is said.
  public var order: [String]
  /// The columns of a row, in order, with those that are dropped there.
  public var fields: [FieldDeclaration]
  /// Further columns that are known and not read, each with the reason.
  public var dropped: [DroppedDeclaration]
  /// What is computed of the rows, in order.
  public var aggregates: [AggregateDeclaration]
  /// Tables whose rows belong to a row of this one; their aggregates are fields of that row.
  public var nested: [HistoryDeclaration]

  /// Declares a table.
  ///
  /// - Parameters:
  ///   - name: The member of an event, and the file's name without `.csv`.
  ///   - key: The column that names the application or the row of the parent.
  ///   - rowID: The column by which rows of nested tables refer to a row.
  ///   - time: The field that tells when a row was.
  ///   - order: The fields by which rows are ordered.
  ///   - fields: The columns of a row, in order.
  ///   - dropped: Further columns that are known and not read.
  ///   - aggregates: What is computed of the rows, in order.
  ///   - nested: Tables whose rows belong to a row of this one.
  public init(
    name: String,
    key: String? = nil,
    rowID: String? = nil,
    time: String? = nil,
    order: [String] = [],
    fields: [FieldDeclaration],
    dropped: [DroppedDeclaration] = [],
    aggregates: [AggregateDeclaration],
    nested: [HistoryDeclaration] = []
  ) {
    self.name = name
    self.key = key
    self.rowID = rowID
    self.time = time
    self.order = order
    self.fields = fields
    self.dropped = dropped
    self.aggregates = aggregates
    self.nested = nested
  }

  /// The fields that are not dropped.
  var readableFields: [FieldDeclaration] { fields.filter { $0.dropReason == nil } }

  /// The same without what the fitted pipeline keeps elsewhere or not at all: the form that is compared and stored.
  var bare: HistoryDeclaration {
    HistoryDeclaration(
      name: name,
      key: key,
      rowID: rowID,
      time: time,
      order: order,
      fields: readableFields.map { field in
        var bare = FieldDeclaration(name: field.name, kind: field.kind)
        bare.missing = field.missing
        bare.labels = field.labels
        bare.categories = field.categories
        return bare
      },
      dropped: (fields.filter { $0.dropReason != nil }.map(\.name) + dropped.map(\.name))
        .map { DroppedDeclaration(name: $0, reason: "") },
      aggregates: aggregates.map(\.bare),
      nested: nested.map(\.bare)
    )
  }
}

extension HistoryDeclaration: NamedDeclaration {
  /// Decodes the mapping that stands beside a name under `history` or `tables`.
  init(name: String, from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DeclarationKey.self)
    self.init(
      name: name,
      key: try container.decodeIfPresent(String.self, forKey: .key),
      rowID: try container.decodeIfPresent(String.self, forKey: .rowID),
      time: try container.decodeIfPresent(String.self, forKey: .time),
      order: try container.texts(.order),
      fields: try container.named(.fields),
      dropped: try container.named(.drop),
      aggregates: try container.named(.aggregates),
      nested: try container.named(.tables)
    )
  }
}
