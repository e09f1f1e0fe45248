import TestSupport
import XGBoost

/// A seeded table of numbers with a learnable target, so that boosters have something to split on.
struct SyntheticLoans {
  let rowCount: Int
  let columnCount: Int
  let values: [Float]
  let labels: [Float]

  init(rowCount: Int = 400, columnCount: Int = 6, missingShare: Double = 0.2, seed: UInt64 = 1) {
    var random = SplitMix64(seed: seed)
    var values: [Float] = []
    var labels: [Float] = []
    for _ in 0..<rowCount {
      var signal = 0.0
      for column in 0..<columnCount {
        let value = Double(Int(Double.random(in: 0..<1, using: &random) * 200) - 100) / 16
        signal += (column % 2 == 0 ? value : -value) / Double(column + 1)
        values.append(Double.random(in: 0..<1, using: &random) < missingShare ? .nan : Float(value))
      }
      labels.append(signal + (Double.random(in: 0..<1, using: &random) - 0.5) * 8 > 1 ? 1 : 0)
    }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
    self.labels = labels
  }

  func matrix(columnNames: [String]? = nil, weights: [Float]? = nil) throws -> TrainingMatrix {
    try TrainingMatrix(
      values: values,
      rowCount: rowCount,
      columnCount: columnCount,
      labels: labels,
      weights: weights,
      columnNames: columnNames
    )
  }
}
