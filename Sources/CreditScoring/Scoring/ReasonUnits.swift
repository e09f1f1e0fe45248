import CreditEvents
import FeaturePipeline

/// The units in which contributions are summed and told, and to which of them each feature belongs.
struct ReasonUnits: Sendable {
  /// The code of each unit, in the order of the policy.
  let codes: [String]
  /// The raw fields behind each unit, in the order of the features.
  let fields: [[String]]
  /// The unit of each feature.
  let unitOfFeature: [Int]

  /// Matches the policy's reasons with the pipeline's features.
  ///
  /// - Throws: ``ScoringModelError`` when a feature has no reason or a reason names no feature.
  init(policy: Policy, pipeline: FittedPipeline) throws(ScoringModelError) {
    var unitOfGroup: [String: Int] = [:]
    for (unit, reason) in policy.reasons.enumerated() {
      for group in reason.groups {
        unitOfGroup[group] = unit
      }
    }
    var fields = [[String]](repeating: [], count: policy.reasons.count)
    var unitOfFeature: [Int] = []
    for feature in pipeline.features {
      guard let unit = unitOfGroup[feature.group] else {
        throw ScoringModelError(
          .unfitParts,
          path: "policy.reasons",
          "\"\(feature.group)\" is scored but no reason names it: add one, so that it can be told"
        )
      }
      unitOfFeature.append(unit)
      for field in feature.fields where !fields[unit].contains(field) {
        fields[unit].append(field)
      }
    }
    let groups = Set(pipeline.features.map(\.group))
    for (unit, reason) in policy.reasons.enumerated() {
      for group in reason.groups where !groups.contains(group) {
        throw ScoringModelError(
          .unfitParts,
          path: "policy.reasons[\(unit)].groups",
          "\"\(group)\" is not scored: a reason names fields and derived features that the model sees"
        )
      }
    }
    codes = policy.reasons.map(\.code)
    self.fields = fields
    self.unitOfFeature = unitOfFeature
  }

  /// Sums the contributions of each unit, features in ascending order.
  ///
  /// - Parameters:
  ///   - contributions: One value for each feature.
  ///   - sums: Receives one value for each unit.
  func sum(_ contributions: [Double], into sums: inout [Double]) {
    for unit in sums.indices {
      sums[unit] = 0
    }
    for feature in unitOfFeature.indices {
      sums[unitOfFeature[feature]] += contributions[feature]
    }
  }

  /// The units that raise the margin most.
  ///
  /// - Parameter sums: The contribution of each unit.
  /// - Returns: At most ``Decision/maximumReasons``, the strongest first, of equals the first in the policy.
  func strongest(_ sums: [Double]) -> [Decision.Reason] {
    var best: [Int] = []
    best.reserveCapacity(Decision.maximumReasons + 1)
    for unit in sums.indices where sums[unit] > 0 {
      let place = best.firstIndex { sums[$0] < sums[unit] } ?? best.count
      guard place < Decision.maximumReasons else { continue }
      best.insert(unit, at: place)
      if best.count > Decision.maximumReasons { best.removeLast() }
    }
    return best.map { Decision.Reason(code: codes[$0], fields: fields[$0], contribution: sums[$0]) }
  }
}
