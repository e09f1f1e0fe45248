import FeaturePipeline

/// Bins of equal width by Sturges' rule, with NumPy's arithmetic: `[e[i−1], e[i])`, the last one closed.
struct EqualWidthBins {
  private let edges: [Double]

  init(least: Double, largest: Double, rowCount: Int) {
    let range = largest - least
    let width = range / (Self.binaryLogarithm(rowCount) + 1)
    let count = range > 0 ? Int((range / width).rounded(.up)) : 1
    let step = range / Double(count)
    edges = (0..<count).map { Double($0) * step + least } + [largest]
  }

  /// Counts a sample.
  ///
  /// - Parameter sorted: Values within the range, ascending.
  /// - Returns: One count per bin.
  func counts(_ sorted: [Double]) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: edges.count - 1)
    var bin = 0
    for value in sorted {
      while bin + 1 < counts.count, edges[bin + 1] <= value { bin += 1 }
      counts[bin] += 1
    }
    return counts
  }

  /// log₂ n, exact for powers of two, where the number of bins would otherwise depend on the last bit.
  private static func binaryLogarithm(_ n: Int) -> Double {
    let value = Double(n)
    return Double(value.exponent) + PortableMath.log(value.significand) / 0.693_147_180_559_945_3
  }
}
