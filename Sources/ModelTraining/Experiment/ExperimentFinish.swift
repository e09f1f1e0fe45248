import CreditEvents
import CreditScoring
import FeaturePipeline
import TreeEnsemble
import XGBoost

/// What follows the search: held-out figures of the best, the refit on all rows, and the report.
struct ExperimentFinish: Sendable {
  /// What is run.
  let run: ExperimentRun
  /// The rows.
  let rows: ExperimentRows
  /// The candidates, best first.
  let ranked: [RankedCandidate]
  /// What all candidates have in common.
  let options: CandidateOptions

  private var experiment: ExperimentDeclaration { run.experiment }
  private var costs: Policy.Costs { run.declaration.policy.costs }

  /// The best of each kind, the best tree model first: the one that is put into the bundle.
  private var finalists: [RankedCandidate] {
    let best = ModelKind.allCases.compactMap { kind in ranked.firstIndex { $0.candidate.kind == kind } }
      .sorted()
    let chosen = best.first { ranked[$0].candidate.kind.isTree } ?? 0
    return ([chosen] + best.filter { $0 != chosen }).map { ranked[$0] }
  }

  /// Finishes the experiment.
  ///
  /// - Parameter progress: Called after each step with the effort it took.
  /// - Returns: The model and the report.
  /// - Throws: `PipelineError`, `XGBoostError`, `ScoringModelError` or ``TrainingError``.
  func outcome(_ progress: @Sendable (Double, String) -> Void) throws -> ExperimentOutcome {
    let finalists = self.finalists
    let chosen = finalists[0]
    let holdout = try measureHoldout(finalists)
    progress(3, "held-out rows")
    let policy = run.declaration.policy
    let fits = try concurrentMap([0, 1] as [UInt64], width: run.options.width) { attempt in
      try FinalModel(chosen, self, attempt: attempt)
    }
    progress(5, "refit on all rows, twice")
    let bundlePolicy = try policy.policy(
      around: chosen.selection.threshold,
      explaining: fits[0].pipeline,
      of: run.declaration.pipeline
    )
    let decisions = DecisionFigures(
      chosen.selection,
      policy: bundlePolicy,
      draws: experiment.bootstrapDraws,
      seed: experiment.seed
    )
    let sample = try fits[0].pipeline.transform(
      rows.training.table.subset(rows: Array(sampleRows.prefix(experiment.explainedRows)))
    )
    let explanation = ExplanationFigures(
      try TreeEnsemble(xgboostJSON: fits[0].modelJSON),
      sample,
      groups: fits[0].pipeline.features.map(\.group),
      permutation: holdout.permutation
    )
    let agreement = try ReasonComparison(
      fits,
      calibration: chosen.selection.calibration,
      policy: policy,
      of: run.declaration.pipeline,
      around: chosen.selection.threshold
    ).agreement(on: rows.training.table, rows: sampleRows)
    progress(2, "explanations")
    let report = try makeReport(
      finalists,
      holdout,
      decisions,
      explanation,
      agreement,
      fits[0],
      policy: bundlePolicy
    )
    let reference = try ReferencePopulation(
      pipeline: fits[0].pipeline,
      modelJSON: fits[0].modelJSON,
      calibration: chosen.selection.calibration,
      policy: bundlePolicy,
      rows: rows.training,
      margins: unseenMargins(chosen, holdout.chosenMargins),
      width: run.options.width
    ).reference()
    var generator = SeededGenerator(seed: experiment.seed, purpose: [19])
    return ExperimentOutcome(
      pipeline: fits[0].pipeline,
      modelJSON: fits[0].modelJSON,
      calibration: chosen.selection.calibration,
      policy: bundlePolicy,
      reference: reference,
      goldenEvents: try GoldenEvents(table: rows.training.table).make(seed: generator.next()),
      report: report,
      predictions: predictions(chosen, holdout.chosenMargins)
    )
  }

  /// All rows in a drawn order, for what is shown of single applications.
  private var sampleRows: [Int] {
    var order = Array(rows.training.targets.indices)
    var generator = SeededGenerator(seed: experiment.seed, purpose: [20])
    generator.shuffle(&order)
    return order
  }

  /// What the finalists say about the held-out rows.
  struct Holdout: Sendable {
    /// Their figures, in their order.
    let figures: [HoldoutFigures]
    /// The margins of the chosen one.
    let chosenMargins: [Float]
    /// The fall of its area when a field is shuffled.
    let permutation: [String: Double]
    /// Whether the last figures are the champion's.
    let hasChampion: Bool
  }

  private func measureHoldout(_ finalists: [RankedCandidate]) throws -> Holdout {
    var generator = SeededGenerator(seed: experiment.seed, purpose: [21])
    let fold = try FoldRows(
      rows.training,
      rows: rows.development,
      held: rows.heldOut,
      heldPlaces: [],
      number: 0,
      seed: generator.next()
    )
    let fitted = try concurrentMap(Array(finalists.enumerated()), width: run.options.width) {
      place,
      finalist in
      let model = try FittedCandidate(
        finalist.candidate,
        rows: fold.training,
        groups: fold.groups,
        rounds: rows.rounds(finalist.evaluation.rounds, for: rows.development.count),
        options: options,
        seed: fold.seed
      )
      let falls =
        place == 0
        ? try PermutedFields.falls(of: model, on: fold.held, groups: fold.groups, seed: fold.seed) : [:]
      return (margins: try model.margins(of: fold.held), falls: falls)
    }
    var predictions = zip(finalists, fitted).map { finalist, fitted in
      HoldoutPrediction(
        name: finalist.candidate.key,
        kind: finalist.candidate.kind,
        scores: fitted.margins.map(Double.init),
        probabilities: fitted.margins.map { finalist.selection.calibration.probability(margin: $0) },
        threshold: finalist.selection.threshold
      )
    }
    if let champion = run.options.champion {
      predictions.append(try ChampionPrediction(champion).predict(rows.training.table, rows: rows.heldOut))
    }
    let targets = rows.heldOutTargets
    return Holdout(
      figures: predictions.map {
        HoldoutFigures($0, chosen: predictions[0], targets: targets, cost: ExpectedCost(costs))
      },
      chosenMargins: fitted[0].margins,
      permutation: fitted[0].falls,
      hasChampion: run.options.champion != nil
    )
  }

  /// The margin of every row from a model that did not see it: out of fold, or on the held-out rows.
  private func unseenMargins(_ chosen: RankedCandidate, _ heldOut: [Float]) -> [Float] {
    var margins = [Float](repeating: .nan, count: rows.training.targets.count)
    for (row, margin) in zip(rows.development, chosen.margins.repeats[0].margins) { margins[row] = margin }
    for (row, margin) in zip(rows.heldOut, heldOut) { margins[row] = margin }
    return margins
  }

  private func predictions(
    _ chosen: RankedCandidate,
    _ heldOut: [Float]
  ) -> [ExperimentOutcome.OutOfFoldRow] {
    let table = rows.training.table
    let first = chosen.margins.repeats[0]
    let inside = rows.development.enumerated().map { place, row in
      ExperimentOutcome.OutOfFoldRow(
        id: table.ids[row],
        fold: first.folds.foldOfRow[place],
        defaulted: rows.training.targets[row],
        margin: first.margins[place]
      )
    }
    return inside
      + zip(rows.heldOut, heldOut).map { row, margin in
        ExperimentOutcome.OutOfFoldRow(
          id: table.ids[row],
          fold: nil,
          defaulted: rows.training.targets[row],
          margin: margin
        )
      }
  }

  private func makeReport(
    _ finalists: [RankedCandidate],
    _ holdout: Holdout,
    _ decisions: DecisionFigures,
    _ explanation: ExplanationFigures,
    _ agreement: ExperimentReport.ReasonAgreement,
    _ model: FinalModel,
    policy: Policy
  ) throws -> ExperimentReport {
    let chosen = finalists[0]
    return ExperimentReport(
      name: experiment.name,
      model: run.declaration.pipeline.name,
      seed: experiment.seed,
      isShuffled: run.options.shufflesTargets,
      criterion: experiment.criterion,
      folds: experiment.folds,
      repeats: experiment.repeats,
      data: ExperimentReport.Data(
        name: run.options.dataName,
        sha256: run.options.dataSHA256,
        rowCount: rows.training.targets.count,
        defaultCount: rows.training.targets.count { $0 },
        unlabelledCount: rows.unlabelledCount,
        holdoutCount: rows.heldOut.count,
        holdoutDefaultCount: rows.heldOutTargets.count { $0 }
      ),
      featureCount: model.pipeline.features.count,
      xgboostVersion: XGBoostLibrary.version,
      programVersion: ProgramVersion.current,
      candidates: ranked.map(\.figures),
      chosenIndex: ranked.firstIndex { $0.candidate == chosen.candidate } ?? 0,
      finalists: holdout.figures,
      hasChampion: holdout.hasChampion,
      foldComparisons: finalists.dropFirst().map { other in
        let difference = FoldedArea.difference(other.margins, chosen.margins)
        return ExperimentReport.FoldComparison(
          other: other.candidate.key,
          difference: difference.mean,
          lower: difference.lower,
          upper: difference.upper
        )
      },
      rounds: model.rounds,
      decisions: decisions,
      explanation: explanation,
      reasonAgreement: agreement,
      fairness: try fairness(chosen, policy)
    )
  }

  private func fairness(_ chosen: RankedCandidate, _ policy: Policy) throws -> [FairnessFigures] {
    let folds = chosen.selection.decisions.repeats[0]
    let division = chosen.margins.repeats[0].folds
    var outcomes = [Decision.Outcome](repeating: .refer, count: rows.development.count)
    for (number, fold) in folds.enumerated() {
      for (place, probability) in zip(division.rows(in: number), fold.probabilities) {
        outcomes[place] = policy.outcome(probability: probability)
      }
    }
    let table = rows.training.table.subset(rows: rows.development)
    return try experiment.groups.map { group in
      let (names, order) = try FairnessFigures.names(group, in: table, of: run.declaration.pipeline)
      return FairnessFigures(
        field: group.field,
        names: names,
        order: order,
        outcomes: outcomes,
        targets: rows.developmentTargets
      )
    }
  }
}

/// A candidate's pipeline and trees, fitted to all rows.
struct FinalModel: Sendable {
  /// From raw fields to features.
  let pipeline: FittedPipeline
  /// The trees in XGBoost's JSON.
  let modelJSON: [UInt8]
  /// The rounds of boosting; 1 for a forest.
  let rounds: Int

  /// Fits.
  ///
  /// - Parameters:
  ///   - chosen: The candidate, a tree model.
  ///   - finish: The experiment.
  ///   - attempt: 0 for the model of the bundle; others differ in their seed only.
  /// - Throws: `PipelineError`, `XGBoostError` or ``TrainingError``.
  init(_ chosen: RankedCandidate, _ finish: ExperimentFinish, attempt: UInt64) throws {
    let training = finish.rows.training
    let all = Array(training.targets.indices)
    var generator = SeededGenerator(seed: finish.run.experiment.seed, purpose: [2, attempt])
    let seed = generator.next()
    let omitted = try FeatureSelection(training).omitted(rows: all, seed: seed)
    let rules = try finish.run.declaration.policy.knockOuts.map { try Expression($0.when) }
    let (pipeline, matrix) = try training.fit(all, seed: seed, rules: rules, omitting: omitted)
    rounds =
      chosen.candidate.kind == .boosting ? finish.rows.rounds(chosen.evaluation.rounds, for: all.count) : 1
    let model = try FittedCandidate(
      chosen.candidate,
      rows: matrix,
      groups: pipeline.features.map(\.group),
      rounds: rounds,
      options: finish.options,
      seed: seed
    )
    guard case .trees(let booster) = model else {
      throw TrainingError(.emptySearchSpace, "\(chosen.candidate.key) is no tree model; try boosting")
    }
    self.pipeline = pipeline
    modelJSON = try booster.encoded(as: .json)
  }
}
