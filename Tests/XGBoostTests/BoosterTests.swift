import Testing
import XGBoost

@Suite("Booster")
struct BoosterTests {
  private func trained(
    _ parameters: BoosterParameters = BoosterParameters(),
    rounds: Int = 8,
    on matrix: TrainingMatrix
  ) throws -> Booster {
    let booster = try Booster(parameters: parameters, matrices: [matrix])
    for round in 0..<rounds { try booster.update(round: round, on: matrix) }
    return booster
  }

  @Test("Training lowers the loss and ranks the labels")
  func learns() throws {
    var parameters = BoosterParameters()
    parameters.evaluationMetrics = ["logloss", "auc"]
    let training = try SyntheticLoans(rowCount: 2000).matrix()
    let validation = try SyntheticLoans(rowCount: 1000, seed: 2).matrix()
    let booster = try Booster(parameters: parameters, matrices: [training, validation])
    var losses: [Double] = []
    var area = 0.0
    for round in 0..<20 {
      try booster.update(round: round, on: training)
      let results = try booster.evaluate(round: round, on: [("a", training), ("a-b: c", validation)])
      #expect(results.map(\.matrix) == ["a", "a", "a-b: c", "a-b: c"])
      #expect(results.map(\.metric) == ["logloss", "auc", "logloss", "auc"])
      losses.append(results[0].value)
      area = results[3].value
    }
    #expect(losses == losses.sorted(by: >))
    #expect(area > 0.75)
    #expect(try booster.roundCount() == 20)
    #expect(try booster.featureCount() == 6)
  }

  @Test("Constraints are told the library only where there are any")
  func monotoneSettings() {
    var parameters = BoosterParameters()
    parameters.monotoneConstraints = [.free, .free]
    #expect(!parameters.settings.contains { $0.name == "monotone_constraints" })
    parameters.monotoneConstraints = [.increasing, .free, .decreasing]
    #expect(parameters.settings.contains(.init(name: "monotone_constraints", value: "(1,0,-1)")))
  }

  @Test("The same seed and thread count give the same bytes, another seed gives others", arguments: [1, 2])
  func deterministic(threadCount: Int) throws {
    var parameters = BoosterParameters()
    parameters.threadCount = threadCount
    parameters.rowSubsample = 0.5
    parameters.columnSubsampleByTree = 0.5
    parameters.seed = 42
    let matrix = try SyntheticLoans().matrix()
    let first = try trained(parameters, on: matrix).encoded(as: .json)
    let second = try trained(parameters, on: SyntheticLoans().matrix()).encoded(as: .json)
    #expect(first == second)
    parameters.seed = 43
    #expect(try trained(parameters, on: matrix).encoded(as: .json) != first)
  }

  @Test("A saved model predicts the same bits when read back", arguments: Booster.ModelFormat.allCases)
  func roundTrip(format: Booster.ModelFormat) throws {
    let matrix = try SyntheticLoans().matrix()
    let booster = try trained(on: matrix)
    try booster.setAttribute("best_iteration", to: "5")
    let copy = try Booster(model: booster.encoded(as: format))
    #expect(try copy.margins(of: matrix) == booster.margins(of: matrix))
    #expect(try copy.attribute("best_iteration") == "5")
    try copy.setAttribute("best_iteration", to: nil)
    #expect(try copy.attribute("best_iteration") == nil)
  }

  @Test("Contributions add up to the margin, and probabilities are its logistic function")
  func additive() throws {
    let data = SyntheticLoans()
    let matrix = try data.matrix()
    let booster = try trained(on: matrix)
    let margins = try booster.margins(of: matrix)
    let probabilities = try booster.predictions(of: matrix)
    let contributions = try booster.contributions(of: matrix)
    #expect(contributions.count == data.rowCount * (data.columnCount + 1))
    for row in 0..<data.rowCount {
      let start = row * (data.columnCount + 1)
      let sum = contributions[start...(start + data.columnCount)].reduce(0, +)
      #expect(abs(sum - margins[row]) < 1e-4)
      // The derivative of the logistic function is at most a quarter: compare its inverse instead of exp.
      #expect((probabilities[row] > 0.5) == (margins[row] > 0))
    }
    #expect(try booster.leaves(of: matrix).count == data.rowCount * 8)
  }

  @Test("Rows predicted in place give the same bits as a matrix")
  func inPlace() throws {
    let data = SyntheticLoans()
    let matrix = try data.matrix()
    let booster = try trained(on: matrix)
    #expect(try booster.margins(ofRows: data.values, rowCount: data.rowCount) == booster.margins(of: matrix))
    #expect(throws: XGBoostError.self) { try booster.margins(ofRows: [1, 2, 3], rowCount: 2) }
  }

  @Test("A slice is the model after fewer rounds")
  func sliced() throws {
    let matrix = try SyntheticLoans().matrix()
    let booster = try trained(rounds: 8, on: matrix)
    let short = try trained(rounds: 3, on: matrix)
    let slice = try booster.sliced(rounds: 0..<3)
    #expect(try slice.margins(of: matrix) == short.margins(of: matrix))
    #expect(try slice.roundCount() == 3)
    #expect(throws: XGBoostError.self) { try booster.sliced(rounds: 0..<9) }
    #expect(throws: XGBoostError.self) { try booster.sliced(rounds: 2..<2) }
  }

  @Test("Weights change the model")
  func weights() throws {
    let data = SyntheticLoans()
    let heavy = data.labels.map { $0 == 1 ? Float(10) : 1 }
    let plain = try trained(on: data.matrix()).margins(of: data.matrix())
    let weighted = try trained(on: data.matrix(weights: heavy)).margins(of: data.matrix())
    #expect(weighted.reduce(0, +) > plain.reduce(0, +))
  }

  @Test("Nonsense is an error, never a crash")
  func errors() throws {
    let matrix = try SyntheticLoans().matrix()
    let unlabelled = try TrainingMatrix(values: [1, 2], rowCount: 1, columnCount: 2)
    for _ in 0..<5 {
      let booster = try trained(rounds: 2, on: matrix)
      #expect(throws: XGBoostError.self) { try booster.update(round: 2, on: unlabelled) }
      #expect(throws: XGBoostError.self) { try booster.update(round: -1, on: matrix) }
      #expect(throws: XGBoostError.self) { try booster.evaluate(round: 0, on: [("a\tb", matrix)]) }
      var nonsense = BoosterParameters()
      nonsense.additional = [.init(name: "max_depth", value: "deep")]
      #expect(throws: XGBoostError.self) { try trained(nonsense, on: matrix) }
      let model = try booster.encoded(as: .json)
      for end in [0, 1, 3, 4, 100, model.count / 2, model.count - 1] {
        #expect(throws: XGBoostError.self) { try Booster(model: Array(model[..<end])) }
      }
    }
  }
}
