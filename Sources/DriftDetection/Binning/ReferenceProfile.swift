/// What a population looked like when the model was trained: the reference that windows are held against.
public struct ReferenceProfile: Sendable, Equatable {
  /// The features in the order in which events give their values.
  public let features: [FeatureReference]
  /// Where each feature's slots begin in one flat array of counts; one more than there are features.
  public let offsets: [Int]

  /// Puts features together.
  ///
  /// - Parameter features: At least one, with different names.
  /// - Throws: ``DriftError`` when there is none or two have one name.
  public init(features: [FeatureReference]) throws(DriftError) {
    guard !features.isEmpty else {
      throw DriftError(.emptyReference, "no feature to watch; declare at least one")
    }
    var names: Set<String> = []
    for feature in features where !names.insert(feature.name).inserted {
      throw DriftError(.invalidDocument, feature: feature.name, "it stands twice in the reference")
    }
    self.features = features
    offsets = features.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.bins.slotCount) }
  }

  /// How many counts one window holds.
  public var slotCount: Int { offsets[features.count] }

  /// The slots of a feature in the flat array of counts.
  ///
  /// - Parameter feature: The feature's position.
  /// - Returns: Its range of slots.
  public func slots(of feature: Int) -> Range<Int> { offsets[feature]..<offsets[feature + 1] }
}
