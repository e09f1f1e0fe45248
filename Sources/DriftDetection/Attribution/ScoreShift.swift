/// Which features moved the score: the shift of the mean margin, split by feature.
///
/// With the mean contribution of each slot frozen at training, a feature whose rows moved between slots moved
/// the mean margin by Σ (share now − share then) × mean contribution of the slot. What moved within slots, or
/// through interactions, is not in it: it is the part of the shift that the marginal distributions explain.
public struct ScoreShift: Sendable, Equatable {
  /// One feature's part.
  public struct Part: Sendable, Equatable {
    /// The feature's position in the reference.
    public let feature: Int
    /// How far it moved the mean margin, in log-odds; positive towards default.
    public let shift: Double
  }

  /// Parts of the features whose contributions are known, the largest first.
  public let parts: [Part]

  /// Splits the shift from the reference to a window.
  ///
  /// - Parameters:
  ///   - profile: The reference, with mean contributions.
  ///   - window: The window; an empty one has no shift.
  /// - Precondition: A window of the same reference.
  public init(profile: ReferenceProfile, window: WindowCounts) {
    precondition(window.counts.count == profile.slotCount, "a window of another reference")
    parts = profile.features.indices
      .compactMap { index -> Part? in
        let now = window.counts[profile.slots(of: index)]
        return Self.shift(of: profile.features[index], current: now).map { Part(feature: index, shift: $0) }
      }
      .sorted { ($1.shift.magnitude, $0.feature) < ($0.shift.magnitude, $1.feature) }
  }

  /// How far one feature moved the mean margin; nil where its contributions are not known or the window is empty.
  static func shift(of feature: FeatureReference, current: ArraySlice<UInt64>) -> Double? {
    let rows = (Double(feature.rowCount), Double(current.reduce(0, +)))
    guard !feature.meanContributions.isEmpty, rows.1 > 0 else { return nil }
    var shift = CompensatedSum()
    for ((before, after), mean) in zip(zip(feature.counts, current), feature.meanContributions) {
      shift.add((Double(after) / rows.1 - Double(before) / rows.0) * mean)
    }
    return shift.value
  }

  /// The shift of the mean margin that the features explain together.
  public var total: Double {
    var sum = CompensatedSum()
    for part in parts { sum.add(part.shift) }
    return sum.value
  }
}
