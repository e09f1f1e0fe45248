import CreditScoring
import FeaturePipeline

extension PolicyDeclaration {
  /// The policy around a threshold, with a text for each reason.
  ///
  /// - Parameters:
  ///   - threshold: The probability of default at which granting and declining part.
  ///   - pipeline: The fitted pipeline, whose features the reasons name.
  ///   - declaration: The pipeline's declaration, for the labels.
  /// - Returns: The policy; a field or derived feature that no declared reason names is told by its label.
  /// - Throws: `ScoringModelError` when the policy contradicts itself or the pipeline.
  func policy(
    around threshold: Double,
    explaining pipeline: FittedPipeline,
    of declaration: PipelineDeclaration
  ) throws(ScoringModelError) -> Policy {
    let labels = Set(pipeline.features.map(\.group)).map { ($0, declaration.label(of: $0)) }
    let omitted = Set(pipeline.omitted.map(\.name))
    return try Policy(
      version: version,
      costs: costs,
      referFrom: threshold * referBand[0],
      declineFrom: min(threshold * referBand[1], 1),
      points: points,
      reasonsMode: reasonsMode,
      knockOuts: knockOuts.map { Policy.KnockOut(code: $0.code, condition: $0.when, texts: $0.texts) },
      // The file's order of codes is not kept by a dictionary; theirs decides only between equal contributions.
      reasons: reasons.sorted { $0.key < $1.key }.compactMap { code, reason in
        // What a selection left out contributes nothing and can be no reason.
        let groups = reason.groups.filter { !omitted.contains($0) }
        return groups.isEmpty ? nil : Policy.ReasonText(code: code, groups: groups, texts: reason.texts)
      }
    ).explaining(pipeline, labels: Dictionary(uniqueKeysWithValues: labels))
  }
}
