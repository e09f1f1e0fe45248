/// What one feature looked like when the model was trained.
public struct FeatureReference: Sendable, Equatable {
  /// The feature's name, as the pipeline or the event calls it.
  public let name: String
  /// Where its values are counted.
  public let bins: FeatureBins
  /// Rows of the reference by slot.
  public let counts: [UInt64]
  /// Mean and spread of the numbers; nil for a category.
  public let moments: Moments?
  /// By slot, the mean contribution of the feature to the margin over the reference's rows; empty if not known.
  ///
  /// With them a shift of the score splits by feature exactly: see ``ScoreShift``.
  public let meanContributions: [Double]

  /// Describes a feature.
  ///
  /// - Parameters:
  ///   - name: The feature's name.
  ///   - bins: Where its values are counted.
  ///   - counts: Rows by slot.
  ///   - moments: Mean and spread of a number.
  ///   - meanContributions: Mean contribution by slot, or empty.
  /// - Throws: ``DriftError`` when the lengths do not fit the bins or no row was counted.
  public init(
    name: String,
    bins: FeatureBins,
    counts: [UInt64],
    moments: Moments?,
    meanContributions: [Double] = []
  ) throws(DriftError) {
    guard counts.count == bins.slotCount,
      meanContributions.isEmpty || meanContributions.count == bins.slotCount
    else { throw DriftError(.invalidDocument, feature: name, "counts or contributions do not fit the bins") }
    guard counts.contains(where: { $0 > 0 }) else {
      throw DriftError(.emptyReference, feature: name, "the reference has no rows")
    }
    self.name = name
    self.bins = bins
    self.counts = counts
    self.moments = moments
    self.meanContributions = meanContributions
  }

  /// Takes the reference of a number.
  ///
  /// - Parameters:
  ///   - name: The feature's name.
  ///   - values: One per row; NaN is missing.
  ///   - contributions: The feature's contribution to the margin of each row, or empty.
  /// - Throws: ``DriftError`` when no row has a value.
  /// - Complexity: O(n log n).
  public init(number name: String, values: [Double], contributions: [Double] = []) throws(DriftError) {
    let present = values.filter { $0 == $0 }
    let bins: QuantileBins
    do { bins = try QuantileBins(sorted: present.sorted()) } catch {
      throw DriftError(error.code, feature: name, error.message)
    }
    try self.init(
      name: name,
      bins: .number(bins),
      values: values,
      moments: Moments(of: present),
      contributions: contributions
    )
  }

  /// Takes the reference of a category.
  ///
  /// - Parameters:
  ///   - name: The feature's name.
  ///   - codes: One per row, the category's code in the dictionary; NaN is missing, a negative one never seen.
  ///   - dictionarySize: How many codes the dictionary has.
  ///   - contributions: The feature's contribution to the margin of each row, or empty.
  /// - Throws: ``DriftError`` when there are no rows.
  public init(
    category name: String,
    codes: [Double],
    dictionarySize: Int,
    contributions: [Double] = []
  ) throws(DriftError) {
    var counts = [UInt64](repeating: 0, count: dictionarySize)
    for code in codes where code >= 0 && code < Double(dictionarySize) { counts[Int(code)] += 1 }
    try self.init(
      name: name,
      bins: .category(CategoryBins(counts: counts)),
      values: codes,
      moments: nil,
      contributions: contributions
    )
  }

  private init(
    name: String,
    bins: FeatureBins,
    values: [Double],
    moments: Moments?,
    contributions: [Double]
  ) throws(DriftError) {
    var counts = [UInt64](repeating: 0, count: bins.slotCount)
    var sums = [Double](repeating: 0, count: contributions.isEmpty ? 0 : bins.slotCount)
    for (row, value) in values.enumerated() {
      let slot = bins.slot(of: value)
      counts[slot] += 1
      if !contributions.isEmpty { sums[slot] += contributions[row] }
    }
    let means = zip(sums, counts).map { sum, count in count == 0 ? 0 : sum / Double(count) }
    try self.init(name: name, bins: bins, counts: counts, moments: moments, meanContributions: means)
  }

  /// Rows of the reference.
  public var rowCount: UInt64 { counts.reduce(0, +) }
}
