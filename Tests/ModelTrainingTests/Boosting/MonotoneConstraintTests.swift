import CreditEvents
import FeaturePipeline
import Testing
import TreeEnsemble

@testable import ModelTraining

@Suite("Monotone constraints", .timeLimit(.minutes(5)))
struct MonotoneConstraintTests {
  /// Margins while one field of a row runs over its range.
  private func sweep(_ model: TrainedModel, slot: Int, over values: [Double], row: [Double]) throws -> [Float]
  {
    let ensemble = try TreeEnsemble(xgboost: model.modelJSON)
    var changed = row
    return values.map { value in
      changed[slot] = value
      var features = [Float](repeating: .nan, count: model.pipeline.features.count)
      changed.withUnsafeBufferPointer { values in
        features.withUnsafeMutableBufferPointer { model.pipeline.transform(values, into: $0) }
      }
      return features.withUnsafeBufferPointer { ensemble.margin($0) }
    }
  }

  private func train(_ direction: Monotonicity?) throws -> TrainedModel {
    var declaration = SyntheticLoans.declaration()
    declaration.pipeline.fields[2].monotonicity = direction
    return try TrainingRun(
      declaration: declaration,
      table: SyntheticLoans.table(rows: 800, seed: 21)
    ).run()
  }

  @Test(
    "The fitted model goes in the declared direction, also against the data",
    arguments: [Monotonicity.increasing, .decreasing]
  )
  func monotone(_ direction: Monotonicity) throws {
    let model = try train(direction)
    let table = try SyntheticLoans.table(rows: 30, seed: 22)
    let grid = (0...60).map { Double($0) / 60 }
    var rises = 0
    for row in 0..<table.rowCount {
      let margins = try sweep(model, slot: 2, over: grid, row: table.application(at: row).values)
      for (before, after) in zip(margins, margins.dropFirst()) {
        #expect(direction == .increasing ? after >= before : after <= before)
        if after != before { rises += 1 }
      }
    }
    // In the data a better rating means less risk: only that direction can be used.
    #expect(direction == .decreasing ? rises > 0 : true)
    #expect(model.report.directions == [.init(feature: "rating", direction: direction)])
    let json = String(decoding: model.report.encoded(), as: UTF8.self)
    #expect(json.contains("\"rating\": \"\(direction.rawValue)\""))
  }

  @Test("Without a constraint the same sweep goes both ways, so that the test above can fail")
  func free() throws {
    let model = try train(nil)
    let table = try SyntheticLoans.table(rows: 30, seed: 22)
    let grid = (0...60).map { Double($0) / 60 }
    var (up, down) = (0, 0)
    for row in 0..<table.rowCount {
      let margins = try sweep(model, slot: 2, over: grid, row: table.application(at: row).values)
      for (before, after) in zip(margins, margins.dropFirst()) {
        if after > before { up += 1 }
        if after < before { down += 1 }
      }
    }
    #expect(up > 0 && down > 0)
    #expect(model.report.directions.isEmpty)
  }
}
