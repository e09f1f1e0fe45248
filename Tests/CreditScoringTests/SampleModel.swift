import CreditEvents
import FeaturePipeline
import StrictJSON
import TreeEnsemble

@testable import CreditScoring

/// A small model that XGBoost trained, with the pipeline it was trained for.
enum SampleModel {
  static let identity = ModelIdentity(
    name: "sample",
    version: "1",
    sha256: String(repeating: "5a", count: 32)
  )

  struct Case {
    var event: [UInt8]
    var margin: Float
    /// One for each feature, then the base.
    var contributions: [Double]
  }

  static func declaration() -> PipelineDeclaration {
    var income = FieldDeclaration(name: "income", kind: .number)
    income.range = [0, 1e6]
    var region = FieldDeclaration(name: "region", kind: .category)
    region.category = CategoryOptions(encoding: .target, smoothing: 20)
    var car = FieldDeclaration(name: "owns_car", kind: .flag)
    car.labels = ["N", "Y"]
    var gender = FieldDeclaration(name: "gender", kind: .category)
    gender.isProtected = true
    return PipelineDeclaration(
      name: "sample-pipeline",
      version: 3,
      idField: "id",
      targetField: "label",
      fields: [
        income, FieldDeclaration(name: "credit", kind: .number),
        FieldDeclaration(name: "job", kind: .category), region,
        car, gender, FieldDeclaration(name: "age", kind: .number),
      ],
      derived: [DerivedDeclaration(name: "load", expression: "credit / income")]
    )
  }

  /// Fits the pipeline to 63 rows: 20 of each job and three without, nine defaults.
  static func pipeline(_ declaration: PipelineDeclaration = declaration()) throws -> FittedPipeline {
    let rows = 0..<63
    let columns: [[Double]] = [
      rows.map { 1000 + Double($0) },
      rows.map { 5000 + Double($0) },
      rows.map { $0 < 60 ? Double($0 % 3) : .nan },
      rows.map { $0 < 30 ? 0 : 1 },
      rows.map { Double($0 % 2) },
      rows.map { Double($0 % 2) },
      rows.map { 20 + Double($0 % 50) },
    ]
    let table = ApplicationTable(
      schema: try declaration.schema(),
      dictionaries: [
        nil, nil, CategoryDictionary(["A", "B", "C"]), CategoryDictionary(["N", "S"]), nil,
        CategoryDictionary(["F", "M"]), nil,
      ],
      ids: rows.map { String($0) },
      columns: columns,
      targets: rows.map { $0 < 6 || (30..<33).contains($0) ? 1 : 0 }
    )
    return try FittedPipeline.fit(declaration, table: table, seed: 1)
  }

  static func ensemble() throws -> TreeEnsemble {
    try TreeEnsemble(xgboostJSON: Fixture.bytes("model.json"))
  }

  static func policy(
    referFrom: Double = 0.3,
    declineFrom: Double = 0.5,
    mode: ReasonsMode = .nonApprove,
    knockOuts: [Policy.KnockOut] = []
  ) throws -> Policy {
    try Policy(
      version: 2,
      costs: Policy.Costs(missedDefault: 10, refusedGood: 1),
      referFrom: referFrom,
      declineFrom: declineFrom,
      reasonsMode: mode,
      knockOuts: knockOuts,
      reasons: [
        Policy.ReasonText(
          code: "BURDEN",
          groups: ["credit", "load"],
          texts: ["en": "The loan is high", "fr": "Le prêt est élevé"]
        )
      ]
    )
  }

  static func make(_ policy: Policy) throws -> ScoringModel {
    let pipeline = try pipeline()
    return try ScoringModel(
      identity: identity,
      pipeline: pipeline,
      ensemble: ensemble(),
      calibration: .identity,
      policy: policy.explaining(pipeline)
    )
  }

  static func cases() throws -> [Case] {
    try Fixture.read("cases.json") { root in
      try root.array().enumerated().map { index, json in
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", index)
        for member in json["event"]?.members.map({ $0 }) ?? [] {
          writer.key(member.key.string)
          writer.value(member.value)
        }
        writer.endObject()
        return Case(
          event: writer.bytes,
          margin: Float(try json["margin"]?.requireDouble() ?? .nan),
          contributions: try json.doubles("contributions")
        )
      }
    }
  }

  static func source(_ offset: Int) -> RecordCoordinates {
    RecordCoordinates(topic: "loan.applications", partition: 0, offset: Int64(offset))
  }
}

extension ApplicationScorer {
  /// Decides one event and gives the decision with its bytes.
  func decide(_ event: [UInt8], offset: Int = 0) throws -> (decision: Decision, bytes: [UInt8]) {
    var writer = JSONWriter()
    let decision = try event.withUnsafeBytes { value in
      try decide(value, from: SampleModel.source(offset), into: &writer).get()
    }
    return (decision, writer.bytes)
  }
}
