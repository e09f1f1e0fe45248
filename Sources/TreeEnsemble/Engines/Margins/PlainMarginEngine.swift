/// Walks each tree node by node: the definition of the margin, and the oracle of all other engines.
struct PlainMarginEngine: MarginEngine {
  private let forest: Forest

  init(_ forest: Forest) {
    self.forest = forest
  }

  func margin(_ row: UnsafeBufferPointer<Float>) -> Double {
    switch forest.summation {
    case .single:
      return Double(forest.trees.reduce(forest.baseMargin) { $0 + Float($1.leafValue(row)) })
    case .double:
      return forest.trees.reduce(Double(forest.baseMargin)) { $0 + $1.leafValue(row) }
    }
  }

  func margins(_ rows: UnsafeBufferPointer<Float>, rowCount: Int, into margins: MarginBuffer) {
    let featureCount = forest.featureCount
    for row in 0..<rowCount {
      let values = rows[row * featureCount..<(row + 1) * featureCount]
      margins.store(margin(UnsafeBufferPointer(rebasing: values)), row: row)
    }
  }
}
