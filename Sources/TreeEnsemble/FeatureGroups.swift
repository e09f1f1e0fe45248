/// Which features tell of the same raw field, so that their contributions are one.
public struct FeatureGroups: Sendable, Equatable {
  /// The group of each feature, 0..<``count``.
  public let groupOfFeature: [Int]
  /// The number of groups.
  public let count: Int

  /// Creates groups.
  ///
  /// - Parameter groupOfFeature: The group of each feature; groups are counted from 0, and none is empty.
  /// - Precondition: There are no more groups than features, and no negative ones.
  public init(groupOfFeature: [Int]) {
    count = (groupOfFeature.max() ?? -1) + 1
    precondition(groupOfFeature.allSatisfy { $0 >= 0 }, "groups are counted from 0")
    precondition(count <= groupOfFeature.count, "no group may be empty")
    self.groupOfFeature = groupOfFeature
  }
}
