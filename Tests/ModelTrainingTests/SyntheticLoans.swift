import CreditEvents
import FeaturePipeline
import ModelTraining

/// Seeded loans of a small made-up pipeline, whose default depends on what an applicant would expect.
struct SyntheticLoans {
  static let trades = ["baker", "clerk", "driver", "nurse", "trader"]

  /// The pipeline: two numbers, one often missing, a target-encoded category, a flag, a derived ratio.
  static func declaration(
    parameters: TrainingParameters = quickParameters,
    policy: PolicyDeclaration = PolicyDeclaration()
  ) -> TrainingDeclaration {
    var trade = FieldDeclaration(name: "trade", kind: .category)
    trade.category.encoding = .target
    let pipeline = PipelineDeclaration(
      name: "synthetic-loans",
      idField: "id",
      targetField: "defaulted",
      fields: [
        FieldDeclaration(name: "amount", kind: .number),
        FieldDeclaration(name: "income", kind: .number),
        FieldDeclaration(name: "rating", kind: .number),
        FieldDeclaration(name: "owner", kind: .flag),
        trade,
      ],
      derived: [DerivedDeclaration(name: "burden", expression: "amount / income")]
    )
    return TrainingDeclaration(pipeline: pipeline, parameters: parameters, policy: policy)
  }

  /// Small enough for a test.
  static var quickParameters: TrainingParameters {
    var parameters = TrainingParameters()
    parameters.folds = 3
    parameters.repeats = 2
    parameters.maxDepth = 3
    parameters.learningRate = 0.2
    parameters.minChildWeight = 2
    parameters.maximumRounds = 60
    parameters.earlyStoppingRounds = 10
    return parameters
  }

  /// Makes a table.
  static func table(rows: Int, seed: UInt64, outcome: ((Int, Bool) -> Double)? = nil) throws
    -> ApplicationTable
  {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var table = ApplicationTable(
      schema: try declaration().pipeline.schema(),
      dictionaries: [nil, nil, nil, nil, CategoryDictionary(trades)],
      hasTargets: true
    )
    for row in 0..<rows {
      let amount = 1_000 + 9_000 * uniform()
      let income = 1_000 + 4_000 * uniform()
      let rating = uniform()
      let owner = uniform() < 0.4
      let trade = generator.index(below: trades.count)
      let risk = -2.2 + 0.5 * amount / income - 2.5 * rating - (owner ? 0.5 : 0) + 0.3 * Double(trade)
      let defaulted = uniform() < PortableMath.sigmoid(risk)
      let values = [amount, income, uniform() < 0.3 ? .nan : rating, owner ? 1 : 0, Double(trade)]
      table.append(
        Application(id: "\(row)", values: values),
        target: outcome?(row, defaulted) ?? (defaulted ? 1 : 0)
      )
    }
    return table
  }
}
