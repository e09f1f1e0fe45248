import CreditEvents
import Foundation
import ModelRegistry
import ModelTraining
import Synchronization
import TestSupport
import Testing

@Suite("ExperimentRun", .timeLimit(.minutes(5)))
struct ExperimentRunTests {
  @Test("Every kind and resampling is compared, the best trees are chosen, and reported on held-out rows")
  func compares() throws {
    let outcome = try SampleExperiment.run(try SyntheticLoans.table(rows: 900, seed: 5))
    let report = outcome.report
    // Two dummies; three kinds with four resamplings each; one more point of boosting.
    #expect(report.candidates.count == 2 + 3 * 4 + 1)
    for kind in [ModelKind.logisticRegression, .randomForest, .boosting] {
      let tried = report.candidates.filter { $0.candidate.kind == kind }.map(\.candidate.resampling)
      #expect(Set(tried) == Set(Resampling.allCases))
    }
    let dummies = report.candidates.filter(\.candidate.kind.isDummy)
    #expect(dummies.contains { $0.candidate.kind == .dummyPrior && $0.area.value == 0.5 })
    let best = dummies.map(\.area.value).max() ?? 1
    #expect(report.candidates.filter { !$0.candidate.kind.isDummy }.allSatisfy { $0.area.value > best })
    #expect(report.chosen.candidate.kind.isTree)
    #expect(report.finalists.count == 5 && report.finalists[0].name == report.chosen.candidate.key)
    #expect(report.finalists[0].area.value > 0.6 && !report.hasChampion)
    #expect(report.data.holdoutCount == 225 && report.finalists.allSatisfy { $0.confusion.count == 225 })
    #expect(report.finalists[0].chosenComparison.difference == 0)
    #expect(outcome.predictions.count == 900 && outcome.predictions.count { $0.fold == nil } == 225)
    #expect(report.decisions.bootstrap.lower <= report.decisions.bootstrap.upper)
    #expect(report.fairness.map(\.field) == ["owner", "income"])
    #expect(report.fairness[1].groups.map(\.name) == ["below 2000", "2000 to 4000", "4000 and more"])
    #expect(report.explanation.fields.contains { $0.name == "burden" && $0.meanMagnitude > 0 })
    #expect(report.reasonAgreement.rowCount > 0 && report.reasonAgreement.leading > 0.3)
  }

  @Test("A model that is no tree and wins is said to win, and the best trees are put into the bundle")
  func linearWins() throws {
    var experiment = SampleExperiment.declaration()
    var stump = SearchSpace()
    stump.fixed = ["maximum_rounds": 1, "max_depth": 1]
    experiment.models = [(.logisticRegression, SearchSpace()), (.boosting, stump)]
    experiment.resamplings = [.none]
    let report = try SampleExperiment.run(try SyntheticLoans.table(rows: 600, seed: 5), experiment).report
    #expect(report.winnerOutsideTrees?.candidate.kind == .logisticRegression)
    #expect(report.chosen.candidate.kind == .boosting && report.chosenIndex == 1)
  }

  @Test("An interrupted experiment goes on from its journal to the same model, byte for byte")
  func resumes() throws {
    try withTemporaryDirectory { folder in
      let table = try SyntheticLoans.table(rows: 400, seed: 6)
      var experiment = SampleExperiment.declaration()
      experiment.resamplings = [.none]
      let whole = try SampleExperiment.run(table, experiment)
      var options = ExperimentOptions()
      options.width = 1
      options.journalPath = folder + "/deep/journal.jsonl"
      let first = try SampleExperiment.run(table, experiment, options: options)
      let path = try #require(options.journalPath)
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 6)
      // Interrupted in the middle of the fourth line.
      let cut = lines.prefix(3).joined(separator: "\n") + "\n" + String(lines[3].prefix(40))
      try cut.write(toFile: path, atomically: true, encoding: .utf8)
      let resumed = try SampleExperiment.run(table, experiment, options: options)
      #expect(resumed.modelJSON == whole.modelJSON && first.modelJSON == whole.modelJSON)
      #expect(resumed.pipeline == whole.pipeline && resumed.calibration == whole.calibration)
      #expect(resumed.policy == whole.policy && resumed.goldenEvents == whole.goldenEvents)
      let after = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(after.count == 6 && Array(after.prefix(3)) == Array(lines.prefix(3)))
    }
  }

  @Test(
    "The same seed gives the same bundle identity twice, on any number of cores; another seed another one"
  )
  func identity() throws {
    try withTemporaryDirectory { folder in
      let registry = ModelRegistry(root: folder)
      let table = try SyntheticLoans.table(rows: 400, seed: 6)
      let identities = try [(1, 1), (1, 3), (2, 2)].map { seed, width in
        var experiment = SampleExperiment.declaration(seed: UInt64(seed))
        experiment.resamplings = [.none, .classWeights]
        var options = ExperimentOptions()
        options.width = width
        let outcome = try SampleExperiment.run(table, experiment, options: options)
        let bundle = try outcome.register(in: registry)
        // Every row is in the reference, with what a model said that had not seen it.
        let performance = try #require(bundle.reference?.performance)
        let (margins, targets) = (outcome.predictions.map(\.margin), outcome.predictions.map(\.defaulted))
        #expect(performance.rows == margins.count)
        #expect(performance.areaUnderROC == AreaUnderROC.value(scores: margins, targets: targets))
        return bundle.manifest.model.sha256
      }
      #expect(identities[0] == identities[1] && identities[0] != identities[2])
      let card = try #require(try registry.card("synthetic-loans", version: "1"))
      let page = String(decoding: card, as: UTF8.self)
      #expect(
        card.count < 1_000_000 && !page.contains("<script") && !page.contains("http:")
          && !page.contains("https:")
      )
      for part in ["ROC.", "Beeswarm.", "Confusion matrix", "Dependence", "Calibration.", "Permutation."] {
        #expect(page.contains(part))
      }
    }
  }

  @Test("The champion is compared on the same held-out rows")
  func champion() throws {
    try withTemporaryDirectory { folder in
      let table = try SyntheticLoans.table(rows: 400, seed: 6)
      var experiment = SampleExperiment.declaration()
      experiment.resamplings = [.none]
      var options = ExperimentOptions()
      options.champion = try SampleExperiment.run(table, experiment).register(
        in: ModelRegistry(root: folder)
      )
      let report = try SampleExperiment.run(table, experiment, options: options).report
      #expect(report.hasChampion && report.finalists.last?.name == "champion synthetic-loans 1")
      #expect(report.finalists.last?.kind == nil)
    }
  }

  @Test("On shuffled outcomes no model is better than chance")
  func shuffled() throws {
    var options = ExperimentOptions()
    options.shufflesTargets = true
    var experiment = SampleExperiment.declaration()
    experiment.resamplings = [.none]
    let report = try SampleExperiment.run(
      try SyntheticLoans.table(rows: 900, seed: 5),
      experiment,
      options: options
    ).report
    #expect(report.isShuffled)
    for model in report.finalists { #expect(model.area.lower <= 0.5 && model.area.upper >= 0.5) }
  }

  @Test("Progress ends at one and never falls")
  func progress() throws {
    let seen = Mutex<[Double]>([])
    var experiment = SampleExperiment.declaration()
    experiment.resamplings = [.none]
    _ = try SampleExperiment.run(try SyntheticLoans.table(rows: 300, seed: 5), experiment) { step in
      seen.withLock { $0.append(step.fraction) }
    }
    let fractions = seen.withLock { $0 }
    #expect(fractions.count > 8 && fractions.last == 1)
    #expect(zip(fractions, fractions.dropFirst()).allSatisfy { $0 <= $1 })
  }
}
