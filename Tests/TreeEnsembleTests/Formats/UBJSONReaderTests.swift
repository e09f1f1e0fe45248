import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("UBJSONReader")
struct UBJSONReaderTests {
  @Test("A model reads the same in both formats", arguments: ZooModel.all)
  func sameAsJSON(model: ZooModel) throws {
    let booster = try model.train()
    let json = try TreeEnsemble(xgboost: booster.encoded(as: .json))
    let ubj = try TreeEnsemble(xgboost: booster.encoded(as: .ubj))
    #expect(ubj.baseMargin.bitPattern == json.baseMargin.bitPattern)
    #expect(ubj.treeCount == json.treeCount)
    #expect(ubj.objective == json.objective)
    let rows = model.rows(count: 33, thresholds: try ubj.thresholds(from: booster), seed: 9)
    #expect(ubj.margins(ofRows: rows).bits == json.margins(ofRows: rows).bits)
    let row = rows.prefix(model.columnCount)
    #expect(ubj.contributions(ofRow: row) == json.contributions(ofRow: row))
  }

  private static func bytes(_ text: String, _ more: [UInt8] = []) -> [UInt8] { Array(text.utf8) + more }

  @Test("Numbers of all sizes are read, alone and in arrays")
  func numbers() throws {
    #expect(try UBJSONReader.read(Self.bytes("i", [0xFF])).integer == -1)
    #expect(try UBJSONReader.read(Self.bytes("U", [0xFF])).integer == 255)
    #expect(try UBJSONReader.read(Self.bytes("I", [0xFF, 0xFE])).integer == -2)
    #expect(try UBJSONReader.read(Self.bytes("l", [0x80, 0, 0, 0])).integer == Int64(Int32.min))
    #expect(try UBJSONReader.read(Self.bytes("L", [0, 0, 0, 1, 0, 0, 0, 0])).integer == 1 << 32)
    let typed = try UBJSONReader.read(Self.bytes("[$d#i", [2, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0]))
    #expect(typed.floats == [1, -2])
    let mixed = try UBJSONReader.read(
      Self.bytes("[d", [0x3F, 0x80, 0, 0]) + Self.bytes("i", [3]) + Self.bytes("]")
    )
    #expect(mixed.floats == [1, 3])
    #expect(mixed.integers == nil)
    #expect(try UBJSONReader.read(Self.bytes("[#U", [2]) + Self.bytes("TF")).integers == [1, 0])
  }

  @Test(
    "Whatever is not a bounded, well-formed value is refused",
    arguments: [
      bytes(""), bytes("x"), bytes("H"), bytes("]"), bytes("i"), bytes("L", [0, 0, 0]), bytes("[i", [1]),
      bytes("{i", [1]), bytes("Si", [0xFF]), bytes("Si", [5, 65]), bytes("Sd", [0, 0, 0, 0]),
      bytes("Si", [1, 0xFF]), bytes("ii", [1, 2]), bytes("ZZ"),
      bytes("[$d"), bytes("[$d]"), bytes("[$Z#i", [100]), bytes("[$d#i", [2, 0, 0, 0, 0]),
      bytes("[#L", [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      bytes("[$d#L", [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      bytes("{#L", [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      bytes("[#i", [0x80]), Array(repeating: UInt8(ascii: "["), count: 100_000),
      bytes("{i", [1, 97]) + bytes("Zi", [1, 97]) + bytes("Z}"),
    ]
  )
  func refusals(_ bytes: [UInt8]) {
    #expect(throws: ModelFormatError.self) { try UBJSONReader.read(bytes) }
  }

  @Test("Truncated and mutated files are refused, or read as a model that predicts numbers")
  func mutations() throws {
    let bytes = try ZooModel.small.train().encoded(as: .ubj)
    for end in 0..<bytes.count {
      #expect(throws: ModelFormatError.self) { try TreeEnsemble(xgboostUBJSON: Array(bytes[..<end])) }
    }
    let mutations: [Mutation] = [
      .flipBit, .replaceByte, .insertByte, .deleteByte, .deleteRange, .repeatRange, .swapRanges, .append,
    ]
    for mutation in mutations {
      for seed in 0..<100 {
        var random = SplitMix64(seed: UInt64(seed))
        let changed = mutation.apply(to: bytes, random: &random)
        guard let ensemble = try? TreeEnsemble(xgboostUBJSON: changed) else { continue }
        let row = [Float](repeating: 0.5, count: ensemble.featureCount)
        let isFinite = ensemble.contributions(ofRow: row).allSatisfy { $0.isFinite }
        #expect(ensemble.margin(ofRow: row).isFinite && isFinite, "\(mutation), seed \(seed)")
      }
    }
  }
}
