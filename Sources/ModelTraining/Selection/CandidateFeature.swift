import CreditEvents
import FeaturePipeline

/// A field, aggregate of history or derived feature that could become part of a model, with its raw values.
struct CandidateFeature: Sendable {
  /// Its name.
  let name: String
  /// A value for each row: a number, a flag's 0 or 1, a category's code; NaN is missing.
  let values: [Double]
  /// Whether the values are codes of categories.
  let isCategory: Bool

  /// All candidates of a pipeline.
  ///
  /// - Parameters:
  ///   - declaration: The pipeline.
  ///   - table: Rows that were read with its schema.
  /// - Returns: The fields, the aggregates and the derived features that would become features, in their order.
  /// - Throws: `PipelineError` for a formula that does not fit.
  static func all(
    of declaration: PipelineDeclaration,
    in table: ApplicationTable
  ) throws(PipelineError) -> [CandidateFeature] {
    var candidates: [CandidateFeature] = []
    for (slot, field) in declaration.readFields.enumerated()
    where !field.isProtected && field.isFeature != false {
      candidates.append(
        CandidateFeature(name: field.name, values: table.columns[slot], isCategory: field.kind == .category)
      )
    }
    for (index, aggregate) in declaration.aggregates.enumerated() where aggregate.isFeature {
      let values = table.columns[table.schema.readCount + index]
      candidates.append(CandidateFeature(name: aggregate.name, values: values, isCategory: false))
    }
    let columns = try table.columns(of: declaration.derived)
    for (derived, values) in zip(declaration.derived, columns) where derived.isFeature {
      candidates.append(CandidateFeature(name: derived.name, values: values, isCategory: false))
    }
    return candidates
  }
}
