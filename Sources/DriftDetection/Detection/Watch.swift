/// One distribution that a detector watches: slots of a feature, joined into bins.
public struct Watch: Sendable, Equatable {
  /// What about a feature is watched.
  public enum Kind: String, Sendable, CaseIterable {
    /// Where its values lie, missing and new ones included.
    case distribution
    /// How often it is missing.
    case missing
    /// How often it has a value that the reference never saw.
    case unseen
  }

  /// The feature's position in the reference.
  public let feature: Int
  /// What is watched.
  public let kind: Kind
  /// The bin of each of the feature's slots.
  let bins: [Int]
  /// How many bins there are.
  public let binCount: Int

  /// Watches a feature of a reference.
  ///
  /// - Parameters:
  ///   - kind: What to watch.
  ///   - feature: The feature's position.
  ///   - profile: The reference.
  public init(_ kind: Kind, of feature: Int, in profile: ReferenceProfile) {
    let reference = profile.features[feature].bins
    self.feature = feature
    self.kind = kind
    switch kind {
    case .distribution: bins = reference.groups
    case .missing: bins = (0..<reference.slotCount).map { $0 == reference.missingSlot ? 1 : 0 }
    case .unseen: bins = (0..<reference.slotCount).map { reference.unseenSlots.contains($0) ? 1 : 0 }
    }
    binCount = (bins.max() ?? 0) + 1
  }

  /// Joins the counts of a feature's slots.
  ///
  /// - Parameter counts: One per slot of the feature.
  /// - Returns: One per bin.
  public func joined(_ counts: some Collection<UInt64>) -> [UInt64] {
    var sums = [UInt64](repeating: 0, count: binCount)
    for (bin, count) in zip(bins, counts) { sums[bin] += count }
    return sums
  }

  /// Joins the counts of a feature's slots.
  ///
  /// - Parameters:
  ///   - counts: One per slot of the feature.
  ///   - sums: Receives one per bin, replaced.
  func join(_ counts: ArraySlice<UInt64>, into sums: inout [Double]) {
    for bin in sums.indices { sums[bin] = 0 }
    for (bin, count) in zip(bins, counts) { sums[bin] += Double(count) }
  }
}
