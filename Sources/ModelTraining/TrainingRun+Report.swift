import CreditEvents
import CreditScoring
import FeaturePipeline
import XGBoost

extension TrainingRun {
  /// Collects what the run found.
  ///
  /// - Parameters:
  ///   - rows: The rows that were learnt from.
  ///   - validated: The validation.
  ///   - selection: What was chosen by it.
  ///   - refit: The final model.
  ///   - policy: The policy with its thresholds.
  /// - Returns: The report.
  func makeReport(
    _ rows: LabelledTable,
    validated: CrossValidation.Outcome,
    selection: DecisionSelection,
    refit: Refit,
    policy: Policy
  ) -> TrainingReport {
    let decisions = selection.decisions
    let outcomes = decisions.repeats.joined().flatMap(\.probabilities).map(policy.outcome(probability:))
    func share(_ outcome: Decision.Outcome) -> Double {
      Double(outcomes.count { $0 == outcome }) / Double(outcomes.count)
    }
    return TrainingReport(
      model: declaration.pipeline.name,
      seed: options.seed,
      data: TrainingReport.Data(
        name: options.dataName,
        sha256: options.dataSHA256,
        rowCount: rows.targets.count,
        defaultCount: rows.targets.count { $0 },
        unlabelledCount: rows.unlabelledCount
      ),
      parameters: declaration.parameters,
      featureCount: refit.pipeline.features.count,
      xgboostVersion: XGBoostLibrary.version,
      rounds: refit.rounds,
      validationRounds: validated.rounds,
      metrics: TrainingReport.Metrics(
        areaUnderROC: validated.areaUnderROC,
        logLoss: decisions.logLoss,
        brierScore: decisions.brierScore,
        expectedCalibrationError: decisions.expectedCalibrationError,
        costPerApplication: decisions.costPerApplication(
          selection.rule,
          ExpectedCost(declaration.policy.costs)
        )
      ),
      calibration: TrainingReport.Choice(
        chosen: decisions.method.rawValue,
        alternatives: selection.methods.map { .init(name: $0.method.rawValue, figure: $0.logLoss) }
      ),
      thresholdRule: TrainingReport.Choice(
        chosen: selection.rule.rawValue,
        alternatives: selection.rules.map { .init(name: $0.rule.rawValue, figure: $0.cost) }
      ),
      threshold: selection.threshold,
      referFrom: policy.referFrom,
      declineFrom: policy.declineFrom,
      outcomes: TrainingReport.OutcomeShares(
        approve: share(.approve),
        refer: share(.refer),
        decline: share(.decline)
      ),
      importances: refit.importances,
      directions: refit.directions,
      omissions: refit.pipeline.omitted.map { feature in
        TrainingReport.Omission(
          feature: feature,
          foldCount: validated.omissionCounts[feature.name] ?? 0
        )
      }
    )
  }
}
