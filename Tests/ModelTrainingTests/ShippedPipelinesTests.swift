import FeaturePipeline
import Foundation
import ModelTraining
import Settings
import Tables
import TestSupport
import Testing

/// A pipeline file of this repository, with the table it is made for.
struct ShippedPipeline: Sendable, CustomTestStringConvertible {
  let name: String
  /// The table's place under the folder of test data.
  let table: String
  /// The least area under the curve that its model must reach out of fold.
  let leastArea: Double

  /// The one that reads history tables, which has a test of its own.
  static let withHistory = ShippedPipeline(
    name: "home-credit-history",
    table: "home-credit/history/application_train.csv.gz",
    leastArea: 0.760
  )

  static let all = [
    ShippedPipeline(name: "home-credit", table: "home-credit/application_train.csv.gz", leastArea: 0.750),
    ShippedPipeline(
      name: "taiwan-default",
      table: "taiwan-default/default_of_credit_card_clients.csv",
      leastArea: 0.770
    ),
  ]

  var testDescription: String { name }

  func file() throws -> YAMLFile {
    try YAMLFile(path: Checkout.path("Config/pipelines/\(name).yaml"))
  }

  func declaration() throws -> TrainingDeclaration {
    try file().decode(TrainingDeclaration.self)
  }
}

@Suite("Shipped pipelines", .timeLimit(.minutes(20)))
struct ShippedPipelinesTests {
  @Test("Decode without a problem", arguments: ShippedPipeline.all + [.withHistory])
  func valid(_ shipped: ShippedPipeline) throws {
    #expect(try shipped.declaration().validate() == [])
  }

  @Test(
    "Every field that can be a reason has a label in French and in English",
    arguments: ShippedPipeline.all + [.withHistory]
  )
  func labels(_ shipped: ShippedPipeline) throws {
    let declaration = try shipped.declaration()
    let pipeline = declaration.pipeline
    let told = Set(declaration.policy.reasons.values.flatMap(\.groups))
    let scored =
      pipeline.readFields.filter { !$0.isProtected && $0.isFeature != false }.map(\.name)
      + pipeline.derived.filter(\.isFeature).map(\.name)
      + pipeline.aggregates.filter(\.isFeature).map(\.name)
    for name in scored where !told.contains(name) {
      #expect(Set(pipeline.label(of: name).keys) == ["en", "fr"], "\(name)")
    }
    for texts in declaration.policy.reasons.values.map(\.texts) + declaration.policy.knockOuts.map(\.texts) {
      #expect(Set(texts.keys) == ["en", "fr"])
    }
  }

  @Test(
    "Gender and marital status are protected",
    arguments: ["CODE_GENDER", "NAME_FAMILY_STATUS", "SEX", "MARRIAGE"]
  )
  func protected(_ field: String) throws {
    let declared = try ShippedPipeline.all.flatMap { try $0.declaration().pipeline.fields }
    #expect(declared.first { $0.name == field }?.isProtected == true)
  }

  @Test("Reach their area under the curve out of fold on the real table", arguments: ShippedPipeline.all)
  func realData(_ shipped: ShippedPipeline) throws {
    guard let path = Checkout.realData(shipped.table) else { return }
    var declaration = try shipped.declaration()
    // All repeats are for the record; one tells whether the pipeline is sound.
    if ProcessInfo.processInfo.environment["TRAINING"] != "full" { declaration.parameters.repeats = 1 }
    var options = TrainingOptions()
    options.dataName = shipped.table
    // Nothing here looks at the reference, and contributions take long without optimisation.
    options.explainedRows = 100
    let table = try ApplicationTableReader(declaration.pipeline).read(path)
    let start = ContinuousClock.now
    let report = try TrainingRun(declaration: declaration, table: table, options: options)
      .run { print($0.fraction, $0.text) }
      .report
    print(shipped.name, ContinuousClock.now - start)
    print(String(decoding: report.encoded(), as: UTF8.self))
    #expect(report.metrics.areaUnderROC.mean >= shipped.leastArea)
    #expect(report.metrics.expectedCalibrationError.mean <= 0.01)
  }
}
