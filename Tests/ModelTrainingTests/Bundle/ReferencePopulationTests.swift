import CreditEvents
import CreditScoring
import DriftDetection
import FeaturePipeline
import ModelRegistry
import ModelTraining
import Testing
import TreeEnsemble

@Suite("ReferencePopulation", .timeLimit(.minutes(5)))
struct ReferencePopulationTests {
  private static let rows = 500
  private static let trained = Result {
    try TrainingRun(
      declaration: SyntheticLoans.declaration(),
      table: SyntheticLoans.table(rows: rows, seed: 21)
    ).run()
  }

  private static func reference() throws -> DriftReference { try #require(try trained.get().reference) }

  @Test("Every field, derived feature, the score and the decision are frozen, each with all rows")
  func everything() throws {
    let profile = try Self.reference().profile
    #expect(
      profile.features.map(\.name)
        == ["amount", "income", "rating", "owner", "trade", "burden", "score", "decision"]
    )
    #expect(profile.features.allSatisfy { $0.rowCount == UInt64(Self.rows) })
  }

  @Test("The mean contributions of the bins of all features add up to the mean margin")
  func contributions() throws {
    let model = try Self.trained.get()
    let ensemble = try TreeEnsemble(xgboostJSON: model.modelJSON)
    let matrix = try model.pipeline.transform(SyntheticLoans.table(rows: Self.rows, seed: 21))
    var margins = 0.0
    var base = 0.0
    var contributions = [Double](repeating: 0, count: matrix.columnCount + 1)
    for row in 0..<Self.rows {
      let inputs = Array(matrix.values[row * matrix.columnCount..<(row + 1) * matrix.columnCount])
      inputs.withUnsafeBufferPointer { inputs in
        margins += Double(ensemble.margin(inputs))
        contributions.withUnsafeMutableBufferPointer { ensemble.contributions(inputs, into: $0) }
      }
      base = contributions[matrix.columnCount]
    }
    let explained = try Self.reference().profile.features.reduce(0.0) { sum, feature in
      sum + zip(feature.counts, feature.meanContributions).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    #expect((explained / Double(Self.rows) - (margins / Double(Self.rows) - base)).magnitude < 1e-5)
  }

  @Test("The score is that of rows that the model has not seen, and so are the figures of its worth")
  func outOfFold() throws {
    let model = try Self.trained.get()
    let performance = try #require(try Self.reference().performance)
    #expect(performance.rows == Self.rows)
    #expect(performance.defaultRate == Double(model.report.data.defaultCount) / Double(Self.rows))
    #expect((performance.areaUnderROC - model.report.metrics.areaUnderROC.mean).magnitude < 0.03)
    #expect((performance.meanProbability - performance.defaultRate).magnitude < 0.03)
    let decision = try #require(try Self.reference().profile.features.last)
    #expect(decision.counts.reduce(0, +) == UInt64(Self.rows))
  }

  @Test("What goes together is one group; the decision goes with the score")
  func groups() throws {
    let reference = try Self.reference()
    let groups = Dictionary(
      uniqueKeysWithValues: zip(reference.profile.features.map(\.name), reference.groups)
    )
    #expect(groups["amount"] == "amount" && groups["rating"] == "rating" && groups["trade"] == "trade")
    #expect(groups["decision"] == groups["score"])
  }

  @Test("A field without any value is named as unwatched")
  func emptyField() throws {
    let table = try SyntheticLoans.table(rows: 300, seed: 22)
    var columns = table.columns
    columns[2] = columns[2].map { _ in .nan }
    let empty = ApplicationTable(
      schema: table.schema,
      dictionaries: table.dictionaries,
      ids: table.ids,
      columns: columns,
      targets: table.targets
    )
    let reference = try TrainingRun(declaration: SyntheticLoans.declaration(), table: empty).run().reference
    #expect(reference?.unwatched == ["rating"])
    #expect(reference?.profile.features.contains { $0.name == "rating" } == false)
  }
}
