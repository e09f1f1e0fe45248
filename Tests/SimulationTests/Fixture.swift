import Foundation

/// The fixtures beside the tests; each names the script that made it.
enum Fixture {
  /// The lines of a file of tab-separated cells.
  static func lines(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/" + name)
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
  }
}
