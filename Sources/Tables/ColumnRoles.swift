import CreditEvents
import FeaturePipeline

/// What each column of a table is, found once from its header.
struct ColumnRoles {
  /// What a column is.
  enum Role: Equatable {
    case id
    case target
    case field(slot: Int)
    /// Declared as dropped.
    case dropped
  }

  /// The columns in the order of the file.
  let names: [String]
  /// What each of them is.
  let roles: [Role]

  /// Whether outcomes can be read.
  var hasTarget: Bool { roles.contains(.target) }

  /// Reads the header of a table, or takes the declared columns of one without, and finds what they are.
  ///
  /// - Parameters:
  ///   - reader: A reader that has not read anything yet; it then stands before the first row.
  ///   - layout: How the table is written.
  ///   - schema: The fields.
  /// - Throws: ``TableError`` `header`.
  init(_ reader: CSVReader, layout: TableLayout, schema: ApplicationSchema) throws(TableError) {
    names = try HeaderLine.read(reader, layout: layout)
    var roles: [Role] = []
    var unknown: [String] = []
    for name in names {
      if let slot = schema.slot(of: name), slot < schema.readCount {
        roles.append(.field(slot: slot))
      } else if name == schema.idField {
        roles.append(.id)
      } else if name == schema.targetField {
        roles.append(.target)
      } else if schema.ignoredFields.contains(name) {
        roles.append(.dropped)
      } else {
        unknown.append(name)
      }
    }
    self.roles = roles
    guard unknown.isEmpty else {
      throw reader.error(
        .header,
        "the pipeline does not declare \(Self.list(unknown)); declare under fields what is to be used and under drop "
          + "what is not"
      )
    }
    var missing = schema.fields.prefix(schema.readCount).filter {
      !$0.isProtected && !names.contains($0.name)
    }.map(\.name)
    if layout.idSource == .column, !names.contains(schema.idField) { missing.insert(schema.idField, at: 0) }
    guard missing.isEmpty else {
      throw reader.error(
        .header,
        "the table has no column \(Self.list(missing)); check the file, its delimiter and the lines before the header"
      )
    }
  }

  static func list(_ names: [String]) -> String {
    let shown = names.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}

/// Reads the names of a table's columns.
enum HeaderLine {
  /// Passes over the lines before the header and reads it, or takes the declared columns where there is none.
  ///
  /// - Parameters:
  ///   - reader: A reader that has not read anything yet; it then stands before the first row.
  ///   - layout: How the table is written.
  /// - Returns: The names of the columns, without blanks around them.
  /// - Throws: ``TableError`` `header` for an empty file, an empty name or one that stands twice.
  static func read(_ reader: CSVReader, layout: TableLayout) throws(TableError) -> [String] {
    for _ in 0..<layout.skippedLines where try !reader.skipLine() { break }
    if let columns = layout.columns { return columns }
    guard try reader.next() else {
      throw TableError(
        .header,
        file: reader.file,
        "the file has no header line; it is empty or too many lines are skipped"
      )
    }
    var seen: Set<String> = []
    var names: [String] = []
    for index in 0..<reader.cellCount {
      let name = trimmed(reader.cell(index))
      guard !name.isEmpty else {
        throw reader.error(
          .header,
          "column \(index + 1) has no name; name it, or skip lines if the header stands further below"
        )
      }
      guard seen.insert(name).inserted else {
        throw reader.error(
          .header,
          "the name \"\(name)\" stands twice in the header; rename or remove one column"
        )
      }
      names.append(name)
    }
    return names
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let head = text.drop(while: isBlank)
    return String(head.reversed().drop(while: isBlank).reversed())
  }
}
