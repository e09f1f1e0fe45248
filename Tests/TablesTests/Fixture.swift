import Foundation
import Tables

/// The files beside this one, which tests compare with.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func path(_ name: String) -> String { folder.appending(path: name).path() }

  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: name)))
  }
}

extension CSVReader {
  /// All records from here on, as texts.
  func remainingRows() throws -> [[String]] {
    var rows: [[String]] = []
    while try next() { rows.append((0..<cellCount).map { cell($0) }) }
    return rows
  }
}

/// All bytes of a source.
func allBytes(of source: any ByteSource, chunk: Int = 1000) throws -> [UInt8] {
  var result: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: chunk)
  while true {
    let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
    if count == 0 { return result }
    result += buffer[..<count]
  }
}
