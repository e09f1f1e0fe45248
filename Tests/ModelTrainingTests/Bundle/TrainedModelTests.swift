import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import ModelTraining
import TestSupport
import Testing

@Suite("TrainedModel", .timeLimit(.minutes(5)))
struct TrainedModelTests {
  private func train(rows: Int = 300, policy: PolicyDeclaration = PolicyDeclaration()) throws -> TrainedModel
  {
    try TrainingRun(
      declaration: SyntheticLoans.declaration(policy: policy),
      table: SyntheticLoans.table(rows: rows, seed: 12)
    ).run()
  }

  @Test("A registered model is read back and decides")
  func register() throws {
    try withTemporaryDirectory { directory in
      let bundle = try train().register(in: ModelRegistry(root: directory))
      #expect(bundle.manifest.model.name == "synthetic-loans")
      #expect(bundle.manifest.model.version == "1")
      let scorer = ApplicationScorer(model: bundle.model, reasons: .all)
      let table = try SyntheticLoans.table(rows: 50, seed: 99)
      let assessments = try (0..<50).map { try scorer.assess(table.application(at: $0)) }
      #expect(Set(assessments.map(\.margin)).count > 10)
      #expect(assessments.allSatisfy { (0...1).contains($0.probabilityOfDefault) })
    }
  }

  @Test("The same seed and data give the same identity, another seed another one")
  func identity() throws {
    try withTemporaryDirectory { directory in
      let registry = ModelRegistry(root: directory)
      let table = try SyntheticLoans.table(rows: 300, seed: 12)
      let identities = try [1 as UInt64, 1, 2].map { seed in
        var options = TrainingOptions()
        options.seed = seed
        options.concurrentFits = 3
        let run = TrainingRun(declaration: SyntheticLoans.declaration(), table: table, options: options)
        return try run.run().register(in: registry).manifest.model
      }
      #expect(identities.map(\.version) == ["1", "2", "3"])
      #expect(identities[0].sha256 == identities[1].sha256)
      #expect(identities[0].sha256 != identities[2].sha256)
    }
  }

  @Test("The refer band lies around the threshold, and costs and texts reach the policy")
  func policy() throws {
    var declared = PolicyDeclaration()
    declared.costs = Policy.Costs(missedDefault: 4, refusedGood: 1)
    declared.referBand = [0.8, 1.25]
    declared.knockOuts = [
      .init(code: "NO_INCOME", when: "income <= 0", texts: ["en": "No income", "fr": "Sans revenu"])
    ]
    declared.reasons = [
      "BURDEN": .init(groups: ["amount", "burden"], texts: ["en": "Burden", "fr": "Charge"])
    ]
    let model = try train(policy: declared)
    #expect(model.policy.referFrom == model.report.threshold * 0.8)
    #expect(model.policy.declineFrom == model.report.threshold * 1.25)
    #expect(model.policy.costs.ratio == 4)
    #expect(model.policy.knockOuts.map(\.code) == ["NO_INCOME"])
    #expect(model.policy.reasons.map(\.code) == ["BURDEN", "income", "rating", "owner", "trade"])
    let outcomes = model.report.outcomes
    #expect((outcomes.approve + outcomes.refer + outcomes.decline - 1).magnitude < 1e-12)
  }

  @Test("Golden events are no applicant's records, and hold the edges")
  func goldenEvents() throws {
    let model = try train()
    let events = model.goldenEvents.map { String(decoding: $0, as: UTF8.self) }
    #expect(events.count == 32 && Set(events).count == 32)
    #expect(events.contains { $0.contains("\"trade\":\"unseen\"") })
    #expect(events.contains { $0.contains("\"amount\":null,\"income\":null,\"rating\":null") })
    let table = try SyntheticLoans.table(rows: 300, seed: 12)
    let amounts = Set(table.columns[0])
    let decoder = ApplicationDecoder(schema: model.pipeline.schema, dictionaries: model.pipeline.dictionaries)
    var application = Application(schema: model.pipeline.schema)
    var mixed = 0
    for event in model.goldenEvents.prefix(28) {
      try event.withUnsafeBytes { try decoder.decode($0, into: &application) }
      #expect(amounts.contains(application.values[0]))
      let row = table.columns[0].firstIndex(of: application.values[0])
      if let row, table.columns[1][row] != application.values[1] { mixed += 1 }
    }
    #expect(mixed >= 26)
  }

  @Test("The card is one page that shows the figures and loads nothing")
  func card() throws {
    let contents = try train().bundleContents()
    let page = String(decoding: try #require(contents.card), as: UTF8.self)
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(page.contains("Area under the ROC curve") && page.contains("burden"))
    #expect(!page.contains("http") && !page.contains("<script"))
    #expect(page.utf8.count < 100_000)
  }
}
