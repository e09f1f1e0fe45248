import CreditEvents
import FeaturePipeline
import Testing
import TreeEnsemble

@testable import CreditScoring

@Suite("ScoringModel")
struct ScoringModelTests {
  /// Puts the sample's parts together with one of them changed.
  static func make(
    pipeline: FittedPipeline? = nil,
    model: [UInt8]? = nil,
    calibration: Calibration = .identity,
    policy: Policy? = nil
  ) throws -> ScoringModel {
    let pipeline = try pipeline ?? SampleModel.pipeline()
    return try ScoringModel(
      identity: SampleModel.identity,
      pipeline: pipeline,
      ensemble: TreeEnsemble(xgboostJSON: model ?? Fixture.bytes("model.json")),
      calibration: calibration,
      policy: policy ?? SampleModel.policy().explaining(pipeline)
    )
  }

  /// The sample's model file with a text replaced.
  static func model(_ old: String, _ new: String) throws -> [UInt8] {
    let text = String(decoding: try Fixture.bytes("model.json"), as: UTF8.self)
    #expect(text.contains(old))
    return Array(text.replacing(old, with: new, maxReplacements: 1).utf8)
  }

  @Test("Parts that belong together are put together")
  func fits() throws {
    #expect(try Self.make().base.isFinite)
  }

  @Test("A calibration that is none is refused")
  func badCalibration() {
    let error = #expect(throws: ScoringModelError.self) {
      try Self.make(calibration: .platt(slope: -1, intercept: 0))
    }
    #expect(error?.code == .invalidCalibration)
  }

  @Test("Trees of another objective are refused")
  func otherObjective() throws {
    let model = try Self.model("\"name\":\"binary:logistic\"", "\"name\":\"reg:squarederror\"")
    let error = #expect(throws: ScoringModelError.self) { try Self.make(model: model) }
    #expect(error?.code == .unfitParts)
    #expect(error?.message.contains("reg:squarederror") == true)
  }

  @Test("Trees whose features have other names are refused, naming the first")
  func otherNames() throws {
    let model = try Self.model("\"income\",\"credit\"", "\"credit\",\"income\"")
    let error = #expect(throws: ScoringModelError.self) { try Self.make(model: model) }
    #expect(error?.message.contains("\"credit\"") == true)
    #expect(error?.message.contains("\"income\"") == true)
  }

  @Test("Trees of another number of features are refused")
  func otherWidth() throws {
    var declaration = SampleModel.declaration()
    declaration.derived = []
    let pipeline = try SampleModel.pipeline(declaration)
    let error = #expect(throws: ScoringModelError.self) {
      try Self.make(pipeline: pipeline, policy: try SampleModel.policy())
    }
    #expect(error?.path == "model")
    #expect(error?.message.contains("10 features") == true)
  }

  @Test("A feature that no reason names is refused: it could be scored but not told")
  func untoldFeature() throws {
    let error = #expect(throws: ScoringModelError.self) { try Self.make(policy: SampleModel.policy()) }
    #expect(error?.path == "policy.reasons")
    #expect(error?.message.contains("\"income\"") == true)
  }

  @Test("A reason for what is not scored is refused", arguments: ["gender", "nothing", "label"])
  func unscoredReason(_ group: String) throws {
    let pipeline = try SampleModel.pipeline()
    let explained = try SampleModel.policy().explaining(pipeline)
    let extra = Policy.ReasonText(code: "X", groups: [group], texts: ["en": "x", "fr": "x"])
    let policy = try Policy(
      version: 1,
      costs: explained.costs,
      referFrom: 0.1,
      declineFrom: 0.2,
      reasons: explained.reasons + [extra]
    )
    let error = #expect(throws: ScoringModelError.self) { try Self.make(pipeline: pipeline, policy: policy) }
    #expect(error?.path == "policy.reasons[6].groups")
    #expect(error?.message.contains("\"\(group)\"") == true)
  }

  @Test(
    "A rule that cannot be computed is refused with the column",
    arguments: ["age <", "wages > 3", #"job == 3"#, #"gender == "F""#, "label > 0"]
  )
  func badRules(_ condition: String) throws {
    let rule = Policy.KnockOut(code: "A", condition: condition, texts: ["en": "x", "fr": "x"])
    let policy = try SampleModel.policy(knockOuts: [rule]).explaining(SampleModel.pipeline())
    let error = #expect(throws: ScoringModelError.self) { try Self.make(policy: policy) }
    #expect(error?.code == .unfitParts)
    #expect(error?.path == "policy.knock_outs[0].when")
    #expect(error?.message.contains("column") == true)
  }
}
