import CreditEvents
import StrictJSON
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("FittedPipeline")
struct FittedPipelineTests {
  /// The features of one row, computed as for an event.
  static func features(of values: [Double], by pipeline: FittedPipeline) -> [Float] {
    var output = [Float](repeating: 7, count: pipeline.features.count)
    values.withUnsafeBufferPointer { values in
      output.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
    }
    return output
  }

  static func json(_ pipeline: FittedPipeline) -> [UInt8] {
    var writer = JSONWriter()
    pipeline.encode(into: &writer)
    return writer.bytes
  }

  static func pipeline(from json: [UInt8]) throws -> FittedPipeline {
    try json.withUnsafeBytes { bytes in
      try JSONParser(limits: .document).withRoot(of: bytes) { try FittedPipeline(json: $0) }
    }
  }

  @Test("A table's features have the bits of its rows' features, one at a time", arguments: 0..<40)
  func tableEqualsRows(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let declaration = RandomTable.declaration(&source)
    let training = try RandomTable.table(declaration, rows: 60, &source)
    let pipeline = try FittedPipeline.fit(declaration, table: training, seed: seed)
    // Another table, whose dictionaries have the categories in another order.
    let table = try RandomTable.table(declaration, rows: 200, &source)
    let matrix = try pipeline.transform(table)
    #expect(matrix.rowCount == 200 && matrix.names == pipeline.features.map(\.name))

    let recoded = table.recoded(to: pipeline.dictionaries)
    for row in 0..<table.rowCount {
      let single = Self.features(of: recoded.application(at: row).values, by: pipeline)
      for column in 0..<matrix.columnCount {
        #expect(
          single[column].bitPattern == matrix[row, column].bitPattern,
          "seed \(seed), row \(row), \(matrix.names[column])"
        )
        #expect(!matrix[row, column].isInfinite)
      }
    }
  }

  @Test("What is left out becomes no feature, and the reason travels with the pipeline", arguments: 0..<10)
  func omitted(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let declaration = RandomTable.declaration(&source)
    let table = try RandomTable.table(declaration, rows: 80, &source)
    let whole = try FittedPipeline.fit(declaration, table: table, seed: seed)
    let groups = whole.features.map(\.group)
    let omitted = [groups[0], try #require(groups.last)].map {
      OmittedFeature(name: $0, rule: .correlation, reason: "as good as \"another\"")
    }
    try #require(Set(groups).count > 2)
    let (pipeline, matrix) = try FittedPipeline.fitTransform(
      declaration,
      table: table,
      seed: seed,
      omitting: omitted
    )
    let kept = groups.indices.filter { index in !omitted.contains { $0.name == groups[index] } }
    #expect(pipeline.features == kept.map { whole.features[$0] })
    let all = try FittedPipeline.fitTransform(declaration, table: table, seed: seed).matrix
    for row in 0..<table.rowCount {
      for (column, before) in kept.enumerated() {
        #expect(matrix[row, column].bitPattern == all[row, before].bitPattern)
      }
    }
    let read = try Self.pipeline(from: Self.json(pipeline))
    #expect(read == pipeline && read.omitted == omitted)
    // Pipelines without a selection are written as they were before there was one.
    #expect(!String(decoding: Self.json(whole), as: UTF8.self).contains("omitted"))
  }

  @Test("Written and read back it is the same pipeline, to the byte", arguments: 0..<20)
  func codec(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let declaration = RandomTable.declaration(&source)
    let table = try RandomTable.table(declaration, rows: 100, &source)
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: seed)
    let bytes = Self.json(pipeline)
    let read = try Self.pipeline(from: bytes)
    #expect(read == pipeline, "seed \(seed)")
    #expect(Self.json(read) == bytes, "seed \(seed)")
    let before = try pipeline.transform(table).values.map(\.bitPattern)
    #expect(try read.transform(table).values.map(\.bitPattern) == before, "seed \(seed)")
  }

  @Test("The same data in another order of codes give the same pipeline")
  func independentOfCodes() throws {
    var source = SplitMix64(seed: 5)
    let declaration = RandomTable.declaration(&source)
    let table = try RandomTable.table(declaration, rows: 100, &source)
    let reversed = table.dictionaries.map { $0.map { CategoryDictionary($0.categories.reversed()) } }
    let first = try FittedPipeline.fit(declaration, table: table, seed: 1)
    let second = try FittedPipeline.fit(declaration, table: table.recoded(to: reversed), seed: 1)
    #expect(first == second)
    #expect(Self.json(first) == Self.json(second))
  }
}
