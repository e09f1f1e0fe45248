public import FeaturePipeline

extension Policy {
  /// The policy with a reason of its own for each group of features that none of its reasons names.
  ///
  /// The code of such a reason is the group's name. So every feature of the pipeline can be told as a reason and
  /// none is told under another's name.
  ///
  /// - Parameters:
  ///   - pipeline: The pipeline whose features are explained.
  ///   - labels: What a field or derived feature is called, by language; the name stands where there is none.
  ///   - languages: The languages to write texts in where the policy has no text yet.
  /// - Returns: The policy, its own reasons first.
  /// - Throws: ``ScoringModelError`` when a reason of another group already has a group's name as its code.
  public func explaining(
    _ pipeline: FittedPipeline,
    labels: [String: [String: String]] = [:],
    languages: [String] = ["en", "fr"]
  ) throws(ScoringModelError) -> Policy {
    let languages = self.languages.isEmpty ? languages : self.languages
    var known = Set(reasons.flatMap(\.groups))
    var reasons = reasons
    for feature in pipeline.features where known.insert(feature.group).inserted {
      var texts: [String: String] = [:]
      for language in languages {
        texts[language] = labels[feature.group]?[language] ?? feature.group
      }
      reasons.append(ReasonText(code: feature.group, groups: [feature.group], texts: texts))
    }
    return try Policy(
      version: version,
      costs: costs,
      referFrom: referFrom,
      declineFrom: declineFrom,
      points: points,
      reasonsMode: reasonsMode,
      knockOuts: knockOuts,
      reasons: reasons
    )
  }
}
