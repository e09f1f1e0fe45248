import StrictJSON

@testable import TreeEnsemble

/// Reads the parts of a model that ``TreeEnsemble`` keeps to itself.
enum TestModel {
  static func record(_ bytes: [UInt8]) throws -> XGBoostModelRecord {
    try JSONParser(limits: .document).withRoot(of: bytes) {
      try XGBoostModelRecord(JSONModelFileValue(value: $0))
    }
  }

  static func trees(_ bytes: [UInt8]) throws -> [Tree] {
    let record = try record(bytes)
    return try record.trees.map { tree in
      try TreeBuilder(record: tree, featureCount: record.featureCount, path: "$").build()
    }
  }
}
