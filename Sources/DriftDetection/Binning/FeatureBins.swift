/// Where the values of one feature are counted: bins frozen with the model.
public enum FeatureBins: Sendable, Equatable {
  /// A number, in quantiles of the reference.
  case number(QuantileBins)
  /// A category, by its code in the pipeline's dictionary.
  case category(CategoryBins)

  /// How many slots the feature takes.
  public var slotCount: Int {
    switch self {
    case .number(let bins): bins.slotCount
    case .category(let bins): bins.slotCount
    }
  }

  /// The slot of missing values, always the last.
  public var missingSlot: Int { slotCount - 1 }

  /// The slots of values that the reference never saw: outside its range, or a new category.
  public var unseenSlots: [Int] {
    switch self {
    case .number(let bins): [bins.belowSlot, bins.aboveSlot]
    case .category(let bins): [bins.unseenSlot]
    }
  }

  /// For each slot, the coarser bin that statistics and alarms look at.
  ///
  /// Deciles of a number and missing; the slots themselves of a category, but for that of a rest it does not have. Twenty bins see shape in a report,
  /// ten carry less noise per event.
  public var groups: [Int] {
    switch self {
    case .number(let bins): bins.deciles + [bins.decileCount]
    case .category(let bins):
      // Without a rest nothing can fall into its slot, and a bin that stays empty would only cost power.
      bins.hasRest
        ? Array(0..<bins.slotCount)
        : (0..<bins.slotCount).map { $0 < bins.unseenSlot ? min($0, bins.restSlot) : $0 - 1 }
    }
  }

  /// The slot of a value.
  ///
  /// - Parameter value: A number or a category's code; NaN is missing.
  /// - Returns: A slot, from 0.
  /// - Complexity: O(bins); counting many events is ``EventCounter``'s work.
  public func slot(of value: Double) -> Int {
    switch self {
    case .number(let bins): bins.slot(of: value)
    case .category(let bins): bins.slot(of: value)
    }
  }

  /// Adds up the counts of the slots of each coarser bin.
  ///
  /// - Parameter counts: One per slot.
  /// - Returns: One per group of ``groups``.
  public func grouped(_ counts: some Collection<UInt64>) -> [UInt64] {
    let groups = groups
    var sums = [UInt64](repeating: 0, count: (groups.max() ?? -1) + 1)
    for (group, count) in zip(groups, counts) { sums[group] += count }
    return sums
  }
}
