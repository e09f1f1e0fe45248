extension FittedPipeline {
  /// Learns medians, categories and rates from a table.
  ///
  /// Sums run in the order of the rows; the same declaration, table and seed give the same pipeline anywhere.
  /// A category that no row of the table has is unknown to the pipeline unless the declaration or a formula
  /// names it. A constant column stays as it is (standardised, it is 0); a column without any value is refused
  /// where a statistic is asked of it and stays missing elsewhere.
  ///
  /// - Parameters:
  ///   - declaration: The declaration.
  ///   - table: The training table, read with the declaration's schema.
  ///   - seed: Decides the folds of target encodings; it has no influence on the pipeline itself.
  ///   - rules: Conditions of a policy, whose categories are made known.
  ///   - omitted: Fields and derived features that a selection leaves out: the pipeline has no features of them.
  /// - Returns: The fitted pipeline.
  /// - Throws: ``PipelineError`` with the place in the declaration.
  public static func fit(
    _ declaration: PipelineDeclaration,
    table: ApplicationTable,
    seed: UInt64,
    rules: [Expression] = [],
    omitting omitted: [OmittedFeature] = []
  ) throws(PipelineError) -> FittedPipeline {
    try PipelineFitter(declaration, table: table, seed: seed, rules: rules, omitting: omitted).fit()
  }

  /// Learns from a table and transforms its rows for training a model.
  ///
  /// Target encodings of these rows are fitted out of fold: no row's outcome reaches its own features. That is
  /// the only difference from ``transform(_:)-(ApplicationTable)`` of the same table.
  ///
  /// - Parameters:
  ///   - declaration: The declaration.
  ///   - table: The training table, read with the declaration's schema.
  ///   - seed: Decides the folds of target encodings.
  ///   - rules: Conditions of a policy, whose categories are made known.
  ///   - omitted: Fields and derived features that a selection leaves out: the pipeline has no features of them.
  /// - Returns: The fitted pipeline and the training rows.
  /// - Throws: ``PipelineError`` with the place in the declaration.
  public static func fitTransform(
    _ declaration: PipelineDeclaration,
    table: ApplicationTable,
    seed: UInt64,
    rules: [Expression] = [],
    omitting omitted: [OmittedFeature] = []
  ) throws(PipelineError) -> (pipeline: FittedPipeline, matrix: FeatureMatrix) {
    let fitter = try PipelineFitter(
      declaration,
      table: table,
      seed: seed,
      rules: rules,
      omitting: omitted
    )
    let pipeline = try fitter.fit()
    var matrix = try pipeline.transform(table)
    fitter.putOutOfFold(pipeline, into: &matrix)
    return (pipeline, matrix)
  }
}
