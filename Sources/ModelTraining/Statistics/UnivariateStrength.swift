import FeaturePipeline

/// How well one field alone tells the outcome of rows that it has not been fitted to.
///
/// The values are cut into bins (a category or a rare number is one of its own, missing values are one); the default
/// rate of a row's bin among the rows of the other folds is its score. So any dependence counts, rising, falling or
/// bent, and a field with a value of its own for each row gains nothing by it.
public struct UnivariateStrength: Sendable, Equatable {
  /// The area under the ROC curve of these scores: 0.5 for a field that tells nothing.
  public let area: Double
  /// The standard error of the area (DeLong).
  public let standardError: Double
  /// The lower end of its interval at 95 %.
  public let lower: Double
  /// The upper end of its interval at 95 %.
  public let upper: Double

  private static let foldCount = 5
  /// The most bins of a number, missing values aside.
  private static let maximumBins = 32
  /// The rows at the overall rate that are added to each bin.
  private static let smoothing = 10.0

  /// Measures a field.
  ///
  /// - Parameters:
  ///   - values: A value for each row: a number, or a code from 0; NaN is missing.
  ///   - isCategory: Whether the values are codes.
  ///   - targets: Whether each row defaulted.
  /// - Complexity: O(n log n).
  public init(values: [Double], isCategory: Bool, targets: [Bool]) {
    let (bins, count) = isCategory ? Self.codes(values) : Self.quantileBins(values)
    var generator = SeededGenerator(seed: 0x5EED_F01D)
    var groups = [RankedGroup](repeating: RankedGroup(), count: count * Self.foldCount)
    for (row, bin) in bins.enumerated() {
      let fold = generator.index(below: Self.foldCount)
      if targets[row] {
        groups[bin * Self.foldCount + fold].defaulted += 1
      } else {
        groups[bin * Self.foldCount + fold].repaid += 1
      }
    }
    let interval = DeLongInterval(Self.ordered(groups))
    (area, lower, upper) = (interval.area, interval.lower, interval.upper)
    standardError = interval.standardError
  }

  /// The groups of bin and fold by the rate of the bin in the other folds, equal rates made one.
  private static func ordered(_ groups: [RankedGroup]) -> [RankedGroup] {
    var folds = [RankedGroup](repeating: RankedGroup(), count: foldCount)
    for (index, group) in groups.enumerated() {
      folds[index % foldCount].defaulted += group.defaulted
      folds[index % foldCount].repaid += group.repaid
    }
    let all = folds.reduce(into: RankedGroup()) {
      $0.defaulted += $1.defaulted
      $0.repaid += $1.repaid
    }
    var scored: [(score: Double, group: RankedGroup)] = []
    for start in stride(from: 0, to: groups.count, by: foldCount) {
      var bin = RankedGroup()
      for index in start..<start + foldCount {
        bin.defaulted += groups[index].defaulted
        bin.repaid += groups[index].repaid
      }
      for fold in 0..<foldCount {
        let own = groups[start + fold]
        guard own.defaulted + own.repaid > 0 else { continue }
        let others = Double(all.defaulted + all.repaid - folds[fold].defaulted - folds[fold].repaid)
        let prior = others > 0 ? Double(all.defaulted - folds[fold].defaulted) / others : 0.5
        let defaulted = Double(bin.defaulted - own.defaulted)
        let count = Double(bin.defaulted + bin.repaid - own.defaulted - own.repaid)
        // Relative to the fold's own prior: otherwise the priors alone would order the folds, and wrongly.
        scored.append(((defaulted + smoothing * prior) / (count + smoothing) - prior, own))
      }
    }
    scored.sort { $0.score < $1.score }
    var ordered: [RankedGroup] = []
    var last = Double.nan
    for (score, group) in scored {
      if score == last {
        ordered[ordered.count - 1].defaulted += group.defaulted
        ordered[ordered.count - 1].repaid += group.repaid
      } else {
        ordered.append(group)
        last = score
      }
    }
    return ordered
  }

  private static func codes(_ values: [Double]) -> (bins: [Int], count: Int) {
    let count = Int(values.reduce(-1) { $1.isNaN ? $0 : max($0, $1) }) + 1
    return (values.map { $0 >= 0 ? Int($0) : count }, count + 1)
  }

  private static func quantileBins(_ values: [Double]) -> (bins: [Int], count: Int) {
    let edges = EqualBins.upperEdges(ofSorted: values.filter { !$0.isNaN }.sorted(), count: maximumBins)
    return (values.map { $0.isNaN ? edges.count : EqualBins.index(of: $0, in: edges) }, edges.count + 1)
  }
}
