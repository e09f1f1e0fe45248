import FeaturePipeline

/// How far the distributions of defaulted and repaid rows lie apart (Siddiqi, Credit Risk Scorecards, 2006).
enum InformationValue {
  /// Sums (share of repaid − share of defaulted) · ln of their ratio over the bins.
  ///
  /// Half a row is added to both outcomes of each bin, so that an empty one does not make it infinite.
  ///
  /// - Parameter bins: The bins, missing values among them.
  /// - Returns: The information value in nats; 0 where all bins have the same rate, NaN without both outcomes.
  static func value(_ bins: [OutcomeBin]) -> Double {
    let used = bins.filter { $0.knownCount > 0 }
    let defaulted = used.reduce(0) { $0 + Double($1.defaultCount) + 0.5 }
    let repaid = used.reduce(0) { $0 + Double($1.knownCount - $1.defaultCount) + 0.5 }
    guard used.contains(where: { $0.defaultCount > 0 }),
      used.contains(where: { $0.knownCount > $0.defaultCount })
    else { return .nan }
    return used.reduce(0) { sum, bin in
      let bad = (Double(bin.defaultCount) + 0.5) / defaulted
      let good = (Double(bin.knownCount - bin.defaultCount) + 0.5) / repaid
      return sum + (good - bad) * PortableMath.log(good / bad)
    }
  }
}
