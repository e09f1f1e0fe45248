/// Why a set of fields cannot be the schema of an application.
public struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable, CaseIterable {
    /// A name is the empty text.
    case emptyName
    /// A name occurs twice among fields, id, target and dropped fields.
    case repeatedName
    /// A field that is not a flag has labels.
    case labelsWithoutFlag
    /// Both labels of a flag are the same text.
    case equalLabels
    /// A field that is not a number has a range.
    case rangeWithoutNumber
    /// A table has a column that the schema does not declare.
    case undeclaredColumn
    /// A table has no column of ids.
    case missingIdColumn
  }

  /// What is wrong.
  public let code: Code
  /// The name at which it went wrong.
  public let name: String

  /// Creates the error at a name.
  public init(_ code: Code, name: String) {
    self.code = code
    self.name = name
  }

  /// What happened and what to do.
  public var message: String {
    switch code {
    case .emptyName: "a field has an empty name: give each field its column's name"
    case .repeatedName:
      "the name \"\(name)\" is declared twice: keep it once among id, target, fields and dropped fields"
    case .labelsWithoutFlag: "field \"\(name)\" has labels but is no flag: remove them or set kind to flag"
    case .equalLabels: "field \"\(name)\" has the same label for 0 and 1: give two different texts"
    case .rangeWithoutNumber:
      "field \"\(name)\" has a range but is no number: remove it or set kind to number"
    case .undeclaredColumn:
      "column \"\(name)\" is not declared: declare it as a field or as dropped, or remove the column"
    case .missingIdColumn: "no column \"\(name)\": the table needs it, it holds the applications' ids"
    }
  }

  /// The message.
  public var description: String { message }
}
