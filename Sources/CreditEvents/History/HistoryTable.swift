/// One table of a client's history: what its rows are called in files and events, and which fields are read.
///
/// In an event the table is a member that holds an array of objects, one a row; a nested table is a member of
/// its parent's rows. In files it is a CSV of its own whose ``key`` column names the parent.
public struct HistoryTable: Sendable, Equatable {
  /// The member's key in an event, and the name of the file.
  public let name: String
  /// The index of the table that this one is nested in, nil for one that belongs to the application itself.
  public let parent: Int?
  /// The column of a file that names the application, or the row of the parent table.
  public let key: String
  /// The column by which rows of nested tables refer to a row of this one.
  public let rowID: String?
  /// The declared fields of a row.
  public let fields: [Field]
  /// The known categories of each field; nil where the field has none.
  public let categories: [CategoryDictionary?]
  /// The fields that the pipeline uses, as ascending indices into ``fields``; no other is read from events.
  public let readFields: [Int]
  /// Columns that are known and not read.
  public let ignoredColumns: [String]
  /// How many numbers are computed for each row from the tables nested in it.
  public let summaryCount: Int

  /// How many numbers a row has: those read, then those computed.
  public var width: Int { readFields.count + summaryCount }

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - name: The member's key in an event, and the name of the file.
  ///   - parent: The index of the table that this one is nested in.
  ///   - key: The column that names the application or the row of the parent.
  ///   - rowID: The column by which rows of nested tables refer to a row of this one.
  ///   - fields: The declared fields of a row.
  ///   - categories: The known categories of each field.
  ///   - readFields: The fields that are used, as ascending indices.
  ///   - ignoredColumns: Columns that are known and not read.
  ///   - summaryCount: How many numbers are computed for each row from the tables nested in it.
  /// - Precondition: There is an entry of `categories` for each field, and `readFields` are indices of fields.
  public init(
    name: String,
    parent: Int? = nil,
    key: String,
    rowID: String? = nil,
    fields: [Field],
    categories: [CategoryDictionary?],
    readFields: [Int],
    ignoredColumns: [String] = [],
    summaryCount: Int = 0
  ) {
    precondition(categories.count == fields.count && readFields.allSatisfy { fields.indices.contains($0) })
    self.name = name
    self.parent = parent
    self.key = key
    self.rowID = rowID
    self.fields = fields
    self.categories = categories
    self.readFields = readFields
    self.ignoredColumns = ignoredColumns
    self.summaryCount = summaryCount
  }
}

extension CategoryDictionary {
  /// The value of a category in a row of history: its code, or a number below −1 that stands for its text.
  ///
  /// Nothing is learnt of history, so that texts which the pipeline does not name must be told apart without a
  /// dictionary: they are told by 52 bits of a hash that is the same on every machine. Two of a thousand
  /// different texts collide with a probability of 1e-10.
  ///
  /// - Parameter utf8: The canonical text.
  /// - Returns: 0 or above for a known category, −2 or below for any other.
  public func codeOrHash(utf8: UnsafeBufferPointer<UInt8>) -> Int {
    if let code = code(utf8: utf8) { return code }
    // FNV-1a; folded so that the number is exact as a double.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return -2 - Int((hash ^ hash >> 52) & (1 << 52 - 1))
  }
}
