/// How the tables of a pipeline are written: cells, header, ids and outcomes.
///
/// The layout travels with the fitted pipeline, so that a file can be scored with nothing but the bundle.
public struct TableLayout: Sendable, Equatable {
  /// What stands between two cells.
  public enum Delimiter: Sendable, Equatable {
    /// One ASCII character; cells that contain it are quoted as in RFC 4180.
    case character(UInt8)
    /// One or more blanks or tabs; there is no quoting.
    case whitespace
  }

  /// Where an application's id comes from.
  public enum IDSource: String, Sendable, CaseIterable {
    /// The column of the id field.
    case column
    /// The number of the data row, from 1.
    case rowNumber = "row_number"
  }

  /// How the target's column tells an outcome; an empty cell is an unknown one.
  public struct Outcomes: Sendable, Equatable {
    /// The text that means "defaulted".
    public var defaulted: String
    /// The text that means "repaid".
    public var repaid: String

    /// Creates the texts of the outcomes.
    ///
    /// - Parameters:
    ///   - defaulted: The text that means "defaulted".
    ///   - repaid: The text that means "repaid".
    public init(defaulted: String = "1", repaid: String = "0") {
      self.defaulted = defaulted
      self.repaid = repaid
    }
  }

  /// What stands between two cells.
  public var delimiter: Delimiter
  /// The number of lines before the header that are passed over.
  public var skippedLines: Int
  /// The columns in order, for tables without a header line; `nil` where a header names them.
  public var columns: [String]?
  /// Where an application's id comes from.
  public var idSource: IDSource
  /// How the target's column tells an outcome.
  public var outcomes: Outcomes

  /// Describes a table; without arguments a comma-separated one with a header.
  ///
  /// - Parameters:
  ///   - delimiter: What stands between two cells.
  ///   - skippedLines: The number of lines before the header that are passed over.
  ///   - columns: The columns in order, for tables without a header line.
  ///   - idSource: Where an application's id comes from.
  ///   - outcomes: How the target's column tells an outcome.
  public init(
    delimiter: Delimiter = .character(UInt8(ascii: ",")),
    skippedLines: Int = 0,
    columns: [String]? = nil,
    idSource: IDSource = .column,
    outcomes: Outcomes = Outcomes()
  ) {
    self.delimiter = delimiter
    self.skippedLines = skippedLines
    self.columns = columns
    self.idSource = idSource
    self.outcomes = outcomes
  }
}

extension TableLayout.Delimiter {
  /// Reads a delimiter as files write it: `tab`, `whitespace` or one character.
  ///
  /// `nil` for a text of another length, and for characters that cannot separate cells.
  ///
  /// - Parameter text: The text.
  public init?(text: String) {
    switch text {
    case "whitespace": self = .whitespace
    case "tab": self = .character(UInt8(ascii: "\t"))
    default:
      guard text.utf8.count == 1, let byte = text.utf8.first else { return nil }
      guard byte == UInt8(ascii: "\t") || (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\"") else {
        return nil
      }
      self = .character(byte)
    }
  }

  /// The delimiter as files write it.
  public var text: String {
    switch self {
    case .whitespace: "whitespace"
    case .character(UInt8(ascii: "\t")): "tab"
    case .character(let byte): String(Unicode.Scalar(byte))
    }
  }
}
