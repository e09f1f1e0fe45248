import FeaturePipeline

/// The distribution of Smirnov's one-sided statistic for n observations, exactly.
enum SmirnovDistribution {
  /// The probability that the empirical distribution exceeds the true one somewhere by at least `x`.
  ///
  /// Birnbaum and Tingey, Annals of Mathematical Statistics 22, 1951:
  /// x Σⱼ C(n, j) (x + j/n)ʲ⁻¹ (1 − x − j/n)ⁿ⁻ʲ. All terms are positive, so nothing cancels.
  static func survival(count n: Int, distance x: Double) -> Double {
    let count = Double(n)
    let last = Int((count * (1 - x)).rounded(.down))
    var sum = 0.0
    var logBinomial = 0.0
    for j in 0...last {
      let rise = x + Double(j) / count
      let rest = 1 - rise
      if rest > 0 || j == n {
        let tail = j == n ? 0 : Double(n - j) * PortableMath.log(rest)
        sum += PortableMath.exp(logBinomial + Double(j - 1) * PortableMath.log(rise) + tail)
      }
      logBinomial += PortableMath.log(Double(n - j)) - PortableMath.log(Double(j + 1))
      if j + 1 == n { logBinomial = 0 }
    }
    return min(1, x * sum)
  }
}
