import FeaturePipeline
import Foundation
import Tables
import TestSupport
import Testing

@testable import ModelTraining

@Suite("Exploration of real tables", .timeLimit(.minutes(20)))
struct RealExplorationTests {
  @Test(
    "No field of the real tables is suspected, and the page stays below two megabytes",
    arguments: ShippedPipeline.all
  )
  func clean(_ shipped: ShippedPipeline) throws {
    guard let path = Checkout.realData(shipped.table) else { return }
    let declaration = try shipped.declaration()
    // All rows take an unoptimised build minutes; every eighth tells whether honest fields are left in peace.
    let isFull = ProcessInfo.processInfo.environment["FAULTS"] == "full"
    let exploration = try withTemporaryDirectory { folder in
      let sample = folder + "/sample.csv"
      try Self.sample(
        path,
        skipping: declaration.pipeline.layout.skippedLines,
        every: isFull ? 1 : 8,
        to: sample
      )
      let table = try ExplorationReader(declaration.pipeline).read(sample, name: shipped.table)
      return try Exploration(table, declaration: declaration.exploration)
    }
    #expect(exploration.suspects.isEmpty, "\(exploration.suspects)")
    #expect(exploration.fields.allSatisfy { $0.role != .undeclared })
    #expect(exploration.html().count < 2_000_000)
    // Age first: its risk falls from the youngest to the oldest.
    let age = try #require(exploration.fields.first)
    #expect(exploration.firstCount == 1 && age.bins.count > 10)
  }

  /// Copies the head of a table and some of its rows, none of which has a line end in a cell.
  private static func sample(_ path: String, skipping: Int, every: Int, to copy: String) throws {
    let source = try TableInput.open(path)
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer.prefix(count))
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    var kept = Data()
    for (number, line) in lines.enumerated() where number <= skipping || number % every == 0 {
      kept.append(line)
      kept.append(UInt8(ascii: "\n"))
    }
    try kept.write(to: URL(filePath: copy))
  }
}
