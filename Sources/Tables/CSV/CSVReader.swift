public import FeaturePipeline

/// Reads the records of a CSV file one by one, strictly by RFC 4180.
///
/// Lines end in LF or CRLF; a cell with quotes around it may hold delimiters, line ends and doubled quotes; a
/// byte order mark at the start is passed over, and so are empty lines. Everything else that other readers guess at
/// is refused with its line: a quote within an unquoted cell, text after a closing quote, a carriage return alone,
/// bytes that are not UTF-8. Why not a library: SwiftCSV reads whole files into strings and guesses.
///
/// Cells lie in the reader's buffer until the next record is read; nothing is copied but doubled quotes.
public final class CSVReader {
  /// The line on which the current record starts, from 1.
  public private(set) var line = 0
  /// The number of cells of the current record.
  public var cellCount: Int { cells.count }
  /// What the file is called in messages.
  public let file: String

  private let buffer: RecordBuffer
  private let delimiter: TableLayout.Delimiter
  private var cells: [Range<Int>] = []
  private var nextLine = 1
  private var isAtStart = true

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - source: The bytes of the file.
  ///   - delimiter: What stands between two cells.
  public init(
    _ source: any ByteSource,
    delimiter: TableLayout.Delimiter = .character(UInt8(ascii: ","))
  ) {
    file = source.name
    buffer = RecordBuffer(source)
    self.delimiter = delimiter
  }

  /// Reads the next record.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: ``TableError`` with the line where the record breaks the rules.
  public func next() throws(TableError) -> Bool {
    if isAtStart { try start() }
    while let record = try nextRecord(isQuoting: delimiter != .whitespace) {
      if !record.isEmpty {
        try split(record)
        if !cells.isEmpty { return true }
      }
    }
    cells.removeAll(keepingCapacity: true)
    return false
  }

  /// Passes over one line, whatever it holds.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: ``TableError`` when the file cannot be read.
  public func skipLine() throws(TableError) -> Bool {
    if isAtStart { try start() }
    return try nextRecord(isQuoting: false) != nil
  }

  /// Lends the bytes of a cell of the current record, quotes removed.
  ///
  /// - Parameters:
  ///   - index: The cell, 0..<cellCount.
  ///   - body: Receives the bytes, valid only during the call.
  /// - Returns: What `body` returns.
  public func withCell<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let cell = cells[index]
    return body(UnsafeBufferPointer(start: buffer.bytes + cell.lowerBound, count: cell.count))
  }

  /// The text of a cell of the current record.
  ///
  /// - Parameter index: The cell, 0..<cellCount.
  /// - Returns: The text, quotes removed.
  public func cell(_ index: Int) -> String { withCell(index) { String(decoding: $0, as: UTF8.self) } }

  /// An error at the current record.
  func error(_ code: TableError.Code, column: String? = nil, _ message: String) -> TableError {
    TableError(code, file: file, line: line, column: column, message)
  }

  private func start() throws(TableError) {
    isAtStart = false
    while buffer.count < 3, try buffer.refill() {}
    guard buffer.count >= 2 else { return }
    let mark = (buffer.bytes[0], buffer.bytes[1])
    line = 1
    if mark == (0xFF, 0xFE) || mark == (0xFE, 0xFF) {
      throw error(.notUTF8, "the file is UTF-16; convert it to UTF-8")
    }
    if buffer.count >= 3, mark == (0xEF, 0xBB), buffer.bytes[2] == 0xBF { buffer.consume(3) }
  }

  /// Finds the end of the next record and consumes it.
  ///
  /// - Returns: Where the record lies, without its line end; `nil` at the end of the file.
  private func nextRecord(isQuoting: Bool) throws(TableError) -> Range<Int>? {
    line = nextLine
    var scanned = 0
    var isQuoted = false
    var highBits: UInt8 = 0
    var hasZero = false
    while true {
      var index = buffer.start + scanned
      let end = buffer.end
      let bytes = buffer.bytes
      while index < end {
        let byte = bytes[index]
        highBits |= byte
        index += 1
        // Few bytes are this low, so that the usual one costs a single comparison.
        guard byte <= UInt8(ascii: "\"") else { continue }
        if byte == UInt8(ascii: "\n") {
          nextLine += 1
          if !isQuoted { return try finish(index, terminator: 1, highBits: highBits, hasZero: hasZero) }
        } else if byte == UInt8(ascii: "\""), isQuoting {
          isQuoted.toggle()
        } else if byte == 0 {
          hasZero = true
        }
      }
      scanned = end - buffer.start
      guard scanned <= RecordBuffer.maximumRecordBytes else {
        throw error(.malformed, "the row is longer than 64 MiB; a quote in it is probably not closed")
      }
      if try !buffer.refill() { break }
    }
    if buffer.count == 0 { return nil }
    guard !isQuoted else {
      throw error(.malformed, "a quote in this row is not closed before the end of the file; close it")
    }
    return try finish(buffer.end, terminator: 0, highBits: highBits, hasZero: hasZero)
  }

  private func finish(_ end: Int, terminator: Int, highBits: UInt8, hasZero: Bool) throws(TableError)
    -> Range<Int>
  {
    var record = buffer.start..<end - terminator
    buffer.consume(end - buffer.start)
    if let last = record.last, buffer.bytes[last] == UInt8(ascii: "\r") { record.removeLast() }
    if hasZero { throw error(.notUTF8, "the row has a zero byte; is the file UTF-16? convert it to UTF-8") }
    if highBits >= 0x80 {
      let bytes = UnsafeBufferPointer(start: buffer.bytes + record.lowerBound, count: record.count)
      guard String(validating: bytes, as: UTF8.self) != nil else {
        throw error(.notUTF8, "the row is not UTF-8; convert the file, for example with iconv -t utf-8")
      }
    }
    return record
  }

  private func split(_ record: Range<Int>) throws(TableError) {
    cells.removeAll(keepingCapacity: true)
    guard case .character(let delimiter) = delimiter else { return splitAtBlanks(record) }
    var position = record.lowerBound
    while true {
      let isQuoted = position < record.upperBound && buffer.bytes[position] == UInt8(ascii: "\"")
      position = try isQuoted ? quotedCell(position, record) : plainCell(position, record, delimiter)
      guard position < record.upperBound else { return }
      guard buffer.bytes[position] == delimiter else {
        throw error(
          .malformed,
          "text follows the closing quote of cell \(cells.count); double quotes within a cell"
        )
      }
      position += 1
    }
  }

  private func plainCell(_ start: Int, _ record: Range<Int>, _ delimiter: UInt8) throws(TableError) -> Int {
    let bytes = buffer.bytes
    var position = start
    while position < record.upperBound, bytes[position] != delimiter {
      if bytes[position] == UInt8(ascii: "\"") {
        throw error(
          .malformed,
          "a quote within cell \(cells.count + 1); put quotes around the cell and double it"
        )
      }
      if bytes[position] == UInt8(ascii: "\r") {
        throw error(
          .malformed,
          "a carriage return alone; end lines with LF or CRLF, or put quotes around the cell"
        )
      }
      position += 1
    }
    cells.append(start..<position)
    return position
  }

  /// Reads a cell in quotes; doubled quotes are undone in place, which only ever shortens the cell.
  private func quotedCell(_ start: Int, _ record: Range<Int>) throws(TableError) -> Int {
    let bytes = buffer.bytes
    var position = start + 1
    var write = position
    while position < record.upperBound {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard position + 1 < record.upperBound, bytes[position + 1] == byte else {
          cells.append(start + 1..<write)
          return position + 1
        }
        position += 1
      }
      bytes[write] = byte
      write += 1
      position += 1
    }
    throw error(.malformed, "the quote around cell \(cells.count + 1) is not closed; close it")
  }

  private func splitAtBlanks(_ record: Range<Int>) {
    var start: Int?
    for position in record {
      let isBlank = buffer.bytes[position] == 0x20 || buffer.bytes[position] == 0x09
      if isBlank, let begin = start {
        cells.append(begin..<position)
        start = nil
      } else if !isBlank, start == nil {
        start = position
      }
    }
    if let start { cells.append(start..<record.upperBound) }
  }
}
