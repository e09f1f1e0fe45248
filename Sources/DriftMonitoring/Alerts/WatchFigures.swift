public import DriftDetection

/// What a window says about one watch: the counts by bin and the index that they give.
public struct WatchFigures: Sendable, Equatable {
  /// Rows of the reference by bin.
  public let reference: [UInt64]
  /// Events of the window by bin.
  public let current: [UInt64]
  /// The population stability index; 0 for an empty window.
  public let stability: Double
  /// The index that chance alone exceeds in 5 of 100 windows of this size.
  public let noise: Double

  /// Reads a window.
  ///
  /// - Parameters:
  ///   - watch: What is watched.
  ///   - profile: The reference.
  ///   - window: A window of the same reference.
  public init(_ watch: Watch, _ profile: ReferenceProfile, _ window: WindowCounts) {
    let feature = profile.features[watch.feature]
    reference = watch.joined(feature.counts)
    current = watch.joined(window.counts[profile.slots(of: watch.feature)])
    let rows = (reference.reduce(0, +), current.reduce(0, +))
    stability = rows.1 == 0 ? 0 : PopulationStability.index(reference: reference, current: current)
    noise = PopulationStability.noise(
      exceededWith: AlertComposer.noiseProbability,
      binCount: zip(reference, current).count { $0 > 0 || $1 > 0 },
      referenceRows: rows.0,
      currentRows: rows.1
    )
  }

  /// Events of the window.
  public var events: UInt64 { current.reduce(0, +) }
  /// The share of the last bin at training: of a watch with two bins what it watches.
  var referenceShare: Double { Self.share(reference) }
  /// The share of the last bin in the window.
  var currentShare: Double { Self.share(current) }

  private static func share(_ counts: [UInt64]) -> Double {
    let all = counts.reduce(0, +)
    return all == 0 ? 0 : Double(counts.last ?? 0) / Double(all)
  }
}
