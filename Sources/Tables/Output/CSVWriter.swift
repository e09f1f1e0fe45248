/// Writes a CSV file that appears only when it is whole.
///
/// Rows end in LF; cells are quoted where RFC 4180 demands it. A NaN is an empty cell, other numbers have as many
/// digits as they need to be read back to the same bits.
public final class CSVWriter {
  private let file: AtomicFile
  private let compressor: GzipCompressor?
  private let columnCount: Int
  private var row: [UInt8] = []
  private var cellCount = 0

  /// Starts a file and writes its header.
  ///
  /// - Parameters:
  ///   - path: The file to appear; one that exists is replaced at the end. A name that ends in `.gz` compresses it.
  ///   - header: The names of the columns.
  /// - Throws: ``TableError`` `cannotWrite`.
  public init(_ path: String, header: [String]) throws(TableError) {
    file = try AtomicFile(path)
    compressor = path.hasSuffix(".gz") ? try GzipCompressor(file) : nil
    columnCount = header.count
    for name in header { cell(name) }
    try endRow()
  }

  /// Adds a text to the row.
  ///
  /// - Parameter text: The text.
  public func cell(_ text: String) {
    separate()
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    let hasOuterBlank = text.utf8.first == 0x20 || text.utf8.last == 0x20
    guard needsQuotes || hasOuterBlank else {
      row.append(contentsOf: text.utf8)
      return
    }
    row.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { row.append(byte) }
      row.append(byte)
    }
    row.append(UInt8(ascii: "\""))
  }

  /// Adds a number to the row.
  ///
  /// - Parameter number: The number; NaN is an empty cell.
  public func cell(_ number: Double) {
    separate()
    if number == number { row.append(contentsOf: number.description.utf8) }
  }

  /// Adds a number to the row.
  ///
  /// - Parameter number: The number; NaN is an empty cell.
  public func cell(_ number: Float) {
    separate()
    if number == number { row.append(contentsOf: number.description.utf8) }
  }

  /// Adds an integer to the row.
  ///
  /// - Parameter integer: The integer.
  public func cell(_ integer: Int) {
    separate()
    row.append(contentsOf: String(integer).utf8)
  }

  /// Ends the row.
  ///
  /// - Throws: ``TableError`` `cannotWrite`.
  /// - Precondition: It has a cell for each column.
  public func endRow() throws(TableError) {
    precondition(cellCount == columnCount, "\(cellCount) cells for \(columnCount) columns")
    row.append(0x0A)
    if let compressor { try compressor.write(row) } else { try file.write(row) }
    row.removeAll(keepingCapacity: true)
    cellCount = 0
  }

  /// Gives the file its name; without this nothing is left behind.
  ///
  /// - Throws: ``TableError`` `cannotWrite`.
  public func finish() throws(TableError) {
    try compressor?.finish()
    try file.commit()
  }

  private func separate() {
    if cellCount > 0 { row.append(UInt8(ascii: ",")) }
    cellCount += 1
  }
}
