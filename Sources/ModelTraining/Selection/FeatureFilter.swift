import FeaturePipeline
import Reports

/// The rules of a selection that need no model: missing values, variance and mutual correlation.
struct FeatureFilter: Sendable {
  /// The rules.
  let rules: SelectionDeclaration
  /// Whether each row defaulted.
  let targets: [Bool]

  /// Finds what the rules leave out.
  ///
  /// - Parameter candidates: All candidates, with a value for each row.
  /// - Returns: What is left out, rule by rule.
  func omitted(_ candidates: [CandidateFeature]) -> [OmittedFeature] {
    var omitted: [OmittedFeature] = []
    var kept = candidates
    func leaveOut(_ rule: OmittedFeature.Rule, _ reason: (CandidateFeature) -> String?) {
      kept.removeAll { candidate in
        guard let reason = reason(candidate) else { return false }
        omitted.append(OmittedFeature(name: candidate.name, rule: rule, reason: reason))
        return true
      }
    }
    leaveOut(.missingShare) { missingReason($0) }
    leaveOut(.nearZeroVariance) { varianceReason($0) }
    return omitted + correlated(kept)
  }

  private func missingReason(_ candidate: CandidateFeature) -> String? {
    guard let limit = rules.missingShare else { return nil }
    let share = Double(candidate.values.count { $0.isNaN }) / Double(candidate.values.count)
    guard share > limit else { return nil }
    return "missing in \(percent(share)) of the training rows, more than \(percent(limit))"
  }

  private func varianceReason(_ candidate: CandidateFeature) -> String? {
    guard let limit = rules.nearZeroVariance else { return nil }
    var counts: [Double: Int] = [:]
    var missing = 0
    for value in candidate.values {
      if value.isNaN { missing += 1 } else { counts[value, default: 0] += 1 }
    }
    let share = Double(max(missing, counts.values.max() ?? 0)) / Double(candidate.values.count)
    guard share > limit || counts.count + (missing > 0 ? 1 : 0) == 1 else { return nil }
    return "the same value in \(percent(share)) of the training rows, more than \(percent(limit))"
  }

  /// Goes through the candidates from the one that tells most about the outcome to the one that tells least, and
  /// leaves out what is too close to one that is kept.
  private func correlated(_ candidates: [CandidateFeature]) -> [OmittedFeature] {
    guard let limit = rules.correlation else { return [] }
    let strengths = candidates.map {
      UnivariateStrength(values: $0.values, isCategory: $0.isCategory, targets: targets).area
    }
    let order = candidates.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }
    var kept: [Int] = []
    var reasons: [Int: String] = [:]
    for index in order {
      let candidate = candidates[index]
      for other in kept where candidates[other].isCategory == candidate.isCategory {
        let strength = Self.association(candidate, candidates[other])
        guard strength.magnitude > limit else { continue }
        let name = candidate.isCategory ? "Cramér's V" : "Spearman's correlation"
        reasons[index] =
          "\(name) \(NumberText.fixed(strength, digits: 4)) with \(candidates[other].name), which tells more "
          + "about the outcome and is kept"
        break
      }
      if reasons[index] == nil { kept.append(index) }
    }
    return candidates.indices.compactMap { index in
      reasons[index].map { OmittedFeature(name: candidates[index].name, rule: .correlation, reason: $0) }
    }
  }

  private static func association(_ left: CandidateFeature, _ right: CandidateFeature) -> Double {
    left.isCategory
      ? ContingencyTable(left.values, right.values).cramersV
      : Correlation.spearman(left.values, right.values)
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, digits: 2) + " %" }
}
