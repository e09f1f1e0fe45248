import ModelRegistry
import ModelTraining
import TestSupport
import Testing

@Suite("RefreshVerdict", .timeLimit(.minutes(5)))
struct RefreshVerdictTests {
  @Test("A challenger that is proved worse than the champion on the same rows is refused with the figures")
  func worse() throws {
    try withTemporaryDirectory { folder in
      let table = try SyntheticLoans.table(rows: 1_200, seed: 6)
      var good = SampleExperiment.declaration()
      (good.resamplings, good.models) = ([.none], good.models.filter { $0.kind == .boosting })
      var poor = good
      var stump = SearchSpace()
      stump.fixed = ["maximum_rounds": 1, "max_depth": 1, "colsample_bytree": 0.2]
      poor.models = [(.boosting, stump)]
      let first = try SampleExperiment.run(table, good)
      #expect(
        RefreshVerdict(first.report).isAllowed && RefreshVerdict(first.report).reason.hasPrefix("no model")
      )
      var options = ExperimentOptions()
      options.champion = try first.register(in: ModelRegistry(root: folder))
      let verdict = RefreshVerdict(try SampleExperiment.run(table, poor, options: options).report)
      #expect(!verdict.isAllowed)
      #expect(verdict.reason.hasPrefix("worse than the champion synthetic-loans 1: area 0."))
      // A poor champion is no obstacle to a good challenger.
      options.champion = try SampleExperiment.run(table, poor).register(in: ModelRegistry(root: folder))
      #expect(RefreshVerdict(try SampleExperiment.run(table, good, options: options).report).isAllowed)
    }
  }
}
