import XGBoost

/// A seeded table of numbers with a learnable target, so that boosters have something to split on.
struct SyntheticLoans {
  let rowCount: Int
  let columnCount: Int
  let values: [Float]
  let labels: [Float]

  init(rowCount: Int = 400, columnCount: Int = 6, missingShare: Double = 0.2, seed: UInt64 = 1) {
    var random = SplitMix64(state: seed)
    var values: [Float] = []
    var labels: [Float] = []
    for _ in 0..<rowCount {
      var signal = 0.0
      for column in 0..<columnCount {
        let value = Double(Int(random.unit() * 200) - 100) / 16
        signal += (column % 2 == 0 ? value : -value) / Double(column + 1)
        values.append(random.unit() < missingShare ? .nan : Float(value))
      }
      labels.append(signal + (random.unit() - 0.5) * 8 > 1 ? 1 : 0)
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

/// Steele, Lea and Flood's generator: the same numbers on every machine.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
