import CreditEvents
import FeaturePipeline
import StrictJSON

/// Applications whose results are frozen into the bundle, so that every load can replay them.
///
/// No applicant's record goes into a bundle: each value of a made-up application comes from another row. To
/// these come the edges: nothing known, least and greatest values, and categories that nobody has seen.
struct GoldenEvents {
  /// The number of applications that are mixed from rows.
  static let mixedCount = 28

  /// The training table that values are taken from.
  let table: ApplicationTable

  /// Makes the events.
  ///
  /// - Parameter seed: Decides which rows the values come from.
  /// - Returns: Values of application events, protected fields left unknown.
  /// - Throws: `SchemaError` when the table's schema contradicts itself.
  /// - Precondition: The table has a row.
  func make(seed: UInt64) throws -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    var rows: [[Double]] = []
    for _ in 0..<Self.mixedCount {
      rows.append(table.columns.map { $0[generator.index(below: table.rowCount)] })
    }
    rows.append(table.columns.map { _ in .nan })
    rows.append(table.columns.map { column in column.reduce(.nan) { $1.isNaN ? $0 : min($1, $0) } })
    rows.append(table.columns.map { column in column.reduce(.nan) { $1.isNaN ? $0 : max($1, $0) } })
    rows.append(
      table.columns.indices.map { slot in
        unseenCode(of: slot) ?? table.columns[slot][generator.index(below: table.rowCount)]
      }
    )
    let encoder = try ApplicationEncoder(schema: table.schema)
    let history = GoldenHistory(tables: table.schema.histories)
    return rows.enumerated().map { number, values in
      let application = Application(
        id: "golden-\(number + 1)",
        values: zip(values, table.schema.fields).map { value, field in field.isProtected ? .nan : value }
      )
      var writer = JSONWriter()
      encoder.encode(
        application,
        dictionaries: dictionariesWithUnseen,
        history: history.make(by: &generator),
        into: &writer
      )
      return writer.bytes
    }
  }

  /// The table's categories, each with one more that no row has.
  private var dictionariesWithUnseen: [CategoryDictionary?] {
    table.dictionaries.map { dictionary in
      dictionary.map { CategoryDictionary($0.categories + [Self.unseenName(in: $0)]) }
    }
  }

  private func unseenCode(of slot: Int) -> Double? {
    table.dictionaries[slot].map { Double($0.categories.count) }
  }

  /// A text that is none of the categories.
  private static func unseenName(in dictionary: CategoryDictionary) -> String {
    var name = "unseen"
    while dictionary.code(of: name) != nil { name += "?" }
    return name
  }
}
