/// Bins of a number: quantiles of the reference, what lies outside the reference's range, and missing.
///
/// Up to 20 bins of about equal reference mass, `(e[i−1], e[i]]`, whose outer ends are the reference's least
/// and largest value. Ties merge edges, so there can be fewer. Slots, in order: below the least value, the
/// bins from left to right, above the largest value, missing.
public struct QuantileBins: Sendable, Equatable {
  /// How many quantile bins a reference without ties gives.
  public static let resolution = 20

  /// The reference's least value; smaller ones fall below.
  public let least: Double
  /// The reference's largest value; larger ones fall above.
  public let largest: Double
  /// Inner edges, strictly increasing, at most 19; each belongs to the bin on its left.
  public let edges: [Double]
  /// For each slot but the last, the decile it is part of, counted from 0.
  ///
  /// Deciles are unions of neighbouring slots, also where ties merged edges; what lies outside the
  /// reference's range belongs to the outermost deciles.
  public let deciles: [Int]

  /// Takes the quantiles of a reference.
  ///
  /// Quantiles are interpolated linearly between order statistics (Hyndman and Fan's type 7, NumPy's default).
  ///
  /// - Parameter sorted: The reference's values that are not missing, ascending, at least one.
  /// - Throws: ``DriftError`` when there is no value.
  public init(sorted: [Double]) throws(DriftError) {
    guard let least = sorted.first, let largest = sorted.last else {
      throw DriftError(.emptyReference, "no row has a value; drop the feature or give more rows")
    }
    let quantiles = (1..<Self.resolution).map {
      Self.quantile(Double($0) / Double(Self.resolution), of: sorted)
    }
    self.init(least: least, largest: largest, quantiles: quantiles)
  }

  /// Reads bins that were written down.
  ///
  /// - Parameters:
  ///   - least: The reference's least value.
  ///   - largest: The reference's largest value.
  ///   - edges: Inner edges, strictly increasing.
  ///   - decileEdges: Those of the edges that bound deciles, in the same order.
  /// - Throws: ``DriftError`` when the numbers do not increase or a decile's edge is not among the edges.
  public init(least: Double, largest: Double, edges: [Double], decileEdges: [Double]) throws(DriftError) {
    guard edges.count < Self.resolution, least <= largest,
      zip(edges, edges.dropFirst()).allSatisfy(<), edges.allSatisfy({ least <= $0 && $0 <= largest })
    else {
      throw DriftError(.invalidDocument, "edges do not increase from the least to the largest value")
    }
    guard zip(decileEdges, decileEdges.dropFirst()).allSatisfy(<), decileEdges.allSatisfy(edges.contains)
    else {
      throw DriftError(.invalidDocument, "an edge of the deciles is not an edge of the bins")
    }
    self.least = least
    self.largest = largest
    self.edges = edges
    deciles = Self.deciles(edges: edges, decileEdges: decileEdges)
  }

  private init(least: Double, largest: Double, quantiles: [Double]) {
    self.least = least
    self.largest = largest
    edges = Self.withoutTies(quantiles)
    // Every second quantile, by position, as ties may have merged any of them.
    let decileEdges = Self.withoutTies(stride(from: 1, to: quantiles.count, by: 2).map { quantiles[$0] })
    deciles = Self.deciles(edges: edges, decileEdges: decileEdges)
  }

  /// How many slots there are: below, the bins, above, missing.
  public var slotCount: Int { edges.count + 4 }
  /// The slot of values below the reference's least.
  public var belowSlot: Int { 0 }
  /// The slot of values above the reference's largest.
  public var aboveSlot: Int { edges.count + 2 }
  /// The slot of missing values.
  public var missingSlot: Int { edges.count + 3 }
  /// How many deciles remain after ties merged edges.
  public var decileCount: Int { (deciles.last ?? 0) + 1 }
  /// The edges between the deciles.
  public var decileEdges: [Double] {
    edges.indices.filter { deciles[$0 + 1] != deciles[$0 + 2] }.map { edges[$0] }
  }

  /// The slot of a value.
  ///
  /// Values are compared in single precision, as wide vectors do it: what differs by less than a ten-millionth of
  /// itself is the same to a distribution.
  ///
  /// - Parameter value: A number; NaN is missing.
  /// - Returns: A slot, from 0.
  public func slot(of value: Double) -> Int {
    let value = Float(value)
    guard value == value else { return missingSlot }
    if value < Float(least) { return belowSlot }
    if value > Float(largest) { return aboveSlot }
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if Float(edges[middle]) < value { low = middle + 1 } else { high = middle }
    }
    return 1 + low
  }

  /// NumPy's `quantile(..., method="linear")`.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    let fraction = position - Double(below)
    let difference = sorted[above] - sorted[below]
    // From the nearer end, as NumPy does, so that edges agree to the bit.
    return fraction < 0.5
      ? sorted[below] + difference * fraction : sorted[above] - difference * (1 - fraction)
  }

  private static func withoutTies(_ ascending: [Double]) -> [Double] {
    ascending.reduce(into: []) { unique, edge in if unique.last != edge { unique.append(edge) } }
  }

  private static func deciles(edges: [Double], decileEdges: [Double]) -> [Int] {
    var deciles = [0, 0]
    for edge in edges { deciles.append(deciles[deciles.count - 1] + (decileEdges.contains(edge) ? 1 : 0)) }
    return deciles + [deciles[deciles.count - 1]]
  }
}
