import Foundation
import TestSupport
import Testing

/// The vocabulary of metrics and logs, read from its source: what operators chart must not change by accident.
@Suite("Vocabulary")
struct VocabularyTests {
  private struct Entry {
    var name: String
    var isDocumented: Bool
  }

  private static func entries(of file: String) throws -> [Entry] {
    let text = try String(contentsOfFile: Checkout.path("Sources/Telemetry/\(file).swift"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { index in
      guard let match = lines[index].firstMatch(of: /static let \w+ = "([^"]+)"/) else { return nil }
      return Entry(name: String(match.1), isDocumented: lines[index - 1].contains("///"))
    }
  }

  @Test("Every name is documented and stands once", arguments: ["MetricName", "LogKey"])
  func namesAreDistinct(_ file: String) throws {
    let entries = try Self.entries(of: file)
    #expect(entries.count > 10)
    #expect(Set(entries.map(\.name)).count == entries.count)
    for entry in entries { #expect(entry.isDocumented, "\(entry.name)") }
  }

  @Test("Metrics are named creditstream_<noun>_<unit>, counters end in _total")
  func metricsFollowTheConvention() throws {
    let text = try String(
      contentsOfFile: Checkout.path("Sources/Telemetry/MetricName.swift"),
      encoding: .utf8
    )
    var counters = 0
    for match in text.matches(
      of: /\/\/\/ (Counter|Gauge)[^\n]*\n(?:\s*\/\/\/[^\n]*\n)*\s*public static let \w+ = "([^"]+)"/
    ) {
      if match.1 == "Counter" {
        counters += 1
        #expect(match.2.hasPrefix("creditstream_") && match.2.hasSuffix("_total"), "\(match.2)")
      } else {
        #expect(!match.2.hasSuffix("_total"), "\(match.2)")
      }
    }
    #expect(counters > 5)
  }
}
