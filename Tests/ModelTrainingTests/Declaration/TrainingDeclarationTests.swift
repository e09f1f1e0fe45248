import CreditScoring
import FeaturePipeline
import ModelTraining
import Settings
import Testing

@Suite("TrainingDeclaration")
struct TrainingDeclarationTests {
  private static let head = """
    pipeline: small
    version: 1
    id: id
    target: defaulted
    fields:
      amount: number
      income: number
      gender: {kind: category, protected: true}
    derived:
      burden: amount / income

    """

  private func decode(_ text: String) throws -> TrainingDeclaration {
    try YAMLFile(text: Self.head + text, path: "small.yaml").decode(TrainingDeclaration.self)
  }

  @Test("What the file does not say has its default")
  func defaults() throws {
    let declaration = try decode("")
    #expect(declaration.parameters == TrainingParameters())
    #expect(declaration.policy == PolicyDeclaration())
    #expect(declaration.policy.costs.ratio == 10)
    #expect(declaration.validate() == [])
  }

  @Test("Every key is read")
  func everything() throws {
    let declaration = try decode(
      """
      training: {folds: 4, repeats: 2, stopping_share: 0.2, maximum_rounds: 50, early_stopping_rounds: 5,
        max_depth: 2, learning_rate: 0.5, subsample: 0.6, colsample_bytree: 0.7, min_child_weight: 8,
        reg_lambda: 9, reg_alpha: 1, gamma: 2, max_bin: 32}
      policy:
        version: 3
        costs: {missed_default: 5, refused_good: 2}
        refer_band: [0.5, 2]
        reasons_mode: all
        points: {base_points: 500, base_odds: 20, points_to_double_the_odds: 40}
        knock_outs: [{code: POOR, when: income < 1, texts: {en: No income}}]
        reasons: {BURDEN: {groups: [amount, burden], texts: {en: Burden}}}
      """
    )
    var parameters = TrainingParameters()
    (parameters.folds, parameters.repeats, parameters.stoppingShare) = (4, 2, 0.2)
    (parameters.maximumRounds, parameters.earlyStoppingRounds) = (50, 5)
    (parameters.maxDepth, parameters.learningRate, parameters.subsample) = (2, 0.5, 0.6)
    (parameters.colsampleBytree, parameters.minChildWeight) = (0.7, 8)
    (parameters.regLambda, parameters.regAlpha, parameters.gamma, parameters.maxBin) = (9, 1, 2, 32)
    #expect(declaration.parameters == parameters)
    var policy = PolicyDeclaration()
    policy.version = 3
    policy.costs = Policy.Costs(missedDefault: 5, refusedGood: 2)
    policy.referBand = [0.5, 2]
    policy.reasonsMode = .all
    policy.points = PointsScale(basePoints: 500, baseOdds: 20, pointsToDoubleTheOdds: 40)
    policy.knockOuts = [.init(code: "POOR", when: "income < 1", texts: ["en": "No income"])]
    policy.reasons = ["BURDEN": .init(groups: ["amount", "burden"], texts: ["en": "Burden"])]
    #expect(declaration.policy == policy)
    #expect(declaration.validate() == [])
  }

  @Test(
    "A misspelt key is refused",
    arguments: [
      "training: {max_deep: 3}", "policy: {cost: 3}",
      "policy: {costs: {missed_default: 1, refused_good: 1, x: 1}}",
    ]
  )
  func unknownKeys(_ text: String) {
    #expect(throws: SettingsError.self) { try decode(text) }
  }

  @Test(
    "Contradictions are found, with the place in the file",
    arguments: [
      ("training: {folds: 1}", "training.folds: 1.0 is out of bounds; give a value from 2.0 to 50.0"),
      (
        "training: {learning_rate: 0}",
        "training.learning_rate: 0.0 is out of bounds; give a value from 0.001 to 1.0"
      ),
      ("policy: {version: 0}", "policy.version: versions count from 1"),
      (
        "policy: {costs: {missed_default: 0, refused_good: 1}}",
        "policy.costs.missed_default: 0.0 is no cost; give a number above 0"
      ),
      (
        "policy: {refer_band: [1.1, 1.5]}",
        "policy.refer_band: give two multiples of the threshold, the first above 0 and up to 1, the second "
          + "from 1: [0.9, 1.5]"
      ),
      (
        "policy: {reasons: {A: {groups: [wealth], texts: {}}}}",
        "policy.reasons.A.groups: wealth is neither a field nor a derived feature that the model sees"
      ),
      (
        "policy: {reasons: {A: {groups: [gender], texts: {}}}}",
        "policy.reasons.A.groups: gender is neither a field nor a derived feature that the model sees"
      ),
      (
        "policy: {reasons: {A: {groups: [amount], texts: {}}, B: {groups: [amount], texts: {}}}}",
        "policy.reasons.B.groups: amount already belongs to A; remove one"
      ),
      (
        "policy: {knock_outs: [{code: A, when: income < 1, texts: {}}, {code: A, when: income < 2, texts: {}}]}",
        "policy.knock_outs.1.code: A is given twice; each rule has its own"
      ),
    ]
  )
  func problems(_ text: String, _ problem: String) throws {
    #expect(try decode(text).validate().map(\.description) == [problem])
  }

  @Test(
    "A condition that cannot be computed is found",
    arguments: ["income <", "wealth > 1", "gender == \"F\""]
  )
  func conditions(_ condition: String) throws {
    let problems = try decode("policy: {knock_outs: [{code: A, when: '\(condition)', texts: {}}]}").validate()
    #expect(problems.map(\.path) == [["policy", "knock_outs", "0", "when"]])
  }

  @Test("A run refuses a contradictory file before it reads a row")
  func refusal() throws {
    let declaration = try decode("policy: {version: 0}")
    let error = #expect(throws: TrainingError.self) {
      try TrainingRun(declaration: declaration, table: SyntheticLoans.table(rows: 1, seed: 1)).run()
    }
    #expect(error?.code == .invalidDeclaration)
    #expect(error?.message == "policy.version: versions count from 1")
  }
}
