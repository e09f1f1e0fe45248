public import FeaturePipeline

/// One training: validate out of fold, choose by it, and refit on all rows.
///
/// Every row is predicted several times by models that did not see it. From these predictions come the number
/// of rounds, the calibration, the threshold and all figures of the report; then the pipeline and the trees
/// are fitted to all rows. The run is a function of declaration, table and seed: the same give the same model,
/// byte for byte, on any number of cores.
public struct TrainingRun: Sendable {
  /// What to train.
  public let declaration: TrainingDeclaration
  /// The rows to learn from, read with the declaration's schema.
  public let table: ApplicationTable
  /// The seed and the rest.
  public let options: TrainingOptions

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - declaration: What to train.
  ///   - table: The rows to learn from, read with the declaration's schema.
  ///   - options: The seed and the rest.
  public init(
    declaration: TrainingDeclaration,
    table: ApplicationTable,
    options: TrainingOptions = TrainingOptions()
  ) {
    self.declaration = declaration
    self.table = table
    self.options = options
  }

  /// Trains.
  ///
  /// - Parameter progress: Called after each step, from several threads but one at a time.
  /// - Returns: The model, ready to be registered, and the report on it.
  /// - Throws: ``TrainingError``, `PipelineError` or `XGBoostError`; nothing was written then.
  public func run(
    progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> TrainedModel {
    if let problem = declaration.validate().first {
      throw TrainingError(.invalidDeclaration, "\(problem)")
    }
    let rows = try LabelledTable(table, parameters: declaration.parameters)
    let folds = FoldTraining(
      declaration: declaration.pipeline,
      selection: declaration.selection,
      parameters: declaration.parameters,
      table: rows.table,
      targets: rows.targets
    )
    let validation = CrossValidation(training: folds, seed: options.seed, width: options.concurrentFits)
    // The refit sees more rows than a fold, without early stopping before it: about as long as two folds.
    let stepCount = Double(validation.foldCount + 2)
    progress(TrainingProgress(fraction: 0, text: "\(rows.targets.count) rows, \(validation.foldCount) folds"))
    let validated = try validation.run { done, text in
      progress(TrainingProgress(fraction: Double(done) / stepCount, text: text))
    }
    let selection = DecisionSelection(on: validated.margins, cost: ExpectedCost(declaration.policy.costs))
    progress(TrainingProgress(fraction: Double(validation.foldCount) / stepCount, text: "refit on all rows"))
    var generator = SeededGenerator(seed: options.seed, purpose: [2])
    let refit = try Refit(
      folds,
      rounds: max(1, Int((validated.roundsPerRow * Double(rows.targets.count)).rounded())),
      seed: generator.next(),
      rules: declaration.policy.knockOuts.map { try Expression($0.when) }
    )
    let policy = try declaration.policy.policy(
      around: selection.threshold,
      explaining: refit.pipeline,
      of: declaration.pipeline
    )
    let reference = try ReferencePopulation(
      pipeline: refit.pipeline,
      modelJSON: refit.modelJSON,
      calibration: selection.calibration,
      policy: policy,
      rows: folds,
      margins: validated.margins.repeats[0].margins,
      explainedRows: options.explainedRows,
      width: options.concurrentFits
    ).reference()
    let model = TrainedModel(
      pipeline: refit.pipeline,
      modelJSON: refit.modelJSON,
      calibration: selection.calibration,
      policy: policy,
      reference: reference,
      goldenEvents: try GoldenEvents(table: rows.table).make(seed: generator.next()),
      report: makeReport(rows, validated: validated, selection: selection, refit: refit, policy: policy)
    )
    progress(TrainingProgress(fraction: 1, text: "\(refit.rounds) rounds on \(rows.targets.count) rows"))
    return model
  }
}
