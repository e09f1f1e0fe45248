/// The Wasserstein (earth mover's) distance: how far values moved, in the feature's own unit.
///
/// The area between two distribution functions (Vallender, Theory of Probability and its Applications 18,
/// 1974). Divided by the reference's standard deviation it can be compared between features.
public enum Wasserstein {
  /// The distance of two samples of rows.
  ///
  /// - Parameters:
  ///   - reference: Values, ascending, none missing, at least one.
  ///   - current: Values, ascending, none missing, at least one.
  /// - Returns: The distance in the feature's unit, from 0; NaN when a sample is empty.
  /// - Complexity: O(n₁ + n₂).
  public static func distance(reference: [Double], current: [Double]) -> Double {
    guard !reference.isEmpty, !current.isEmpty else { return .nan }
    var area = CompensatedSum()
    var (i, j) = (0, 0)
    var position = min(reference[0], current[0])
    while i < reference.count || j < current.count {
      let next = min(
        i < reference.count ? reference[i] : .infinity,
        j < current.count ? current[j] : .infinity
      )
      let gap = Double(i) / Double(reference.count) - Double(j) / Double(current.count)
      if next > position { area.add(gap.magnitude * (next - position)) }
      position = next
      while i < reference.count, reference[i] == next { i += 1 }
      while j < current.count, current[j] == next { j += 1 }
    }
    return area.value
  }

  /// An estimate from counts in quantile bins, whose values are taken to lie evenly within each bin.
  ///
  /// What lies outside the reference's range is taken to lie at its end, so that a far shift is underestimated.
  ///
  /// - Parameters:
  ///   - bins: The bins.
  ///   - reference: Rows by slot of the bins.
  ///   - current: Rows by slot of the bins.
  /// - Returns: The distance in the feature's unit, from 0; NaN when a sample has no values.
  public static func distance(bins: QuantileBins, reference: [UInt64], current: [UInt64]) -> Double {
    let present = 0..<bins.missingSlot
    let rows = (Double(reference[present].reduce(0, +)), Double(current[present].reduce(0, +)))
    guard rows.0 > 0, rows.1 > 0 else { return .nan }
    let ends = [bins.least] + bins.edges + [bins.largest]
    var gap = Double(reference[0]) / rows.0 - Double(current[0]) / rows.1
    var area = CompensatedSum()
    for bin in 1..<bins.aboveSlot {
      let width = ends[bin] - ends[bin - 1]
      let after = gap + Double(reference[bin]) / rows.0 - Double(current[bin]) / rows.1
      // The gap runs linearly across the bin; where it changes sign the area is two triangles.
      if gap.sign == after.sign || gap == 0 || after == 0 {
        area.add((gap + after).magnitude / 2 * width)
      } else {
        area.add((gap * gap + after * after) / (gap.magnitude + after.magnitude) / 2 * width)
      }
      gap = after
    }
    return area.value
  }
}
