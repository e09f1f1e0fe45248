import StrictJSON

@testable import TreeEnsemble

/// Reads the parts of a model that ``TreeEnsemble`` keeps to itself.
enum TestModel {
  static func record(_ bytes: [UInt8]) throws -> XGBoostModelRecord {
    try JSONParser(limits: .document).withRoot(of: JSONNotANumber.replaced(in: bytes)) {
      try XGBoostModelRecord(JSONModelFileValue(value: $0))
    }
  }

  static func forest(_ bytes: [UInt8]) throws -> Forest {
    try ModelContents(record(bytes)).forest
  }

  static func trees(_ bytes: [UInt8]) throws -> [Tree] {
    try forest(bytes).trees
  }
}

extension Forest {
  /// All thresholds, to be hit exactly.
  var thresholds: [Float] {
    trees.flatMap { $0.nodes.filter { !$0.isLeaf && !$0.isCategorical }.map { Float($0.value) } }
  }
}

extension MarginEngine {
  /// The margins row by row and as a batch, by their bits.
  func bits(_ rows: [Float], featureCount: Int) -> (single: [UInt64], batch: [UInt64]) {
    let rowCount = rows.count / featureCount
    var batch = [Double](repeating: .nan, count: rowCount)
    let single = rows.withUnsafeBufferPointer { rows in
      batch.withUnsafeMutableBufferPointer { self.margins(rows, rowCount: rowCount, into: .double($0)) }
      return (0..<rowCount).map { row in
        margin(UnsafeBufferPointer(rebasing: rows[row * featureCount..<(row + 1) * featureCount])).bitPattern
      }
    }
    return (single, batch.map(\.bitPattern))
  }
}

extension ContributionEngine {
  /// The contributions of rows.
  func values(_ rows: [Float], featureCount: Int, groups: FeatureGroups? = nil) -> [Double] {
    let rowCount = rows.count / featureCount
    var result = [Double](repeating: .nan, count: rowCount * ((groups?.count ?? featureCount) + 1))
    rows.withUnsafeBufferPointer { rows in
      result.withUnsafeMutableBufferPointer {
        contributions(rows, rowCount: rowCount, groups: groups, into: $0)
      }
    }
    return result
  }
}
