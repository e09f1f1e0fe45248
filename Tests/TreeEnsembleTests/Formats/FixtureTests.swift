import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import TreeEnsemble

/// Models of many versions, with what the library that wrote them predicts; see the scripts among the fixtures.
@Suite("Model fixtures")
struct FixtureTests {
  @Test("Margins have the bits of the XGBoost that wrote the model", arguments: try Fixture.all("xgboost"))
  func xgboostMargins(_ fixture: Fixture) throws {
    let ensemble = try TreeEnsemble(anyFormat: fixture.model)
    #expect(ensemble.library == .xgboost)
    #expect(fixture.name.contains(ensemble.writtenBy))
    #expect(ensemble.margins(ofRows: fixture.rows).bits == fixture.marginBits.map { UInt32($0) })
    for row in 0..<fixture.rowCount {
      #expect(UInt64(ensemble.margin(ofRow: fixture.row(row)).bitPattern) == fixture.marginBits[row])
    }
    if !fixture.bestMarginBits.isEmpty {
      #expect(ensemble.bestIteration == 1)
      let best = try TreeEnsemble(anyFormat: fixture.model, rounds: .untilBest)
      #expect(best.margins(ofRows: fixture.rows).bits.map(UInt64.init) == fixture.bestMarginBits)
      let first = try TreeEnsemble(anyFormat: fixture.model, rounds: .first(2))
      #expect(first.margins(ofRows: fixture.rows).bits == best.margins(ofRows: fixture.rows).bits)
      #expect(throws: ModelFormatError.self) {
        try TreeEnsemble(anyFormat: fixture.model, rounds: .first(1000))
      }
    }
  }

  @Test("Margins are LightGBM's sums of 64 bits, to the bit", arguments: try Fixture.all("lightgbm"))
  func lightGBMMargins(_ fixture: Fixture) throws {
    let ensemble = try TreeEnsemble(anyFormat: fixture.model)
    #expect(ensemble.library == .lightGBM)
    #expect(ensemble.featureNames == nil)
    var batch = [Double](repeating: .nan, count: fixture.rowCount)
    fixture.rows.withUnsafeBufferPointer { rows in
      batch.withUnsafeMutableBufferPointer {
        ensemble.unroundedMargins(rows, rowCount: fixture.rowCount, into: $0)
      }
    }
    #expect(batch.map(\.bitPattern) == fixture.marginBits)
    for row in 0..<fixture.rowCount {
      let single = Array(fixture.row(row)).withUnsafeBufferPointer { ensemble.unroundedMargin($0) }
      #expect(single.bitPattern == fixture.marginBits[row])
      #expect(ensemble.margin(ofRow: fixture.row(row)) == Float(single))
    }
  }

  @Test(
    "Contributions are within 1e-5 of the library's, and add up to the margin",
    arguments: try Fixture.all("xgboost") + Fixture.all("lightgbm")
  )
  func contributions(_ fixture: Fixture) throws {
    let ensemble = try TreeEnsemble(anyFormat: fixture.model)
    let width = fixture.columnCount + 1
    for row in 0..<fixture.rowCount {
      let contributions = ensemble.contributions(ofRow: fixture.row(row))
      for feature in 0..<width {
        let theirs = fixture.contributions[row * width + feature]
        #expect(abs(contributions[feature] - theirs) <= 1e-5, "row \(row), feature \(feature)")
      }
      #expect(abs(contributions.reduce(0, +) - Double(ensemble.margin(ofRow: fixture.row(row)))) <= 1e-5)
    }
  }

  @Test("Interaction values are within 1e-5 of the library's", arguments: try Fixture.all("xgboost"))
  func interactions(_ fixture: Fixture) throws {
    let ensemble = try TreeEnsemble(anyFormat: fixture.model)
    let size = (fixture.columnCount + 1) * (fixture.columnCount + 1)
    for row in 0..<fixture.interactions.count / size {
      var values = [Double](repeating: .nan, count: size)
      Array(fixture.row(row)).withUnsafeBufferPointer { row in
        values.withUnsafeMutableBufferPointer { ensemble.interactions(row, into: $0) }
      }
      for index in 0..<size {
        let theirs = fixture.interactions[row * size + index]
        #expect(abs(values[index] - theirs) <= 1e-5, "row \(row), value \(index)")
      }
    }
  }
}

/// One model of a library, and its predictions.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  let model: [UInt8]
  let columnCount: Int
  let rows: [Float]
  let marginBits: [UInt64]
  let bestMarginBits: [UInt64]
  let contributions: [Double]
  let interactions: [Double]

  var testDescription: String { name }
  var rowCount: Int { rows.count / columnCount }

  func row(_ index: Int) -> ArraySlice<Float> { rows[index * columnCount..<(index + 1) * columnCount] }

  /// All fixtures of a library.
  static func all(_ library: String) throws -> [Fixture] {
    let folder = Checkout.path("Tests/TreeEnsembleTests/Fixtures")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0.hasPrefix(library) && $0.hasSuffix(".expected.json") }.flatMap { name in
      let bytes = try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
      return try JSONParser(limits: .document).withRoot(of: bytes) { root in
        try root.members.map { try Fixture($0.value, folder: folder) }
      }
    }
  }

  init(_ value: JSONValue, folder: String) throws {
    name = try #require(value["file"]?.string)
    model = try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    columnCount = Int(try #require(value["columns"]?.int64))
    rows = value["rows"]?.elements.compactMap { $0.int64.map { Float(bitPattern: UInt32($0)) } } ?? []
    func bits(_ key: String) -> [UInt64] {
      value[key]?.elements.compactMap { $0.uint64 ?? $0.string.flatMap { UInt64($0, radix: 16) } } ?? []
    }
    marginBits = bits("margins")
    bestMarginBits = bits("best")
    contributions = value["contributions"]?.elements.compactMap(\.double) ?? []
    interactions = value["interactions"]?.elements.compactMap(\.double) ?? []
    try #require(!rows.isEmpty && marginBits.count == rows.count / columnCount)
  }
}
