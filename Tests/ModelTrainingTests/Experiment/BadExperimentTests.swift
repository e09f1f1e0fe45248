import FeaturePipeline
import Foundation
import ModelTraining
import Settings
import TestSupport
import Testing

@Suite("Experiments that cannot be run")
struct BadExperimentTests {
  private func failure(
    rows: Int = 200,
    journal: String? = nil,
    target: ((Int, Bool) -> Double)? = nil,
    change: (inout ExperimentDeclaration) -> Void = { _ in }
  ) throws -> TrainingError? {
    var experiment = SampleExperiment.declaration()
    change(&experiment)
    let table = try SyntheticLoans.table(rows: rows, seed: 3, outcome: target)
    var options = ExperimentOptions()
    options.journalPath = journal
    return #expect(throws: TrainingError.self) {
      try SampleExperiment.run(table, experiment, options: options)
    }
  }

  @Test("Tables that nothing can be learnt from are refused")
  func tables() throws {
    #expect(try failure(rows: 0)?.code == .emptyTable)
    #expect(try failure(target: { _, _ in 0 })?.code == .oneClass)
    #expect(try failure(target: { row, _ in Double(row % 3) })?.code == .targetNotBinary)
  }

  @Test("Fewer rows of the rarer class than SMOTE's neighbours are refused before the search begins")
  func synthetic() throws {
    let error = try failure(target: { row, _ in row < 24 ? 1 : 0 }, change: { $0.resampling.neighbours = 40 })
    #expect(error?.code == .tooFewRows)
    #expect(error?.message.contains("too few for SMOTE with 40 neighbours; give more rows") == true)
  }

  @Test("A search space without a point is refused with its place")
  func spaces() throws {
    var empty = SearchSpace()
    empty.grid = ["max_depth": []]
    var none = SearchSpace()
    none.drawCount = -1
    var backwards = SearchSpace()
    backwards.drawCount = 2
    backwards.space = ["learning_rate": .between(0.3, 0.1, isLogarithmic: false, isWhole: false)]
    var unknown = SearchSpace()
    unknown.fixed = ["depth": 3]
    let cases: [(SearchSpace, String)] = [
      (empty, "models.boosting: the grid of max_depth has no value; give one, or remove the parameter"),
      (none, "models.boosting: random.count is below 1; draw at least one point, or remove random"),
      (
        backwards,
        "models.boosting: random.space.learning_rate runs from 0.3 to 0.1; give the smaller one first"
      ),
    ]
    for (space, message) in cases {
      let error = try failure(change: { $0.models = [(.boosting, space)] })
      #expect(error?.code == .emptySearchSpace && error?.message == message)
    }
    let error = try failure(change: { $0.models = [(.boosting, unknown)] })
    #expect(error?.code == .invalidDeclaration)
    #expect(
      error?.message.hasPrefix("models.boosting: depth is no parameter of boosting; use one of") == true
    )
    let linear = try failure(change: { $0.models = [(.logisticRegression, SearchSpace())] })
    #expect(linear?.code == .emptySearchSpace)
  }

  @Test("A journal that cannot be written is one clear line")
  func journal() throws {
    try withTemporaryDirectory { folder in
      try "".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
      let error = try failure(journal: folder + "/file/journal.jsonl")
      #expect(error?.code == .journal && error?.message.contains("--journal") == true)
    }
    // A device that is always full.
    let full = try failure(journal: "/dev/full")
    #expect(full?.code == .journal)
  }

  @Test("The shipped experiment can be read, and says where a wrong value stands")
  func file() throws {
    let path = Checkout.path("Config/training/home-credit.yaml")
    let experiment = try YAMLFile(path: path).decode(ExperimentDeclaration.self)
    let candidates = try experiment.candidates()
    #expect(candidates.count { $0.kind == .boosting } >= 30)
    #expect(Set(candidates.map(\.kind)) == Set(ModelKind.allCases))
    #expect(experiment.resamplings == Resampling.allCases)
    let text = try String(contentsOfFile: path, encoding: .utf8).replacing("count: 32", with: "count: many")
    let error = #expect(throws: SettingsError.self) {
      try YAMLFile(text: text, path: "x.yaml").decode(ExperimentDeclaration.self)
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("models.boosting.random.count"))
  }
}
