import FeaturePipeline

/// The labelled rows of an experiment, divided once: development, in folds, and held out.
struct ExperimentRows: Sendable {
  /// What is trained, with all labelled rows.
  let training: FoldTraining
  /// The number of rows left out, since their outcome is unknown.
  let unlabelledCount: Int
  /// The rows on which everything is chosen, ascending.
  let development: [Int]
  /// The rows on which nothing is chosen, ascending.
  let heldOut: [Int]
  /// The folds of the development rows, by their places, for each repeat.
  let divisions: [StratifiedFolds]

  /// Divides rows.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - declaration: What to train.
  ///   - experiment: How to divide.
  ///   - shufflesTargets: Whether outcomes are shuffled among the rows first.
  /// - Throws: ``TrainingError`` when the rows cannot be learnt from or divided.
  init(
    _ table: ApplicationTable,
    _ declaration: TrainingDeclaration,
    _ experiment: ExperimentDeclaration,
    shufflesTargets: Bool
  ) throws(TrainingError) {
    var parameters = declaration.parameters
    (parameters.folds, parameters.repeats) = (experiment.folds, experiment.repeats)
    let labelled = try LabelledTable(table, parameters: parameters)
    var targets = labelled.targets
    if shufflesTargets {
      var generator = SeededGenerator(seed: experiment.seed, purpose: [17])
      generator.shuffle(&targets)
    }
    training = FoldTraining(
      declaration: declaration.pipeline,
      selection: declaration.selection,
      parameters: parameters,
      table: shufflesTargets ? labelled.table.replacing(targets: targets) : labelled.table,
      targets: targets
    )
    unlabelledCount = labelled.unlabelledCount
    let parts = try StratifiedFolds(
      targets: targets,
      count: max(2, Int((1 / experiment.holdout).rounded())),
      seed: experiment.seed,
      purpose: 18
    )
    heldOut = parts.rows(in: 0)
    development = parts.rows(outside: 0)
    let outcomes = development.map { targets[$0] }
    var divisions: [StratifiedFolds] = []
    for number in 0..<experiment.repeats {
      divisions.append(
        try StratifiedFolds(
          targets: outcomes,
          count: experiment.folds,
          seed: experiment.seed,
          purpose: UInt64(number)
        )
      )
    }
    self.divisions = divisions
    try check(outcomes, experiment)
  }

  /// SMOTE would fail after the search has run for minutes; better to say so before.
  private func check(_ outcomes: [Bool], _ experiment: ExperimentDeclaration) throws(TrainingError) {
    let rarer = min(outcomes.count { $0 }, outcomes.count { !$0 })
    let left = rarer - (rarer + experiment.folds - 1) / experiment.folds
    guard experiment.resamplings.contains(.syntheticMinority), left <= experiment.resampling.neighbours else {
      return
    }
    throw TrainingError(
      .tooFewRows,
      "\(left) training rows of a fold are of the rarer class, too few for SMOTE with "
        + "\(experiment.resampling.neighbours) neighbours; give more rows, or set fewer neighbours or another resampling"
    )
  }

  /// Whether each development row defaulted.
  var developmentTargets: [Bool] { development.map { training.targets[$0] } }
  /// Whether each held-out row defaulted.
  var heldOutTargets: [Bool] { heldOut.map { training.targets[$0] } }

  /// Fits the pipeline for every fold.
  ///
  /// - Parameters:
  ///   - seed: The seed of the experiment.
  ///   - width: The folds fitted at one time.
  /// - Returns: The folds, repeat by repeat.
  /// - Throws: `PipelineError`, `XGBoostError` or ``TrainingError``.
  func folds(seed: UInt64, width: Int) throws -> [FoldRows] {
    let jobs = divisions.indices.flatMap { number in
      (0..<divisions[number].count).map { (number: number, fold: $0) }
    }
    return try concurrentMap(jobs, width: width) { job in
      let places = divisions[job.number].rows(in: job.fold)
      var generator = SeededGenerator(seed: seed, purpose: [UInt64(job.number), UInt64(job.fold), 1])
      return try FoldRows(
        training,
        rows: divisions[job.number].rows(outside: job.fold).map { development[$0] },
        held: places.map { development[$0] },
        heldPlaces: places,
        number: job.number,
        seed: generator.next()
      )
    }
  }

  /// A candidate's predictions with the folds.
  func margins(_ evaluation: CandidateEvaluation) -> OutOfFoldMargins {
    OutOfFoldMargins(
      targets: developmentTargets,
      repeats: zip(divisions, evaluation.margins).map { OutOfFoldMargins.Repeat(folds: $0, margins: $1) }
    )
  }

  /// The rounds for more rows than a fold had: as many for each row.
  func rounds(_ rounds: Int, for rowCount: Int) -> Int {
    let ofFold = Double(development.count) * Double(divisions[0].count - 1) / Double(divisions[0].count)
    return max(1, Int((Double(rounds) * Double(rowCount) / ofFold).rounded()))
  }
}

extension ApplicationTable {
  /// The same rows with other outcomes.
  func replacing(targets: [Bool]) -> ApplicationTable {
    ApplicationTable(
      schema: schema,
      dictionaries: dictionaries,
      ids: ids,
      columns: columns,
      targets: targets.map { $0 ? 1 : 0 }
    )
  }
}
