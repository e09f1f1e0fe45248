/// Why a table cannot be read or written, and where.
public struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// The file does not exist or may not be opened.
    case cannotOpen
    /// The operating system failed to read.
    case cannotRead
    /// The operating system failed to write; nothing is left behind.
    case cannotWrite
    /// A compressed file ends in the middle.
    case truncated
    /// A compressed file has wrong check sums or is no gzip at all.
    case damaged
    /// The text is not UTF-8.
    case notUTF8
    /// Quotes or line ends break the rules of RFC 4180.
    case malformed
    /// A row has more or fewer cells than the header.
    case ragged
    /// The header lacks a column, has one that is not declared, or names one twice.
    case header
    /// A cell is none of its field's values.
    case cell
    /// An application's id is missing, malformed or used before.
    case id
  }

  /// The kind of failure.
  public var code: Code
  /// The file as it was named.
  public var file: String
  /// The line on which the row starts, from 1.
  public var line: Int?
  /// The name of the column.
  public var column: String?
  /// What happened and what to do about it; never the content of a cell.
  public var message: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - file: The file as it was named.
  ///   - line: The line on which the row starts, from 1.
  ///   - column: The name of the column.
  ///   - message: What happened and what to do about it.
  public init(_ code: Code, file: String, line: Int? = nil, column: String? = nil, _ message: String) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// One line: `FILE:LINE: column NAME: message`.
  public var description: String {
    file + (line.map { ":\($0)" } ?? "") + ": " + (column.map { "column \($0): " } ?? "") + message
  }
}
